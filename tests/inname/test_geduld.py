"""How long what failed is left alone."""

from itertools import pairwise

from berichtenverkeer.keten.zendingen.geduld import WACHT, Geduld
from berichtenverkeer.opslag.berichten.zendingen import Zendingsleutel

EEN, ANDER = Zendingsleutel("1680", "een"), Zendingsleutel("1680", "ander")


def test_the_more_often_it_failed_the_longer_it_waits() -> None:
    geduld, nu = Geduld(), 1000.0
    assert geduld.mag(EEN, nu)
    for wacht in (*WACHT, WACHT[-1], WACHT[-1]):
        geduld.mislukte(EEN, nu)
        assert geduld.mag(ANDER, nu)
        assert geduld.mag(EEN, nu + wacht)
        assert wacht == 0 or not geduld.mag(EEN, nu + wacht - 1)
        nu += wacht
    assert all(eerder < later for eerder, later in pairwise(WACHT))


def test_what_is_done_with_begins_anew() -> None:
    geduld = Geduld()
    for sleutel in (EEN, ANDER):
        for _ in range(3):
            geduld.mislukte(sleutel, 0)
    geduld.vergeet(EEN)
    assert geduld.mag(EEN, 0)
    assert not geduld.mag(ANDER, 0)
    geduld.mislukte(EEN, 0)
    geduld.mislukte(EEN, 0)
    geduld.onthoud_alleen({EEN})
    assert geduld.mag(ANDER, 0)
    assert not geduld.mag(EEN, 0)
