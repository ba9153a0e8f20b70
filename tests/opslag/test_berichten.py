"""Numbers and locks: what makes more writers one line."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError
from tests.conftest import MaakDatabase

from berichtenverkeer.opslag import teller
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend, vergrendel


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = maak_engine(database_url)
    maak_gereed(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def pg(postgresql: MaakDatabase) -> Iterator[Engine]:
    engine = maak_engine(postgresql())
    maak_gereed(engine)
    yield engine
    engine.dispose()


@contextmanager
def _ongeduldig(engine: Engine) -> Iterator[Connection]:
    """A transaction on PostgreSQL that does not wait long."""
    with schrijvend(engine) as verbinding:
        verbinding.execute(text("SET LOCAL lock_timeout = '50ms'"))
        yield verbinding


def test_numbers_follow_each_other_and_a_rollback_leaves_no_gap(engine: Engine) -> None:
    with schrijvend(engine) as verbinding:
        eerste = teller.volgnummers(verbinding, 5)
    with schrijvend(engine) as verbinding:
        assert teller.volgnummers(verbinding, 2) == eerste + 5
        verbinding.rollback()
    with schrijvend(engine) as verbinding:
        assert teller.volgnummers(verbinding, 2) == eerste + 5
        assert teller.volgnummers(verbinding, 1) == eerste + 7


def test_who_has_a_number_holds_up_the_next_until_the_commit(engine: Engine) -> None:
    """So numbers become visible in order: else a reader with a cursor could pass by one that is still to come."""
    with schrijvend(engine) as een:
        teller.volgnummers(een, 1)
        if engine.dialect.name == "sqlite":
            rauw = sqlite3.connect(engine.url.database or "", timeout=0, isolation_level=None)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                rauw.execute("BEGIN IMMEDIATE")
            rauw.close()
            return
        with _ongeduldig(engine) as twee, pytest.raises(OperationalError):
            teller.volgnummers(twee, 1)


def test_a_key_is_held_until_the_transaction_ends(pg: Engine) -> None:
    with schrijvend(pg) as een:
        vergrendel(een, {"a", "b"})
        with _ongeduldig(pg) as twee, pytest.raises(OperationalError):
            vergrendel(twee, {"c", "b"})
        with _ongeduldig(pg) as twee:
            vergrendel(twee, {"c", "d"})
    with _ongeduldig(pg) as twee:
        vergrendel(twee, {"a", "b"})
