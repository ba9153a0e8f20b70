"""Looking up toewijzingen, for one party: what it may see is part of every query."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, not_, or_, select, tuple_

from ..levensloop.overgangen import Toestand
from . import bulk
from .eigenaar import van_partij
from .tabellen import toewijzing as t


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; None is no condition. ``product`` is a category or a code. ``na`` is the place of the last
    toewijzing seen: (wijziging, id)."""

    domein: str | None = None
    gemeente: str | None = None
    aanbieder: str | None = None
    bsn: str | None = None
    toewijzingnummer: int | None = None
    product: str | None = None
    toestand: Toestand | None = None
    levering: str | None = None
    geldig_op: date | None = None
    na: tuple[int, str] | None = None


def zoek(verbinding: Connection, partij: str, filter_: Filter, dag: date, limiet: int) -> Sequence[RowMapping]:
    """The toewijzingen of a party in order of their last change, so that a cursor never misses one."""
    gelijk = {
        t.c.domein: filter_.domein,
        t.c.gemeente: filter_.gemeente,
        t.c.aanbieder: filter_.aanbieder,
        t.c.bsn: filter_.bsn,
        t.c.toewijzingnummer: filter_.toewijzingnummer,
        t.c.levering: filter_.levering,
    }
    voorwaarden = [kolom == waarde for kolom, waarde in gelijk.items() if waarde is not None]
    if filter_.product is not None:
        voorwaarden.append(or_(t.c.categorie == filter_.product, t.c.code == filter_.product))
    if filter_.toestand is not None:
        voorwaarden.append(in_toestand(filter_.toestand, dag))
    if filter_.geldig_op is not None:
        voorwaarden.append(in_toestand(Toestand.LOPEND, filter_.geldig_op))
    if filter_.na is not None:
        voorwaarden.append(tuple_(t.c.wijziging, t.c.id) > filter_.na)
    vraag = select(t).where(van_partij(t, partij), *voorwaarden).order_by(t.c.wijziging, t.c.id).limit(limiet)
    return verbinding.execute(vraag).mappings().all()


def geef(verbinding: Connection, partij: str, id_: str) -> RowMapping | None:
    """One toewijzing, if this party may see it."""
    return verbinding.execute(select(t).where(t.c.id == id_, van_partij(t, partij))).mappings().first()


def op_nummers(verbinding: Connection, aanbieder: str, nummers: Collection[int]) -> Iterator[RowMapping]:
    """The toewijzingen of an aanbieder with these numbers, of every gemeente and under both laws."""
    for deel in bulk.batched(sorted(nummers), bulk.PER_VRAAG):
        vraag = select(t).where(t.c.aanbieder == aanbieder, t.c.toewijzingnummer.in_(deel))
        yield from verbinding.execute(vraag).mappings()


def in_toestand(toestand: Toestand, dag: date) -> ColumnElement[bool]:
    """The condition for a state on a day; the same division as ``levensloop.toewijzing.toestand``."""
    begonnen = t.c.ingangsdatum <= dag
    voorbij = and_(t.c.einddatum.is_not(None), t.c.einddatum < dag)
    match toestand:
        case Toestand.VERWIJDERD:
            return t.c.verwijderd
        case Toestand.TOEKOMSTIG:
            return and_(not_(t.c.verwijderd), not_(begonnen))
        case Toestand.VERLOPEN:
            return and_(not_(t.c.verwijderd), begonnen, voorbij)
        case _:
            return and_(not_(t.c.verwijderd), begonnen, not_(voorbij))
