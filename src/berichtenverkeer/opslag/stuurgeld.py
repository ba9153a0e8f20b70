"""What of declaraties figures need: granted amounts, and what a 325 answered."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, case, exists, select

from ..levensloop.declaratie import CREDIT, DEBET, Combinatie
from ..levensloop.overgangen import Declaratietoestand, Prestatietoestand
from ..stuurinformatie.afgewezen import Beantwoord
from .stuurbronnen import Kijker
from .tabellen.berichten import bericht
from .tabellen.declaraties import declaratie, prestatie
from .tabellen.dossiers import toewijzing

GOED = tuple(
    str(toestand)
    for toestand in (Prestatietoestand.TOEGEKEND, Prestatietoestand.GECREDITEERD, Prestatietoestand.VERWERKT)
)
"""What was granted: also what was credited later, for the creditregel takes that off."""

BEDRAG = case((prestatie.c.debet_credit == CREDIT, -prestatie.c.bedrag), else_=prestatie.c.bedrag)
"""Eurocent, below zero for credit."""


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


def beantwoord(verbinding: Connection, wie: Kijker) -> Iterator[Beantwoord]:
    """All that was answered in the dossiers in which a debetregel was refused, but for what is on a removed toewijzing: that is out with
    all on it."""
    p, d = prestatie.c, declaratie.c
    antwoord = bericht.alias("antwoord")
    heel = d.toestand == str(Declaratietoestand.BEANTWOORD)
    raakt = (
        select(p.dossier)
        .join(declaratie, d.id == p.declaratie)
        .where(van_kijker(wie), heel, p.toestand == str(Prestatietoestand.AFGEWEZEN), p.debet_credit == DEBET)
    )
    verwijderd = exists().where(
        toewijzing.c.dossier == p.dossier, toewijzing.c.toewijzingnummer == p.toewijzingnummer, toewijzing.c.verwijderd
    )
    vraag = (
        select(prestatie, antwoord.c.ontvangen_op)
        .join(declaratie, d.id == p.declaratie)
        .join(antwoord, antwoord.c.id == d.antwoord)
        .where(van_kijker(wie), heel, p.dossier.in_(raakt), ~verwijderd)
        .order_by(p.declaratie, p.nummer)
    )
    for rij in verbinding.execute(vraag):
        yield Beantwoord(
            rij.dossier,
            Combinatie(rij.toewijzingnummer, rij.begin, rij.eind, rij.categorie, rij.code),
            rij.referentienummer,
            rij.vorig_referentienummer if rij.debet_credit == CREDIT else None,
            rij.bedrag,
            Beantwoord.is_afgewezen(rij.toestand),
            rij.ontvangen_op,
            rij.declaratie,
        )


def van_kijker(wie: Kijker) -> ColumnElement[bool]:
    """Which declaraties one who looks sees."""
    return (declaratie.c.gemeente if wie.is_gemeente else declaratie.c.aanbieder) == wie.code
