"""The lumpsum of a year in twelve parts, and what was paid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.hoofdaannemer.betaalschema import Betaling, Lumpsum, betaalschema, in_twaalven
from berichtenverkeer.hoofdaannemer.fouten import Geweigerd
from berichtenverkeer.hoofdaannemer.looptijd import Maand


@given(st.integers(0, 10**12))
def test_twelve_parts_are_the_whole(bedrag: int) -> None:
    delen = in_twaalven(bedrag)
    assert sum(delen) == bedrag
    assert len(delen) == 12
    assert len(set(delen[:11])) == 1
    assert delen[0] <= delen[11] < delen[0] + 12


def test_a_year_of_one_gemeente() -> None:
    lumpsums = [
        Lumpsum("0855", "begeleiding", 2026, 1_200_05),
        Lumpsum("0855", "dagopvang", 2026, 600_00),
        Lumpsum("0855", "begeleiding", 2027, 1),
        Lumpsum("0344", "begeleiding", 2026, 1),
    ]
    betalingen = [
        Betaling("0855", "begeleiding", Maand(2026, 1), 100_00),
        Betaling("0855", "vervoer", Maand(2026, 12), 7),
        Betaling("0855", "begeleiding", Maand(2027, 1), 9),
        Betaling("0344", "begeleiding", Maand(2026, 1), 9),
    ]
    schema = betaalschema("0855", 2026, lumpsums, betalingen)
    assert (schema.bedrag, schema.betaald) == (1_800_05, 100_07)
    januari, december = schema.maanden[0], schema.maanden[11]
    assert [(d.segment, d.bedrag, d.betaald) for d in januari.segmenten] == [
        ("begeleiding", 100_00, 100_00), ("dagopvang", 50_00, 0), ("vervoer", 0, 0),
    ]  # fmt: skip
    assert [(d.segment, d.bedrag, d.betaald) for d in december.segmenten] == [
        ("begeleiding", 100_05, 0), ("dagopvang", 50_00, 0), ("vervoer", 0, 7),
    ]  # fmt: skip
    assert (str(december.maand), december.bedrag, december.betaald) == ("2026-12", 150_05, 7)


def test_a_year_without_anything() -> None:
    schema = betaalschema("0855", 2026, [], [])
    assert (len(schema.maanden), schema.bedrag, schema.betaald) == (12, 0, 0)


def test_no_amount_is_negative() -> None:
    with pytest.raises(Geweigerd, match="niet negatief"):
        Lumpsum("0855", "begeleiding", 2026, -1)
    with pytest.raises(Geweigerd, match="niet negatief"):
        Betaling("0855", "begeleiding", Maand(2026, 1), -1)
