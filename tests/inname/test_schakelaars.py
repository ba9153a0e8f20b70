"""Switching as an operator writes it, and seeing what was switched."""

from datetime import datetime, timedelta

import pytest
from tests.knoop import NU

from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.partijen.schakelaar import LEEG, Stand
from berichtenverkeer.partijen.schakelaars import SchakelFout, alle, schakel, wis
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN

from .conftest import Balie

JW307 = BERICHTSOORTEN["JW307"]


def test_what_is_switched_is_seen_when_it_is_looked_at_again(balie: Balie) -> None:
    register = Register(balie.engine)
    assert register.bord() == LEEG
    schakel(balie.engine, "JW307", "uit", "3.2", "2026-03-02", NU)
    assert register.bord() == LEEG
    register.kijk()
    assert register.bord().stand(JW307, "3.2", NU) is Stand.UIT
    assert wis(balie.engine, "JW307", "3.2") == 1
    register.kijk()
    assert register.bord() == LEEG


def test_moments_as_they_are_written(balie: Balie) -> None:
    dag = schakel(balie.engine, "WMO", "bevroren", "3.2", "2026-07-01", NU, "2026-07-02T06:00:00", "wissel")
    assert dag.van == datetime(2026, 7, 1, tzinfo=NEDERLAND)
    assert dag.tot == datetime(2026, 7, 2, 6, tzinfo=NEDERLAND)
    nu = schakel(balie.engine, "WMO", "aan", "3.2", "", NU + timedelta(microseconds=7))
    assert (nu.van, nu.tot) == (NU, None)
    assert alle(balie.engine) == [nu, dag]
    assert wis(balie.engine, "WMO", "3.2", "2026-07-01T00:00:00+02:00") == 1
    assert wis(balie.engine, "WMO", "3.2", NU.isoformat()) == 1


@pytest.mark.parametrize(
    ("waarden", "melding"),
    [
        (("WMO399", "uit", "3.2", ""), "geen functie"),
        (("wmo301", "uit", "3.2", ""), "geen functie"),
        (("WMO301", "misschien", "3.2", ""), "kies aan, uit, bevroren"),
        (("WMO301", "uit", "3", ""), "geen release"),
        (("WMO301", "uit", "03.2", ""), "geen release"),
        (("WMO301", "uit", "3.20000", ""), "geen release"),
        (("WMO301", "uit", "3.2", "morgen"), "geen moment"),
        (("WMO301", "uit", "3.2", "0001-01-01"), "geen moment"),
    ],
)
def test_what_cannot_be_switched(balie: Balie, waarden: tuple[str, str, str, str], melding: str) -> None:
    with pytest.raises(SchakelFout, match=melding):
        schakel(balie.engine, *waarden, NU)
    assert alle(balie.engine) == []


@pytest.mark.parametrize("tot", ["2026-07-01", "2026-06-30T23:59:59"])
def test_an_end_before_its_beginning(balie: Balie, tot: str) -> None:
    with pytest.raises(SchakelFout, match="niet na het begin"):
        schakel(balie.engine, "*", "uit", "3.2", "2026-07-01", NU, tot)


def test_nothing_to_take_away(balie: Balie) -> None:
    with pytest.raises(SchakelFout, match="functie list"):
        wis(balie.engine, "*", "3.2")
