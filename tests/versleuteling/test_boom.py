"""A key for each place, which can be destroyed for good."""

from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.versleuteling.boom import DIEPTE, PLEKKEN, Boom

_PLEK = st.integers(0, PLEKKEN - 1)


@given(st.sets(_PLEK, min_size=1, max_size=6), st.sets(_PLEK, max_size=6))
def test_what_is_destroyed_is_gone_and_all_else_stays(weg: set[int], over: set[int]) -> None:
    vol = Boom.van(bytes(32))
    boom = vol
    for plek in weg:
        boom = boom.zonder(plek)

    for plek in weg:
        assert boom.blad(plek) is None
        buur = plek ^ 1
        assert boom.blad(buur) == (None if buur in weg else vol.blad(buur))
    for plek in over - weg:
        assert boom.blad(plek) == vol.blad(plek)


@given(st.lists(_PLEK, min_size=1, max_size=5))
def test_nothing_of_what_is_gone_follows_from_what_stays(weg: list[int]) -> None:
    boom = Boom.van(bytes(32))
    for plek in weg:
        boom = boom.zonder(plek)

    for plek in weg:
        boven = {(diepte, plek >> (DIEPTE - diepte)) for diepte in range(DIEPTE + 1)}
        assert not boven & boom.knopen.keys()
    assert len(boom.knopen) <= DIEPTE * len(weg)
    assert boom.zonder(weg[0]) == boom


def test_every_place_has_a_key_of_its_own() -> None:
    boom = Boom.van(bytes(32))

    assert len({boom.blad(plek) for plek in range(500)}) == 500
    assert bytes(32).hex() not in repr(boom)
