"""Requests, as a party searches them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from ..lijst import Lijst
from ..tabellen.dossiers import verzoek


@dataclass(frozen=True, slots=True)
class Verzoekrij:
    """A request in its present stand."""

    id: str
    dossier: str
    domein: str
    gemeente: str
    aanbieder: str
    bsn: str
    soort: str
    referentie: str
    toestand: str
    toewijzingnummers: list[int]
    bericht: str
    ingediend_op: datetime
    dagtekening: date
    wijziging: int


LIJST = Lijst("verzoeken", verzoek, Verzoekrij, weinig=frozenset({"bsn"}))


def dossiers_met(verbinding: Connection, gemeente: str, toestanden: Collection[str]) -> list[str]:
    """The dossiers of a gemeente, as text, with a request in one of these states."""
    vraag = select(verzoek.c.dossier).distinct()
    vraag = vraag.where(verzoek.c.gemeente == gemeente, verzoek.c.toestand.in_(toestanden))
    return list(verbinding.execute(vraag.order_by(verzoek.c.dossier)).scalars())
