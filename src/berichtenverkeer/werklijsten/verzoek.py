"""Requests that are not settled, on a work list."""

from dataclasses import dataclass
from datetime import date, datetime

from ..levensloop.overgangen import Verzoeksoort, Verzoektoestand
from ..levensloop.termijnen import ANTWOORD, WOONPLAATS
from ..opslag.dag import dag_van
from ..opslag.tabellen.dossiers import verzoek as v
from ..standaard.domein import Domein
from .lijst import Bron, Peil, Rij, Taak, kolommen


@dataclass(frozen=True, slots=True, kw_only=True)
class Verzoekrij(Rij):
    """A request."""

    soort: str
    toestand: str
    ingediend_op: datetime
    dagtekening: date


def bron(soort: Verzoeksoort, toestand: Verzoektoestand) -> Bron[Verzoekrij]:
    """The requests of a kind in a state: one term, that runs from receipt or, once examined, from the Dagtekening."""
    onderzocht = toestand is Verzoektoestand.IN_ONDERZOEK
    termijn = ANTWOORD[soort, toestand]
    return Bron(
        rij=Verzoekrij,
        tabel=v,
        kolommen=kolommen(Verzoekrij, v, verzoek=v.c.id, bericht=v.c.bericht),
        wie=v.c.gemeente,
        vanaf=lambda _: v.c.dagtekening if onderzocht else dag_van(v.c.ingediend_op),
        uiterlijk=lambda dag, peil: termijn.uiterlijk(dag, peil.kalender),
        waar=lambda _: (v.c.soort == soort, v.c.toestand == toestand),
        taak=_in_onderzoek if onderzocht else _ingediend,
    )


def _in_onderzoek(rij: Verzoekrij, _: Peil) -> Taak:
    termijn = ANTWOORD[rij.soort, rij.toestand]
    waarom = (
        f"De {rij.soort} is in onderzoek; het besluit hoort binnen {termijn} na de Dagtekening {rij.dagtekening} te komen "
        f"({termijn.regel})."
    )
    return Taak(termijn.regel, waarom)


def _ingediend(rij: Verzoekrij, peil: Peil) -> Taak:
    termijn, ontvangen = ANTWOORD[rij.soort, rij.toestand], rij.ingediend_op.date()
    waarom = f"Op de {rij.soort} die op {ontvangen} binnenkwam hoort binnen {termijn} een 301 of een 319"
    if (rij.domein, rij.soort) == (Domein.IJW, Verzoeksoort.VOT):
        woonplaats = WOONPLAATS.uiterlijk(ontvangen, peil.kalender)
        waarom += f"; afwijzen op het woonplaatsbeginsel kan tot en met {woonplaats} ({WOONPLAATS.regel})"
    return Taak(termijn.regel, f"{waarom} ({termijn.regel}).")
