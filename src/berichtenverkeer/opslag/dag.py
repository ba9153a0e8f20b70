"""Days inside a query: the Dutch day of a moment, and what holds on a day (``standaard.geldig``)."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from ..klok import NEDERLAND
from ..levensloop.kalender import plus_dagen

FUNCTIE = "nederlandse_dag"
"""What SQLite, which knows no time zones, calls ``van_tekst``."""


class dag_van(FunctionElement[Any]):  # noqa: N801
    """The Dutch day of a column of ``Moment``; NULL when it is empty."""

    name = FUNCTIE
    type = Date()
    inherit_cache = True


def van_tekst(moment: str | None) -> str | None:
    """The Dutch day of a moment as SQLite keeps it: in UTC, without saying so."""
    if moment is None:
        return None
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(NEDERLAND).date().isoformat()


@compiles(dag_van, "sqlite")
def _sqlite(element: dag_van, compiler: SQLCompiler, **opties: Any) -> str:
    return f"{FUNCTIE}({compiler.process(element.clauses, **opties)})"


@compiles(dag_van, "postgresql")
def _postgresql(element: dag_van, compiler: SQLCompiler, **opties: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **opties)} AT TIME ZONE '{NEDERLAND.key}' AS DATE)"


def later_van(een: ColumnElement[Any], ander: ColumnElement[Any]) -> ColumnElement[Any]:
    """The later of two days; the first when the other is empty."""
    return case((ander > een, ander), else_=een)


def geldt_op(van: ColumnElement[Any], tot: ColumnElement[Any], dag: Any) -> ColumnElement[bool]:
    """Whether what these columns say holds on a day; an empty ``tot`` is no end."""
    return raakt(van, tot, dag, dag)


def raakt(van: ColumnElement[Any], tot: ColumnElement[Any], eerste: Any, laatste: Any) -> ColumnElement[bool]:
    """Whether it holds on some day from the one to the other."""
    return and_(van <= laatste, or_(tot.is_(None), tot >= eerste))


def begin_van(dag: date) -> datetime:
    """The first moment of a Dutch day. That of the first day of the calendar has no moment in UTC; it gives the next."""
    return datetime.combine(max(dag, plus_dagen(date.min, 1)), time.min, NEDERLAND)
