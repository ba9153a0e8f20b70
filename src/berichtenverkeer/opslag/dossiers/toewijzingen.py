"""Toewijzingen, as a party searches them."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, not_, or_, select

from ...levensloop.overgangen import Toewijzingtoestand
from .. import bulk
from ..lijst import Lijst
from ..tabellen.dossiers import toewijzing as t


@dataclass(frozen=True, slots=True)
class Toewijzingrij:
    """A toewijzing in its present stand."""

    id: str
    dossier: str
    domein: str
    gemeente: str
    aanbieder: str
    bsn: str
    toewijzingnummer: int
    categorie: str | None
    code: str | None
    ingangsdatum: date
    einddatum: date | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    verwijderd: bool
    levering: str
    verzoek: str | None
    versie: int
    commentaar: str | None
    wijziging: int
    gewijzigd_op: datetime


def op_nummers(verbinding: Connection, aanbieder: str, nummers: Collection[int]) -> list[tuple[int, str]]:
    """The toewijzingen of an aanbieder with these numbers, of every gemeente and under both laws: number and dossier."""
    vraag = select(t.c.toewijzingnummer, t.c.dossier).where(t.c.aanbieder == aanbieder)
    return [
        (nummer, dossier)
        for deel in bulk.batched(sorted(nummers), bulk.PER_VRAAG)
        for nummer, dossier in verbinding.execute(vraag.where(t.c.toewijzingnummer.in_(deel)))
    ]


def op_bsns(verbinding: Connection, aanbieder: str, bsns: Collection[str]) -> list[Toewijzingrij]:
    """The toewijzingen of an aanbieder for these clients, of every gemeente and under both laws, by number."""
    kolommen = [t.c[veld.name] for veld in fields(Toewijzingrij)]
    vraag = select(*kolommen).where(t.c.aanbieder == aanbieder).order_by(t.c.toewijzingnummer)
    return [
        Toewijzingrij(**rij)
        for deel in bulk.batched(sorted(bsns), bulk.PER_VRAAG)
        for rij in verbinding.execute(vraag.where(t.c.bsn.in_(deel))).mappings()
    ]


def op_codes(verbinding: Connection, gemeente: str, codes: Collection[str], op_of_na: date) -> list[Toewijzingrij]:
    """The toewijzingen of a gemeente on these product codes that run on this day or begin later, without those taken back."""
    kolommen = [t.c[veld.name] for veld in fields(Toewijzingrij)]
    waar = (t.c.gemeente == gemeente, not_(t.c.verwijderd), or_(t.c.einddatum.is_(None), t.c.einddatum >= op_of_na))
    vraag = select(*kolommen).where(*waar).order_by(t.c.aanbieder, t.c.toewijzingnummer)
    return [
        Toewijzingrij(**rij)
        for deel in bulk.batched(sorted(codes), bulk.PER_VRAAG)
        for rij in verbinding.execute(vraag.where(t.c.code.in_(deel))).mappings()
    ]


def in_toestand(toestand: Toewijzingtoestand, dag: date) -> ColumnElement[bool]:
    """The condition for a state on a day; the same division as ``levensloop.toewijzing.toestand``."""
    begonnen = t.c.ingangsdatum <= dag
    voorbij = and_(t.c.einddatum.is_not(None), t.c.einddatum < dag)
    match toestand:
        case Toewijzingtoestand.VERWIJDERD:
            return t.c.verwijderd
        case Toewijzingtoestand.TOEKOMSTIG:
            return and_(not_(t.c.verwijderd), not_(begonnen))
        case Toewijzingtoestand.VERLOPEN:
            return and_(not_(t.c.verwijderd), begonnen, voorbij)
        case _:
            return and_(not_(t.c.verwijderd), begonnen, not_(voorbij))


LIJST = Lijst(
    "toewijzingen",
    t,
    Toewijzingrij,
    {
        "product": lambda product, _: or_(t.c.categorie == product, t.c.code == product),
        "toestand": in_toestand,
        "geldig_op": lambda geldig_op, _: in_toestand(Toewijzingtoestand.LOPEND, geldig_op),
    },
    frozenset({"bsn", "toewijzingnummer"}),
)
