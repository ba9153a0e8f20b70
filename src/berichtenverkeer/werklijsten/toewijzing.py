"""Toewijzingen on a work list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, text

from ..opslag.dag import dag_van, later_van
from ..opslag.tabellen.dossiers import toewijzing as t
from .lijst import Rij, kolommen

NASLEEP_WEKEN = 4
"""How long after its Einddatum a toewijzing stays on a list that no message of the aanbieder can take it off (afgeleid)."""

_opvolger = t.alias("opvolger")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toewijzingrij(Rij):
    """A toewijzing with its levering."""

    ingangsdatum: date
    einddatum: date | None
    levering: str
    geleverd_van: date | None
    geleverd_tot: date | None


KOLOMMEN = kolommen(Toewijzingrij, t, toewijzing=t.c.id, bericht=t.c.bericht)
OPEN = text("NOT toewijzing.verwijderd AND toewijzing.levering <> 'definitief_gestopt'")
"""It was not taken back and its levering may still change; in the words of the index, else SQLite does not use it."""


def sinds_bekend(dag: ColumnElement[Any]) -> ColumnElement[Any]:
    """A day, or the day on which the toewijzing came in when that is later: a start before it could not be reported (OP271)."""
    return later_van(dag, dag_van(t.c.bekend_op))


def gevolgd_na(einde: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether this client has a toewijzing of the same category at the same aanbieder that begins after ``einde``."""
    return exists().where(
        and_(
            _opvolger.c.dossier == t.c.dossier,
            _opvolger.c.categorie.is_not_distinct_from(t.c.categorie),
            _opvolger.c.ingangsdatum > einde,
            _opvolger.c.verwijderd.is_(False),
        )
    )
