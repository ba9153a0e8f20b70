"""Switches in the database, on both kinds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.partijen import schakelaars

NUL = datetime(2026, 3, 29, 3, 30, tzinfo=NEDERLAND)
"""Half an hour after the clock went to summer time."""

UUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = maak_engine(database_url)
    maak_gereed(engine)
    yield engine
    engine.dispose()


def alle(engine: Engine) -> list[dict[str, Any]]:
    with engine.connect() as verbinding:
        return [dict(rij) for rij in schakelaars.alle(verbinding)]


def _rij(functie: str, versie: str, van: datetime, tot: datetime | None, stand: str, reden: str = "") -> dict[str, Any]:
    wanneer = {"van": van, "tot": tot}
    return {"functie": functie, "versie": versie, "ontvanger": "", **wanneer, "stand": stand, "reden": reden}


def test_one_receiver_has_a_switch_of_its_own(engine: Engine) -> None:
    allen, een = _rij("heen", "3.2", NUL, None, "uit"), _rij("heen", "3.2", NUL, None, "aan") | {"ontvanger": "0855"}
    with schrijvend(engine) as verbinding:
        for schakelaar in (een, allen):
            schakelaars.zet(verbinding, schakelaar)
    assert alle(engine) == [allen, een]
    with schrijvend(engine) as verbinding:
        assert schakelaars.wis(verbinding, "heen", "3.2", None) == 1
        assert schakelaars.wis(verbinding, "heen", "3.2", NUL, "0855") == 1
    assert alle(engine) == []


def test_what_goes_in_comes_out_and_goes_away(engine: Engine) -> None:
    een = _rij("*", "3.2", NUL, NUL + UUR, "bevroren", "proef")
    later = _rij("*", "3.2", NUL + UUR, None, "aan")
    ander = _rij("WMO301", "9999.9999", NUL, None, "uit")
    with schrijvend(engine) as verbinding:
        for schakelaar in (ander, later, een):
            schakelaars.zet(verbinding, schakelaar)
    assert alle(engine) == [een, later, ander]
    anders = _rij("*", "3.2", NUL.astimezone(UTC), None, "uit", "vervangt")
    with schrijvend(engine) as verbinding:
        schakelaars.zet(verbinding, anders)
    assert alle(engine) == [anders, later, ander]
    with schrijvend(engine) as verbinding:
        assert schakelaars.wis(verbinding, "WMO301", "3.2", None) == 0
        assert schakelaars.wis(verbinding, "*", "3.2", NUL + 2 * UUR) == 0
        assert schakelaars.wis(verbinding, "*", "3.2", NUL + UUR) == 1
    assert alle(engine) == [anders, ander]
    with schrijvend(engine) as verbinding:
        schakelaars.zet(verbinding, later)
        assert schakelaars.wis(verbinding, "*", "3.2", None) == 2
    assert alle(engine) == [ander]
