"""Bringing tables of an earlier release up to date, with alembic. Only who asks for it imports this."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

from ..pakket import meegeleverd
from .database import TABELLEN, eis_niet_later, schrijvend, vergrendel
from .tabellen.basis import metadata


def upgrade(engine: Engine) -> None:
    """Bring the tables up to this release. Of more processes at once, one does it and the others wait. Raises ``DatabaseLooptVoor``."""
    with schrijvend(engine) as verbinding:
        vergrendel(verbinding, {TABELLEN})
        eis_niet_later(verbinding)
        command.upgrade(configuratie(verbinding), "head")


def verschillen(engine: Engine) -> list[str]:
    """How the tables in the database differ from those of this software; empty when they are equal. Raises ``DatabaseLooptVoor``."""
    with engine.connect() as verbinding:
        eis_niet_later(verbinding)
        context = MigrationContext.configure(verbinding, opts={"compare_type": True, "compare_server_default": True})
        return [str(verschil) for verschil in compare_metadata(context, metadata)]


def configuratie(verbinding: Connection) -> Config:
    """Where the migrations are, and the connection on which they run."""
    config = Config()
    config.set_main_option("script_location", str(meegeleverd("migrations")).replace("%", "%%"))
    config.attributes["verbinding"] = verbinding
    return config
