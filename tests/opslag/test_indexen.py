"""Indexes that are made while the tables are in use, and again when that was broken off."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Engine, exc, insert, text
from tests.conftest import MaakDatabase
from tests.knoop import NU

from berichtenverkeer.opslag.database import maak_engine, schrijvend
from berichtenverkeer.opslag.migraties import upgrade, verschillen
from berichtenverkeer.opslag.tabellen.partijen import partij

NAMEN = ["ix_bericht_postvak", "ix_toewijzing_bsn"]
_BEZIG = text("SELECT pid FROM pg_stat_progress_create_index WHERE datname = current_database()")


@pytest.fixture
def zonder(maak_database: MaakDatabase) -> Iterator[Engine]:
    """A database that lacks some."""
    yield from _zonder(maak_database)


@pytest.fixture
def zonder_op_postgresql(postgresql: MaakDatabase) -> Iterator[Engine]:
    """The same where they are made beside other work."""
    yield from _zonder(postgresql)


def _zonder(maak_database: MaakDatabase) -> Iterator[Engine]:
    engine = maak_engine(maak_database.gereed())
    with schrijvend(engine) as verbinding:
        for naam in NAMEN:
            verbinding.execute(text(f"DROP INDEX {naam}"))
    yield engine
    engine.dispose()


def test_what_is_missing_is_made_and_told(zonder: Engine) -> None:
    assert len(verschillen(zonder)) == len(NAMEN)
    verteld: list[str] = []
    upgrade(zonder, verteld.append)
    assert verschillen(zonder) == []
    assert "mag starten" in verteld[0]
    assert sorted(regel.split()[1] for regel in verteld[1:]) == NAMEN
    upgrade(zonder, verteld.append)
    assert len(verteld) == len(NAMEN) + 2


def test_who_writes_goes_on_meanwhile(zonder_op_postgresql: Engine) -> None:
    """An index waits for the transaction that wrote before it; who comes after it waits for neither."""
    engine = zonder_op_postgresql
    with ThreadPoolExecutor() as draden, engine.connect() as eerder:
        _schrijf(eerder, "0344")
        gaande = draden.submit(upgrade, engine)
        _wacht_tot_hij_wacht(engine, gaande)
        with schrijvend(engine) as later:
            later.execute(text("SET LOCAL lock_timeout = '5s'"))
            for tabel in ("bericht", "toewijzing", "partij"):
                later.execute(text(f"LOCK TABLE {tabel} IN ROW EXCLUSIVE MODE"))
            _schrijf(later, "0363")
        assert not gaande.done()
        eerder.commit()
        gaande.result()
    assert verschillen(engine) == []


def test_what_was_broken_off_is_made_anew(zonder_op_postgresql: Engine) -> None:
    engine = zonder_op_postgresql
    with ThreadPoolExecutor() as draden, engine.connect() as eerder:
        _schrijf(eerder, "0344")
        gaande = draden.submit(upgrade, engine)
        pid = _wacht_tot_hij_wacht(engine, gaande)
        with engine.connect() as ander:
            ander.execute(text("SELECT pg_cancel_backend(:pid)"), {"pid": pid})
        with pytest.raises(exc.OperationalError):
            gaande.result()
        eerder.commit()
    assert [verschil for verschil in verschillen(engine) if "niet af" in verschil]
    upgrade(engine)
    assert verschillen(engine) == []


def test_two_at_once_make_each_once(zonder_op_postgresql: Engine) -> None:
    verteld: list[str] = []
    with ThreadPoolExecutor() as draden:
        for gaande in [draden.submit(upgrade, zonder_op_postgresql, verteld.append) for _ in range(2)]:
            gaande.result()
    assert sorted(regel.split()[1] for regel in verteld if regel.startswith("Index")) == NAMEN
    assert verschillen(zonder_op_postgresql) == []


def _schrijf(verbinding: Connection, code: str) -> None:
    """Write in one of the tables, without a commit."""
    verbinding.execute(text("LOCK TABLE bericht, toewijzing IN ROW EXCLUSIVE MODE"))
    verbinding.execute(insert(partij).values(code=code, rol="gemeente", naam="x", aangemaakt_op=NU))


def _wacht_tot_hij_wacht(engine: Engine, gaande: "Future[None]") -> int:
    """Until an index is being made; by which process of the database."""
    with engine.connect() as verbinding:
        while (pid := verbinding.execute(_BEZIG).scalar()) is None:
            assert not gaande.done()
            verbinding.rollback()
            time.sleep(0.02)
    return int(pid)
