"""The indexes that this software looks things up by, made where they are not there: after the migrations, while a node runs.

To make one in a transaction keeps all that write from a large table until it is done. So a migration makes no index of a table that is there
already: it stands in the model (``tabellen``), and what a database lacks of those is made here, on PostgreSQL ``CONCURRENTLY``. That may be broken off
at any moment and done again: what it leaves then is not valid, and is thrown away first. A unique index is of a migration, for it
says what may be written.
"""

import time
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Engine, Index, MetaData, inspect, text
from sqlalchemy.schema import CreateIndex, DropIndex

from .database import alleen, schrijvend
from .tabellen.basis import metadata

_KIJK_OM_DE = 1.0
"""Seconds between two looks at whether another process is ready with them."""

_NIET_AF = text(
    "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE NOT i.indisvalid AND n.nspname = current_schema()"
)


def niet_af(verbinding: Connection) -> set[str]:
    """The indexes of which the making was broken off, or that are being made: they are kept up and never used."""
    return set(verbinding.execute(_NIET_AF).scalars()) if verbinding.dialect.name == "postgresql" else set()


def maak(engine: Engine, meld: Callable[[str], None]) -> None:
    """Make what is missing, and tell of each. Of more processes at once, one does it and the others wait."""
    if engine.dialect.name != "postgresql":  # one writes at a time whatever it is
        with schrijvend(engine, noteer=False) as verbinding:
            for index in _ontbrekend(verbinding):
                verbinding.execute(CreateIndex(index))
                meld(_gemaakt(index))
        return
    while True:
        with alleen(engine, "indexen") as aan_de_beurt:
            if aan_de_beurt:
                _maak_naast_ander_werk(engine, meld)
                return
        time.sleep(_KIJK_OM_DE)


def _maak_naast_ander_werk(engine: Engine, meld: Callable[[str], None]) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.detach()  # it is not given to who wants a limit to waiting
        # making one waits for every transaction that is older, in nobody's way
        verbinding.execute(text("SET lock_timeout = 0"))
        half = niet_af(verbinding)
        for index in _ontbrekend(verbinding):
            if index.name in half:
                verbinding.execute(DropIndex(index))
            verbinding.execute(CreateIndex(index))
            meld(_gemaakt(index))


def _ontbrekend(verbinding: Connection) -> Iterator[Index]:
    """Those that the models have and the database has not, or not whole; to be made beside other work."""
    kijker, half = inspect(verbinding), niet_af(verbinding)
    for naam in kijker.get_table_names():
        tabel = metadata.tables.get(naam)
        if tabel is None:
            continue
        af = {index["name"] for index in kijker.get_indexes(naam)} - half
        for index in tabel.to_metadata(MetaData()).indexes:
            if not index.unique and index.name not in af:
                index.dialect_options["postgresql"]["concurrently"] = True
                yield index


def _gemaakt(index: Index) -> str:
    assert index.table is not None
    return f"Index {index.name} van {index.table.name} is gemaakt."
