"""What of declaraties figures need: granted amounts, and what a 325 answered."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, case, exists, select, text, tuple_

from ...levensloop.declaratie import CREDIT, DEBET, Combinatie
from ...levensloop.overgangen import Declaratietoestand, Prestatietoestand
from ...stuurinformatie.afgewezen import Beantwoord
from ..lijst import achteraf
from ..tabellen.declaraties import declaratie, prestatie
from ..tabellen.dossiers import toewijzing
from .stuurbronnen import Kijker

GOED = tuple(
    str(toestand)
    for toestand in (Prestatietoestand.TOEGEKEND, Prestatietoestand.GECREDITEERD, Prestatietoestand.VERWERKT)
)
"""What was granted: also what was credited later, for the creditregel takes that off."""

BEDRAG = case((prestatie.c.debet_credit == CREDIT, -prestatie.c.bedrag), else_=prestatie.c.bedrag)
"""Eurocent, below zero for credit."""


_AFGEWEZEN = "prestatie.toestand = 'afgewezen' AND prestatie.debet_credit = 'D'"
"""In the words of the index, else SQLite does not use it."""


class Toegekend(NamedTuple):
    """A Prestatie that was granted; ``bedrag`` is eurocent, below zero for credit."""

    gemeente: str
    aanbieder: str
    dossier: str
    toewijzingnummer: int
    categorie: str
    code: str
    begin: date
    bedrag: int
    bericht: str


def toegekend(verbinding: Connection, wie: Kijker, van: date, tot: date) -> Iterator[Toegekend]:
    """What was granted on ProductPerioden that begin from the one day to the other."""
    p, d = prestatie.c, declaratie.c
    vraag = (
        select(d.gemeente, d.aanbieder, p.dossier, p.toewijzingnummer, p.categorie, p.code, p.begin, BEDRAG, d.id)
        .join(declaratie, d.id == p.declaratie)
        .where(van_kijker(wie), p.toestand.in_(GOED), p.begin >= van, p.begin <= tot)
        .order_by(d.id, p.nummer)
    )
    for rij in verbinding.execute(vraag):
        yield Toegekend(*rij)


def beantwoord(verbinding: Connection, wie: Kijker, peil: date) -> Iterator[Beantwoord]:
    """All that was answered in the dossiers in which a debetregel was refused, but for what is on a removed toewijzing: that is out with
    all on it. Dossiers in which all that was refused stands granted since a day up to ``peil`` are not among them."""
    p, d = prestatie.c, declaratie.c
    heel = d.toestand == str(Declaratietoestand.BEANTWOORD)
    goed, van_goed = prestatie.alias("goed"), declaratie.alias("van_goed")
    staat = exists().where(  # what stands granted was not credited
        goed.c.dossier == p.dossier,
        tuple_(*_combinatie(goed.c)) == tuple_(*_combinatie(p)),
        goed.c.debet_credit == DEBET,
        goed.c.toestand == str(Prestatietoestand.TOEGEKEND),
        van_goed.c.id == goed.c.declaratie,
        van_goed.c.toestand == str(Declaratietoestand.BEANTWOORD),
        van_goed.c.beantwoord <= peil,
    )
    raakt = (
        select(p.dossier).join(declaratie, d.id == p.declaratie).where(van_kijker(wie), heel, text(_AFGEWEZEN), ~staat)
    )
    verwijderd = exists().where(
        toewijzing.c.dossier == p.dossier, toewijzing.c.toewijzingnummer == p.toewijzingnummer, toewijzing.c.verwijderd
    )
    regel = p.dossier, p.referentienummer, p.vorig_referentienummer, p.debet_credit, p.bedrag, p.toestand
    van_325 = d.beantwoord, d.gewijzigd_op, d.id  # that is what gave the declaratie its stand
    vraag = (
        select(*regel, *van_325, *_combinatie(p))
        .join(declaratie, d.id == p.declaratie)
        .where(p.dossier.in_(raakt), achteraf(van_kijker(wie), heel, ~verwijderd))
        .order_by(p.declaratie, p.nummer)
    )
    for dossier, eigen, vorig, soort, bedrag, toestand, dag, op, id_, *wat in verbinding.execute(vraag):
        yield Beantwoord(
            dossier, Combinatie._make(wat), eigen, vorig if soort == CREDIT else None, bedrag,
            Beantwoord.is_afgewezen(toestand), dag.toordinal(), op, id_,
        )  # fmt: skip


def _combinatie(kolommen: Any) -> list[ColumnElement[Any]]:
    """Those of a ``Combinatie``, by its own fields."""
    return [kolommen[naam] for naam in Combinatie._fields]


def van_kijker(wie: Kijker) -> ColumnElement[bool]:
    """Which declaraties one who looks sees."""
    return (declaratie.c.gemeente if wie.is_gemeente else declaratie.c.aanbieder) == wie.code
