"""A database whose rows are gone after each test."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = maak_engine(database_url)
    maak_gereed(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def verbinding(engine: Engine) -> Iterator[Connection]:
    """A transaction whose rows are gone after the test."""
    with schrijvend(engine) as verbinding:
        yield verbinding
        verbinding.rollback()
