"""How a database is connected to."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError, TimeoutError
from tests.conftest import MaakDatabase
from tests.knoop import NU

from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend, vergrendel
from berichtenverkeer.opslag.partijen import partijen
from berichtenverkeer.opslag.tabellen.partijen import partij, token
from berichtenverkeer.opslag.wachttijd import ONBEREIKBAAR, Wachttijd


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = maak_engine(database_url)
    maak_gereed(engine)
    yield engine
    engine.dispose()


def test_sqlite_has_a_write_ahead_log_and_foreign_keys(sqlite: MaakDatabase) -> None:
    engine = maak_engine(sqlite())
    with engine.connect() as verbinding:
        gezet = [verbinding.execute(text(f"PRAGMA {naam}")).scalar() for naam in ("journal_mode", "foreign_keys")]
        assert gezet == ["wal", 1]
        assert verbinding.execute(text("PRAGMA synchronous")).scalar() == 2
    engine.dispose()


@pytest.mark.parametrize("bestaat", [False, True])
def test_a_file_of_sqlite_is_for_its_owner_alone(tmp_path: Path, bestaat: bool) -> None:
    """Also one that an earlier release made, and what SQLite puts beside it."""
    pad = tmp_path / "proef.db"
    if bestaat:
        for naam in ("proef.db", "proef.db-wal", "proef.db-shm"):
            (tmp_path / naam).touch(0o644)
    engine = maak_engine(f"sqlite:///{pad}")
    maak_gereed(engine)
    with engine.connect() as verbinding:
        verbinding.execute(text("SELECT count(*) FROM partij"))
        rechten = {bestand.name: bestand.stat().st_mode & 0o777 for bestand in tmp_path.iterdir()}
    assert rechten == dict.fromkeys(("proef.db", "proef.db-wal", "proef.db-shm"), 0o600)
    engine.dispose()


def test_another_process_that_comes_and_goes_leaves_the_log_of_this_one(tmp_path: Path) -> None:
    """Were the file opened and closed in this process, SQLite would lose its locks here, and the other would delete the log."""
    pad = tmp_path / "proef.db"
    engine = maak_engine(f"sqlite:///{pad}")
    maak_gereed(engine)
    ander = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute(sys.argv[2]); d.commit(); d.close()"
    with engine.connect() as een, engine.connect() as twee:  # the second connects while the first is at work
        for verbinding in (een, twee):
            verbinding.execute(text("SELECT count(*) FROM teller")).scalar()
            verbinding.rollback()
        for waarde in (1, 2):
            zet = f"INSERT OR REPLACE INTO teller (naam, waarde) VALUES ('proef', {waarde})"
            subprocess.run([sys.executable, "-c", ander, str(pad), zet], check=True)
            assert (tmp_path / "proef.db-wal").exists()
            for verbinding in (een, twee):
                assert verbinding.execute(text("SELECT waarde FROM teller WHERE naam = 'proef'")).scalar() == waarde
                verbinding.rollback()
    engine.dispose()


def test_postgresql_is_psycopg_at_read_committed(postgresql: MaakDatabase) -> None:
    url = postgresql().replace("postgresql+psycopg://", "postgresql://")
    engine = maak_engine(url)
    assert engine.dialect.driver == "psycopg"
    with engine.connect() as verbinding:
        verbinding.execute(text("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
        verbinding.commit()
        assert verbinding.execute(text("SHOW transaction_isolation")).scalar() == "read committed"
    engine.dispose()


def test_postgresql_looks_up_by_an_index_however_small_a_table_is(postgresql: MaakDatabase) -> None:
    engine = maak_engine(postgresql())
    maak_gereed(engine)
    with schrijvend(engine) as verbinding:
        partijen.voeg_toe(verbinding, "0855", "gemeente", "Gemeente", NU)
        verbinding.execute(text("ANALYZE partij"))
        plan = verbinding.execute(text("EXPLAIN SELECT naam FROM partij WHERE code = '0855'")).scalars().all()
    engine.dispose()
    assert "Index Scan using pk_partij" in plan[0], plan


def test_a_foreign_key_holds(engine: Engine) -> None:
    with pytest.raises(DBAPIError), schrijvend(engine) as verbinding:
        partijen.geef_token(verbinding, "0000", "token", NU)


def test_an_error_does_not_quote_what_was_written(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as gevangen, schrijvend(engine) as verbinding:
        verbinding.execute(token.insert().values(hash="999900006", partij="0000", aangemaakt_op=NU))
    assert "999900006" not in str(gevangen.value)


def test_a_database_that_is_not_there_is_unreachable(tmp_path: object) -> None:
    for url in (f"sqlite:///{tmp_path}/geen/map/x.db", f"postgresql:///x?host={tmp_path}"):
        engine = maak_engine(url)
        with pytest.raises(ONBEREIKBAAR), engine.connect():
            pass


def test_a_moment_is_read_in_dutch_time(engine: Engine) -> None:
    moment = datetime(2026, 3, 1, 23, 30, 0, 123456, tzinfo=UTC)
    with schrijvend(engine) as verbinding:
        partijen.voeg_toe(verbinding, "0001", "gemeente", "Naam", moment)
    with engine.connect() as verbinding:
        gelezen = verbinding.execute(select(partij.c.aangemaakt_op)).scalar_one()
    assert gelezen == moment
    assert gelezen.tzinfo is NEDERLAND
    assert str(gelezen.date()) == "2026-03-02"


def test_locks_of_one_transaction_may_be_asked_for_twice(engine: Engine) -> None:
    with schrijvend(engine) as verbinding:
        vergrendel(verbinding, set())
        vergrendel(verbinding, {"a", "b"})
        vergrendel(verbinding, {"b", "a", "c"})


@pytest.mark.parametrize("waarde", [[], [{"a": "é\n", "b": [1, None]}, "x", 2], {"lijst": [1, 2]}, None, "tekst"])
def test_json_that_is_written_item_by_item_is_what_python_writes(waarde: Any) -> None:
    engine = maak_engine("sqlite://")
    schrijf = engine.dialect._json_serializer
    assert schrijf is not None
    assert schrijf(waarde) == json.dumps(waarde)
    engine.dispose()


def test_a_process_has_no_more_connections_than_it_may(maak_database: MaakDatabase) -> None:
    kort = Wachttijd(antwoord=5, slot=5, verbinding=0.1)
    engine = maak_engine(maak_database(), kort, verbindingen=8)
    with ExitStack() as open_:
        for _ in range(8):
            open_.enter_context(engine.connect())
        with pytest.raises(TimeoutError):
            engine.connect()
    engine.dispose()
