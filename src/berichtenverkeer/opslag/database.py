"""Connecting to the database, and bringing its tables up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text

from ..instellingen import meegeleverd
from .tabellen import metadata

SCHRIJFT = "bv_schrijft"
"""Execution option of a connection that is going to write: on SQLite it takes the write lock at once."""


class DatabaseLooptAchter(Exception):
    """The tables are not those of this release; ``berichtenverkeer db upgrade`` brings them up to date."""


def maak_engine(url: str, **opties: Any) -> Engine:
    """An engine for a database URL in SQLAlchemy's form.

    ``postgresql://`` means psycopg 3. SQLite runs with write-ahead log, foreign keys, and a full sync at each commit, for
    what is answered must have been stored.
    """
    adres = make_url(url)
    if adres.drivername in ("postgresql", "postgres"):
        adres = adres.set(drivername="postgresql+psycopg")
    if adres.get_backend_name() != "sqlite":
        return create_engine(adres, **opties)
    engine = create_engine(adres, connect_args={"timeout": 60, "check_same_thread": False}, **opties)

    @event.listens_for(engine, "connect")
    def _instellen(verbinding: Any, _: object) -> None:
        verbinding.isolation_level = None  # this module says BEGIN itself
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            verbinding.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(verbinding: Connection) -> None:
        schrijft = verbinding.get_execution_options().get(SCHRIJFT)
        verbinding.exec_driver_sql("BEGIN IMMEDIATE" if schrijft else "BEGIN")

    return engine


@contextmanager
def schrijvend(engine: Engine) -> Iterator[Connection]:
    """A transaction that is going to write."""
    with engine.connect().execution_options(**{SCHRIJFT: True}) as verbinding, verbinding.begin():
        yield verbinding


def vergrendel(verbinding: Connection, sleutels: set[str]) -> None:
    """Keep other processes from these dossiers until the transaction ends. In sorted order, so that two groups never
    wait for each other. On SQLite the transaction already is the only writer."""
    if verbinding.dialect.name == "postgresql" and sleutels:
        verbinding.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(s, 0)) FROM unnest(CAST(:s AS text[])) AS s"),
            {"s": sorted(sleutels)},
        )


def upgrade(engine: Engine) -> None:
    """Bring the tables up to this release."""
    with schrijvend(engine) as verbinding:
        configuratie = _configuratie()
        configuratie.attributes["verbinding"] = verbinding
        command.upgrade(configuratie, "head")


def maak_gereed(engine: Engine) -> None:
    """Make the tables in an empty database; raise ``DatabaseLooptAchter`` when one in use is of another release."""
    with engine.connect() as verbinding:
        versie = MigrationContext.configure(verbinding).get_current_revision()
        leeg = versie is None and not inspect(verbinding).get_table_names()
    if leeg:
        upgrade(engine)
    elif versie != (nieuwste := ScriptDirectory.from_config(_configuratie()).get_current_head()):
        raise DatabaseLooptAchter(
            f"de database staat op {versie or 'geen versie'}, deze software vraagt {nieuwste}; "
            "draai 'berichtenverkeer db upgrade'"
        )


def verschillen(engine: Engine) -> list[str]:
    """How the tables in the database differ from those of this software; empty when they are equal."""
    with engine.connect() as verbinding:
        context = MigrationContext.configure(verbinding, opts={"compare_type": True, "compare_server_default": True})
        return [str(verschil) for verschil in compare_metadata(context, metadata)]


def _configuratie() -> Config:
    configuratie = Config()
    configuratie.set_main_option("script_location", str(meegeleverd("migrations")).replace("%", "%%"))
    return configuratie
