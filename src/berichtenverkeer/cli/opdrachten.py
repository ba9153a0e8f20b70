"""How every command ends when what it needs is not there: with a sentence and an advice, not with a traceback."""

import sys
from typing import Any

from typer.core import TyperGroup

from ..standaard.schema import SchemaOntbreekt
from .opties import stop


class Opdrachten(TyperGroup):
    """All commands together."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command, and say in Dutch what of its surroundings it could not use."""
        try:
            return super().invoke(ctx)
        except Exception as fout:
            melding = _uitleg(fout)
            if melding is None:
                raise
            stop(melding)


def _uitleg(fout: Exception) -> str | None:
    if isinstance(fout, SchemaOntbreekt):
        return f"De XSD's zijn niet te gebruiken: {fout}."
    if "sqlalchemy" not in sys.modules:  # no command with a database has run
        return None
    from sqlalchemy.exc import ArgumentError, DatabaseError

    from ..opslag.database import DatabaseLooptAchter

    if isinstance(fout, DatabaseLooptAchter):
        return f"{str(fout)[0].upper()}{str(fout)[1:]}."
    if isinstance(fout, ArgumentError):
        return "De naam van de database klopt niet: schrijf sqlite:///pad of postgresql://naam@machine/database."
    if isinstance(fout, DatabaseError):
        reden = str(fout.orig).strip().partition("\n")[0]
        return f"De database is niet te gebruiken ({reden}). Controleer --database-url of BV_DATABASE_URL."
    return None
