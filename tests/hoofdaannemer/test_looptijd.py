"""Periods with and without an end, months, rounding, and which segment a product is of."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.hoofdaannemer.looptijd import Looptijd, Maand, looptijd, maanden, samen, zonder
from berichtenverkeer.hoofdaannemer.rond import afgerond, rond
from berichtenverkeer.hoofdaannemer.segment import Segmentlijst, Segmentregel

BEGIN = date(2023, 1, 1)
DAGEN = st.integers(0, 40).map(lambda n: BEGIN + timedelta(days=n))
PERIODEN = st.tuples(DAGEN, st.none() | DAGEN).map(lambda p: Looptijd(p[0], p[1] if p[1] and p[1] >= p[0] else None))
ALLE = [BEGIN + timedelta(days=n) for n in range(60)]


def in_dagen(*perioden: Looptijd) -> set[date]:
    return {dag for dag in ALLE for periode in perioden if dag in periode}


@given(PERIODEN, st.lists(PERIODEN, max_size=5))
def test_taking_out_and_putting_together_by_day(geheel: Looptijd, delen: list[Looptijd]) -> None:
    over = zonder(geheel, delen)
    assert in_dagen(*over) == in_dagen(geheel) - in_dagen(*delen)
    assert any(p.tot is None for p in over) is (geheel.tot is None and all(d.tot for d in delen))
    bijeen = samen(delen)
    assert in_dagen(*bijeen) == in_dagen(*delen)
    assert all(een.laatste + timedelta(days=1) < twee.van for een, twee in pairwise(bijeen))
    for deel in delen:
        gedeeld = geheel.doorsnede(deel)
        assert (in_dagen(gedeeld) if gedeeld else set()) == in_dagen(geheel) & in_dagen(deel)


def test_a_period_that_ends_before_it_begins_is_none() -> None:
    assert looptijd(BEGIN, BEGIN - timedelta(days=1)) is None
    assert looptijd(BEGIN, BEGIN) == Looptijd(BEGIN, BEGIN)
    assert str(Looptijd(BEGIN)) == "2023-01-01 en verder"
    assert Looptijd(BEGIN, date(2023, 1, 31)).dagen == 31


def test_months() -> None:
    februari = Maand.lees("2024-02")
    assert (februari.dagen, februari.eerste, februari.laatste) == (29, date(2024, 2, 1), date(2024, 2, 29))
    assert (str(februari), februari.naam, februari.looptijd.dagen) == ("2024-02", "februari 2024", 29)
    assert [str(m) for m in maanden(Maand(2023, 11), februari)] == ["2023-11", "2023-12", "2024-01", "2024-02"]


@pytest.mark.parametrize("tekst", ["2024-13", "2024-2", "2024-00", "202402", "", "2024-02-01", "0000-01", "2024-W1"])
def test_what_is_no_month(tekst: str) -> None:
    with pytest.raises(ValueError, match="geen maand"):
        Maand.lees(tekst)


@pytest.mark.parametrize(("teller", "rond_"), [(1, 1), (-1, -1), (3, 2), (-3, -2), (0, 0), (4, 2)])
def test_half_goes_away_from_zero(teller: int, rond_: int) -> None:
    assert rond(Fraction(teller, 2)) == rond_


def test_decimals() -> None:
    assert afgerond(Fraction(5, 1000), 2) == Decimal("0.01")
    assert afgerond(Fraction(-5, 1000), 2) == Decimal("-0.01")
    assert str(afgerond(Fraction(1), 4)) == "1.0000"


def test_the_most_specific_line_says_the_segment() -> None:
    lijst = Segmentlijst.van(
        [Segmentregel("begeleiding", "54"), Segmentregel("vervoer", "54", "54V01"), Segmentregel("dag", "07", "07A")]
    )
    assert lijst.segment("54", "54Z01") == "begeleiding"
    assert lijst.segment("54", None) == "begeleiding"
    assert lijst.segment("54", "54V01") == "vervoer"
    assert lijst.segment("07", "07B") is None
    assert lijst.segment("07", None) is None
    assert lijst.segment(None, None) is None
    assert lijst.segmenten == {"begeleiding", "vervoer", "dag"}
