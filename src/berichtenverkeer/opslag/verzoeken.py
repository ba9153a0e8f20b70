"""Requests, as a party searches them."""

from dataclasses import dataclass
from datetime import date, datetime

from .lijst import Lijst
from .tabellen import verzoek


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
