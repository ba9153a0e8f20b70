"""What is new for a party since a place, in the order in which it was numbered: who follows it never misses a row.

Of each there are two: whether there is any for a webhook, as a condition on its row and that of its place, so that the database is
asked once for all webhooks; and what there is.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    TextClause,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
)

from ..eigenaar import van_partij
from ..lijst import Lijst, Plek
from ..tabellen.berichten import bericht
from ..tabellen.keten import zending
from ..tabellen.uitgaand import webhook, webhook_plek
from .zendingen import foutbericht_voor

_van_hem = zending.alias("van_hem")
_GEWEIGERD = func.coalesce(
    select(_van_hem.c.bericht)
    .where(_van_hem.c.traceer_id == zending.c.als_antwoord_op, _van_hem.c.zender == zending.c.ontvanger)
    .scalar_subquery(),
    select(bericht.c.id)
    .where(bericht.c.id == zending.c.als_antwoord_op, bericht.c.verzender == zending.c.ontvanger)
    .scalar_subquery(),
)
"""The message that a foutbericht refuses."""


class Gewijzigd(NamedTuple):
    """Something whose stand changed: its place in the order of changes, and when."""

    plek: Plek
    moment: datetime


class InPostvak(NamedTuple):
    """A message to a party: whether it lies ready there, and of an answer what it answers with the oordeel on that."""

    nummer: int
    id: str
    moment: datetime
    aangeboden: bool
    antwoord_op: str | None
    oordeel: str | None


class Fout(NamedTuple):
    """A foutbericht to a party, and the message that it refuses, where there is one."""

    nummer: int
    zender: str
    traceer_id: str
    moment: datetime
    bericht: str | None


DAG = "dag"
"""The parameter that a condition has for the number of the day."""


def is_gewijzigd(lijst: Lijst[Any]) -> ColumnElement[bool]:
    """Whether something of a list changed for the party of a webhook after its place."""
    t = lijst.tabel.c
    na = tuple_(t.wijziging, t.id) > tuple_(webhook_plek.c.nummer, webhook_plek.c.id)
    return or_(*(_is_er(kant == webhook.c.partij, na) for kant in (t.gemeente, t.aanbieder)))


def is_in_postvak() -> ColumnElement[bool]:
    """Whether there is a message to the party of a webhook at its place or after."""
    return _is_er(bericht.c.bestemming == webhook.c.partij, bericht.c.volgnummer >= webhook_plek.c.nummer)


def is_foutbericht() -> ColumnElement[bool]:
    """The same of a foutbericht."""
    hier = zending.c.volgnummer >= webhook_plek.c.nummer
    return _is_er(zending.c.ontvanger == webhook.c.partij, text("zending.foutbericht"), hier)


def _is_er(*waar: ColumnElement[bool] | TextClause) -> ColumnElement[bool]:
    return exists().where(*waar).correlate(webhook, webhook_plek)


def is_dag_voorbij() -> ColumnElement[bool]:
    """Whether a day is over that is the place of a webhook."""
    return webhook_plek.c.nummer < bindparam(DAG, type_=BigInteger)


def gewijzigd(verbinding: Connection, lijst: Lijst[Any], partij: str, na: Plek, limiet: int) -> list[Gewijzigd]:
    """What of a list changed for a party after this place."""
    t = lijst.tabel.c
    vraag = select(t.wijziging, t.id, t.gewijzigd_op).where(
        van_partij(lijst.tabel, partij), tuple_(t.wijziging, t.id) > na
    )
    vraag = vraag.order_by(t.wijziging, t.id).limit(limiet)
    return [Gewijzigd(Plek(nummer, id_), moment) for nummer, id_, moment in verbinding.execute(vraag)]


def in_postvak(verbinding: Connection, partij: str, na: int, limiet: int) -> list[InPostvak]:
    """The messages to a party after this number, also those that are not (yet) for it to see."""
    heen = bericht.alias("heen")
    b = bericht.c
    vraag = select(b.volgnummer, b.id, b.ontvangen_op, b.aangeboden, b.antwoord_op, heen.c.oordeel)
    vraag = vraag.outerjoin(heen, heen.c.id == b.antwoord_op).where(b.bestemming == partij, b.volgnummer > na)
    return [InPostvak(*rij) for rij in verbinding.execute(vraag.order_by(b.volgnummer).limit(limiet))]


def foutberichten(verbinding: Connection, partij: str, na: int, limiet: int) -> list[Fout]:
    """The foutberichten to a party after this number."""
    z = zending.c
    vraag = select(z.volgnummer, z.zender, z.traceer_id, z.ontvangen_op, _GEWEIGERD)
    vraag = vraag.where(foutbericht_voor(partij), z.volgnummer > na)
    return [Fout(*rij) for rij in verbinding.execute(vraag.order_by(z.volgnummer).limit(limiet))]
