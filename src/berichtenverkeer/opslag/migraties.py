"""Bringing tables of an earlier release up to date, with alembic. Only who asks for it imports this."""

from collections.abc import Callable

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

from ..pakket import meegeleverd
from . import indexen
from .database import TABELLEN, eis_niet_later, schrijvend, vergrendel
from .tabellen.basis import metadata


def upgrade(engine: Engine, meld: Callable[[str], None] = lambda _: None) -> None:
    """Bring the tables up to this release, all or nothing; then make the indexes that they lack, one by one, while who uses them may go on.
    ``meld`` is told how far it is. Of more processes at once, one does it and the others wait. Raises ``DatabaseLooptVoor``."""
    with schrijvend(engine) as verbinding:
        vergrendel(verbinding, {TABELLEN})
        eis_niet_later(verbinding)
        command.upgrade(configuratie(verbinding), "head")
    meld("De tabellen zijn bij: het knooppunt mag starten.")
    indexen.maak(engine, meld)


def verschillen(engine: Engine) -> list[str]:
    """How the tables in the database differ from those of this software; empty when they are equal. Raises ``DatabaseLooptVoor``."""
    with engine.connect() as verbinding:
        eis_niet_later(verbinding)
        context = MigrationContext.configure(verbinding, opts={"compare_type": True, "compare_server_default": True})
        half = [f"de index {naam} is niet af" for naam in sorted(indexen.niet_af(verbinding))]
        return [*(str(verschil) for verschil in compare_metadata(context, metadata)), *half]


def configuratie(verbinding: Connection) -> Config:
    """Where the migrations are, and the connection on which they run."""
    config = Config()
    config.set_main_option("script_location", str(meegeleverd("migrations")).replace("%", "%%"))
    config.attributes["verbinding"] = verbinding
    return config
