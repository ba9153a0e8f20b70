"""Debetregels that a 325 refused and in whose place nothing was declared (IV085)."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, text, tuple_

from ...levensloop.overgangen import Prestatietoestand
from ...oordeel.declaratie import NIET_BEOORDEELD
from ...opslag.tabellen.berichten import bericht
from ...opslag.tabellen.declaraties import declaratie as d
from ...opslag.tabellen.declaraties import prestatie
from ...opslag.tabellen.declaraties import prestatie as p
from ...opslag.tabellen.dossiers import toewijzing as t
from ...regels.algemeen.datums import jaren_eerder
from ..lijst import Bron, Peil, Taak, Voorwaarden, Werklijst, kolommen
from ..prestatie import EIGEN, OP_VOLGORDE, Prestatierij, volgende_declaratie

JAREN_TE_DECLAREREN = 5
"""How old the Einddatum of a Prestatie may be (TR335)."""

_AFGEWEZEN = text("prestatie.toestand = 'afgewezen' AND prestatie.debet_credit = 'D'")
"""In the words of the index, else SQLite does not use it."""

_STAAT = (str(Prestatietoestand.INGEDIEND), str(Prestatietoestand.TOEGEKEND))

_ander = prestatie.alias("ander")
_van_ander = bericht.alias("van_ander")
_van_deze = bericht.alias("van_deze")


@dataclass(frozen=True, slots=True, kw_only=True)
class Afgewezen(Prestatierij):
    """A refused Prestatie with its codes."""

    retourcodes: list[str]


def _vervangen() -> ColumnElement[bool]:
    """Whether something was declared in its place (afgeleid): another debetregel of the client in the same period, on the same
    toewijzing and, where that has no product code, of the same code; when the toewijzing is not known, of the same product. One
    that stands counts whenever it came, one that was credited only when it came later."""
    zelfde_product = and_(_ander.c.categorie == p.c.categorie, _ander.c.code == p.c.code)
    op_toewijzing = and_(
        _ander.c.toewijzingnummer == p.c.toewijzingnummer, or_(_ander.c.code == p.c.code, t.c.code.is_not(None))
    )
    later = tuple_(_van_ander.c.volgnummer, _ander.c.nummer) > tuple_(_van_deze.c.volgnummer, p.c.nummer)
    return (
        exists()
        .where(
            _ander.c.dossier == p.c.dossier,
            _van_ander.c.id == _ander.c.declaratie,
            _ander.c.debet_credit == "D",
            _ander.c.begin <= p.c.eind,
            _ander.c.eind >= p.c.begin,
            or_(op_toewijzing, and_(t.c.id.is_(None), zelfde_product)),
            or_(
                _ander.c.toestand.in_(_STAAT),
                and_(_ander.c.toestand == str(Prestatietoestand.GECREDITEERD), later),
            ),
        )
        .correlate(p, t, _van_deze)
    )


def _waar(peil: Peil) -> Voorwaarden:
    return _AFGEWEZEN, p.c.eind >= jaren_eerder(peil.vandaag, JAREN_TE_DECLAREREN), ~_vervangen()


def _taak(rij: Afgewezen, _: Peil) -> Taak:
    codes = ", ".join(code for code in rij.retourcodes if code != NIET_BEOORDEELD)
    if NIET_BEOORDEELD in rij.retourcodes:
        codes = f"{codes} op de cliënt" if codes else f"{NIET_BEOORDEELD}, zonder code die zegt waarom"
    waarom = (
        f"{rij} is afgewezen ({codes or 'zonder code'}) en er is niets voor in de plaats gekomen; dien haar verbeterd in, met een nieuw "
        "ReferentieNummer (IV085)."
    )
    return Taak("IV085", waarom, rij.voorstel("opnieuw"))


LIJST = Werklijst(
    "afgewezen-prestaties",
    "Debetregels die in een 325 zijn afgewezen en waarvoor nog niets anders is gedeclareerd: afgewezen, opnieuw in te dienen.",
    "Aanbieder: dien de prestatie verbeterd in, met een nieuw ReferentieNummer en zonder creditregel; `voorstel` is de vraag "
    "die het 323 geeft. De standaard kent geen termijn (OP354): de dag is de laatste van de maand na het 325, en het kan tot "
    f"{JAREN_TE_DECLAREREN} jaar na de periode (TR335).",
    (
        Bron(
            rij=Afgewezen,
            tabel=d,
            van=d.join(p, p.c.declaratie == d.c.id)
            .join(_van_deze, _van_deze.c.id == d.c.id)
            .outerjoin(t, and_(t.c.dossier == p.c.dossier, t.c.toewijzingnummer == p.c.toewijzingnummer)),
            kolommen=kolommen(
                Afgewezen,
                p,
                **EIGEN,
                gemeente=d.c.gemeente,
                declaratie=d.c.id,
                toewijzing=t.c.id,
                bericht=d.c.antwoord,
            ),
            wie=d.c.aanbieder,
            vanaf=lambda _: d.c.beantwoord,
            uiterlijk=volgende_declaratie,
            waar=_waar,
            taak=_taak,
            id_delen=OP_VOLGORDE,
        ),
    ),
)
