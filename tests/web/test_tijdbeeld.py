"""A timeline as a picture: it can be read with one day, with ten years, and with a hundred and fifty starts and stops."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from berichtenverkeer.web.beelden.tijdbeeld import BREEDTE, LINKS, Baan, Balk, Tekening, samengevoegd, teken

VANDAAG = date(2026, 3, 2)


def balk(van: date, tot: date | None, soort: str = "geldig") -> Balk:
    """A bar."""
    return Balk(van, tot, soort, "wat")


def controleer(tekening: Tekening) -> None:
    """All of it is on the paper, to be seen, and its marks do not stand over each other."""
    for strook in tekening.stroken:
        for vorm in (*strook.balken, *strook.punten):
            assert LINKS <= vorm.x <= vorm.x + vorm.breedte <= BREEDTE
            assert vorm.breedte >= 2
            assert strook.y <= vorm.y < strook.y + strook.hoogte <= tekening.hoogte
    plekken = [x for x, _ in tekening.streepjes]
    assert 1 <= len(plekken) <= 14
    assert all(later - eerder >= 40 for eerder, later in pairwise(plekken))
    assert tekening.hoogte < 500


@pytest.mark.parametrize("dagen", [0, 1, 6, 13, 20, 90, 92, 200, 365, 800, 3652])
@pytest.mark.parametrize("open_", [True, False])
def test_however_long(dagen: int, open_: bool) -> None:
    tekening = teken([Baan("Geldigheid", (balk(VANDAAG, None if open_ else VANDAAG + timedelta(dagen)),))], VANDAAG)
    controleer(tekening)
    assert tekening.vandaag is not None


def test_a_hundred_and_fifty_starts_and_stops() -> None:
    starts = [balk(VANDAAG + timedelta(10 * n), VANDAAG + timedelta(10 * n + 6)) for n in range(150)]
    stops = [balk(s.tot + timedelta(1), s.tot + timedelta(3)) for s in starts if s.tot]
    tekening = teken([Baan("Levering", tuple(starts)), Baan("Tijdelijke stop", tuple(stops))], VANDAAG)
    controleer(tekening)
    for strook in tekening.stroken:
        vormen = sorted(strook.balken, key=lambda vorm: vorm.x)
        assert {vorm.y for vorm in vormen} == {strook.y + 0}
        assert len({vorm.x for vorm in vormen}) == 150


def test_what_overlaps_stands_below_each_other() -> None:
    tekening = teken([Baan("Versies", tuple(balk(VANDAAG, None) for _ in range(9)))], VANDAAG)
    controleer(tekening)
    assert len({vorm.y for vorm in tekening.stroken[0].balken}) == 4


@pytest.mark.parametrize("tot", [date.max, date(2500, 1, 1)])
@pytest.mark.parametrize("van", [date.min, date(1900, 1, 1), VANDAAG])
def test_a_day_far_away_is_open(van: date, tot: date) -> None:
    tekening = teken([Baan("a", (balk(van, tot), balk(VANDAAG, VANDAAG + timedelta(30))))], VANDAAG)
    controleer(tekening)
    assert sorted(vorm.open for strook in tekening.stroken for vorm in strook.balken) == [False, True]


def test_a_lane_without_anything_is_left_out() -> None:
    tekening = teken([Baan("leeg"), Baan("vol", (), (balk(VANDAAG, VANDAAG, "punt"),))], VANDAAG)
    assert [strook.naam for strook in tekening.stroken] == ["vol"]
    controleer(tekening)


def test_what_follows_without_a_day_between_is_one() -> None:
    maanden = [balk(date(2026, m, 1), date(2026, m + 1, 1) - timedelta(1)) for m in (1, 2, 3, 5)]
    assert [(b.van, b.tot) for b in samengevoegd(maanden)] == [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 5, 1), date(2026, 5, 31)),
    ]
