"""Switches in the database, on both kinds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.opslag import schakelaars
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.partijen.schakelaar import Schakelaar, Stand

NUL = datetime(2026, 3, 29, 3, 30, tzinfo=NEDERLAND)
"""Half an hour after the clock went to summer time."""

UUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = maak_engine(database_url)
    maak_gereed(engine)
    yield engine
    engine.dispose()


def alle(engine: Engine) -> list[Schakelaar]:
    with engine.connect() as verbinding:
        return schakelaars.alle(verbinding)


def test_what_goes_in_comes_out_and_goes_away(engine: Engine) -> None:
    een = Schakelaar("*", "3.2", NUL, NUL + UUR, Stand.BEVROREN, "proef")
    later = Schakelaar("*", "3.2", NUL + UUR, None, Stand.AAN)
    ander = Schakelaar("WMO301", "9999.9999", NUL, None, Stand.UIT)
    with schrijvend(engine) as verbinding:
        for schakelaar in (ander, later, een):
            schakelaars.zet(verbinding, schakelaar)
    assert alle(engine) == [een, later, ander]
    anders = Schakelaar("*", "3.2", NUL.astimezone(UTC), None, Stand.UIT, "vervangt")
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
