"""Groups that run at the same time: never two that want the same, of what wants the same never another order, and none
that waits for ever."""

from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.inname.wachtrij import Groep, Wachtrij

Lid = tuple[int, frozenset[str] | None]
"""One that waits: its place in the order of arrival, and what it wants."""

SLOTEN = st.none() | st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=3)


def _rij(hoogstens: int = 64) -> Wachtrij[Lid]:
    return Wachtrij(lambda lid: lid[1], hoogstens)


def _lid(nummer: int, sloten: str | None) -> Lid:
    return nummer, None if sloten is None else frozenset(sloten)


def _botsen(een: frozenset[str] | None, ander: frozenset[str] | None) -> bool:
    return een is None or ander is None or bool(een & ander)


@given(st.lists(SLOTEN, max_size=30), st.integers(1, 5), st.data())
def test_whatever_happens(sloten: list[frozenset[str] | None], hoogstens: int, data: st.DataObject) -> None:
    """Arrivals, groups that begin and groups that end come in any order."""
    rij, leden = _rij(hoogstens), list(enumerate(sloten))
    gekomen, onderweg, klaar = 0, list[Groep[Lid]](), list[int]()
    while len(klaar) < len(leden):
        keuzes = (["komt"] if gekomen < len(leden) else []) + (["neem"] if len(rij) else [])
        match data.draw(st.sampled_from(keuzes + (["klaar"] if onderweg else []))):
            case "komt":
                erbij = data.draw(st.integers(1, 4))
                rij.voeg_toe(leden[gekomen : gekomen + erbij])
                gekomen = min(gekomen + erbij, len(leden))
            case "neem":
                groep = rij.neem()
                if groep is None:
                    assert onderweg, "nothing is under way, so something may go"
                    continue
                assert 1 <= len(groep.leden) <= hoogstens
                assert [nummer for nummer, _ in groep.leden] == sorted(nummer for nummer, _ in groep.leden)
                for ander in onderweg:
                    assert not _botsen(ander.sloten, groep.sloten)
                for (
                    nummer,
                    wil,
                ) in groep.leden:  # whatever came before it and wants the same was before it, or is with it
                    eerder = {n for n, w in leden[:nummer] if _botsen(w, wil)}
                    assert eerder <= {*klaar, *(n for n, _ in groep.leden)}
                onderweg.append(groep)
            case _:
                groep = onderweg.pop(data.draw(st.integers(0, len(onderweg) - 1)))
                rij.klaar(groep)
                klaar += [nummer for nummer, _ in groep.leden]
    assert sorted(klaar) == list(range(len(leden)))
    assert rij.neem() is None


def test_what_wants_something_else_goes_past_what_must_wait() -> None:
    rij = _rij()
    rij.voeg_toe([_lid(0, "a")])
    eerste = rij.neem()
    rij.voeg_toe([_lid(1, "ab"), _lid(2, "b"), _lid(3, "c")])
    tweede = rij.neem()
    assert eerste is not None
    assert tweede is not None
    assert tweede.leden == [_lid(3, "c")]
    assert rij.neem() is None
    rij.klaar(eerste)
    derde = rij.neem()
    assert derde is not None
    assert derde.leden == [_lid(1, "ab"), _lid(2, "b")]


def test_what_may_want_anything_goes_alone_and_in_its_turn() -> None:
    rij = _rij()
    rij.voeg_toe([_lid(0, "a")])
    eerste = rij.neem()
    rij.voeg_toe([_lid(1, None), _lid(2, "b")])
    assert rij.neem() is None
    assert eerste is not None
    rij.klaar(eerste)
    tweede = rij.neem()
    assert tweede is not None
    assert (tweede.leden, tweede.sloten) == ([_lid(1, None), _lid(2, "b")], None)
    rij.voeg_toe([_lid(3, "c")])
    assert rij.neem() is None


def test_what_waits_can_be_told_to_wait_no_more() -> None:
    rij = _rij()
    rij.voeg_toe([_lid(0, "a"), _lid(1, "b")])
    assert rij.leeg() == [_lid(0, "a"), _lid(1, "b")]
    assert (len(rij), rij.neem()) == (0, None)


def test_a_small_group_does_not_follow_a_large_one_before_that_is_done() -> None:
    rij = _rij()
    rij.voeg_toe([_lid(0, "a"), _lid(1, "b"), _lid(2, "c")])
    eerste = rij.neem()
    rij.voeg_toe([_lid(3, "d"), _lid(4, "e")])
    assert rij.neem() is None
    rij.voeg_toe([_lid(5, "f")])
    tweede = rij.neem()
    assert tweede is not None
    assert [nummer for nummer, _ in tweede.leden] == [3, 4, 5]
    rij.voeg_toe([_lid(6, "a")])
    assert rij.neem() is None
    assert eerste is not None
    rij.klaar(eerste)
    assert rij.neem() is None
    rij.klaar(tweede)
    assert rij.neem() == Groep([_lid(6, "a")], frozenset("a"))
