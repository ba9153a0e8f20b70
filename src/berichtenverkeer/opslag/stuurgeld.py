"""What of declaraties figures need: granted amounts, and what a 325 answered."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, String, case, cast, exists, func, literal, select

from ..levensloop.declaratie import CREDIT, DEBET, Combinatie
from ..levensloop.overgangen import Declaratietoestand, Prestatietoestand
from ..standaard.domein import Domein
from ..stuurinformatie.afgewezen import Beantwoord
from .dag import raakt
from .stuurtabellen import leverfeit, toewijzingfeit
from .stuurvragen import Kijker
from .tabellen import bericht, declaratie, prestatie, toewijzing

_GOED = tuple(
    str(toestand)
    for toestand in (Prestatietoestand.TOEGEKEND, Prestatietoestand.GECREDITEERD, Prestatietoestand.VERWERKT)
)
"""What was granted: also what was credited later, for the creditregel takes that off."""

_BEDRAG = case((prestatie.c.debet_credit == CREDIT, -prestatie.c.bedrag), else_=prestatie.c.bedrag)


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
        select(d.gemeente, d.aanbieder, p.dossier, p.toewijzingnummer, p.categorie, p.code, p.begin, _BEDRAG, d.id)
        .join(declaratie, d.id == p.declaratie)
        .where(_van(wie), p.toestand.in_(_GOED), p.begin >= van, p.begin <= tot)
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
        .where(_van(wie), heel, p.toestand == str(Prestatietoestand.AFGEWEZEN), p.debet_credit == DEBET)
    )
    verwijderd = exists().where(
        toewijzing.c.dossier == p.dossier, toewijzing.c.toewijzingnummer == p.toewijzingnummer, toewijzing.c.verwijderd
    )
    vraag = (
        select(prestatie, antwoord.c.ontvangen_op)
        .join(declaratie, d.id == p.declaratie)
        .join(antwoord, antwoord.c.id == d.antwoord)
        .where(_van(wie), heel, p.dossier.in_(raakt), ~verwijderd)
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


def _van(wie: Kijker) -> ColumnElement[bool]:
    return (declaratie.c.gemeente if wie.is_gemeente else declaratie.c.aanbieder) == wie.code


class Geeindigd(NamedTuple):
    """A toewijzing that has an end, and what was granted on it in eurocent."""

    paar: int
    client: int
    toewijzingnummer: int
    categorie: str | None
    code: str | None
    ingang: int
    einde: int
    budget: int | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    toegekend: int


def geeindigd(verbinding: Connection, wie: Kijker, paren: Sequence[int], van: int, tot: int) -> Iterator[Geeindigd]:
    """The toewijzingen with a Budget or an Omvang that end from the one day to the other. Of who declared nothing yet nothing is looked
    up."""
    t, p = toewijzingfeit.c, prestatie.c
    nummer = cast(t.paar, String)
    bsn = func.substr(cast(1_000_000_000 + t.client, String), 2, 9)
    wet = case((t.paar < 2 * 10**12, str(Domein.IWMO)), else_=str(Domein.IJW))
    dossier = wet + "/" + func.substr(nummer, 2, 4) + "/" + func.substr(nummer, 6, 8) + "/" + bsn
    som = (
        select(func.coalesce(func.sum(_BEDRAG), 0))
        .where(p.dossier == dossier, p.toewijzingnummer == t.toewijzingnummer, p.toestand.in_(_GOED))
        .correlate(toewijzingfeit)
        .scalar_subquery()
        if verbinding.execute(select(declaratie.c.id).where(_van(wie)).limit(1)).first() is not None
        else literal(0)
    )
    vraag = (
        select(
            t.paar, t.client, t.toewijzingnummer, t.categorie, t.code, t.ingang, t.einde, t.budget, t.volume, t.eenheid,
            t.frequentie, som,
        )
        .where(t.paar.in_(paren), t.einde >= van, t.einde <= tot, t.budget.is_not(None) | t.volume.is_not(None))
        .order_by(t.paar, t.client, t.toewijzingnummer)
    )  # fmt: skip
    for rij in verbinding.execute(vraag):
        yield Geeindigd._make((*rij[:-1], int(rij[-1])))


class Dagen(NamedTuple):
    """Days on which something was delivered on a toewijzing, or on which it holds; without ``tot`` there is no end."""

    paar: int
    client: int
    toewijzingnummer: int
    categorie: str | None
    code: str | None
    van: int
    tot: int | None


def dagen(verbinding: Connection, paren: Sequence[int], van: int, tot: int, *, geleverd: bool) -> Iterator[Dagen]:
    """Those of toewijzingen that have some day from the one to the other."""
    tabel = leverfeit if geleverd else toewijzingfeit
    c = tabel.c
    begin, einde = (c.geleverd_van, c.geleverd_tot) if geleverd else (c.ingang, c.einde)
    vraag = select(c.paar, c.client, c.toewijzingnummer, c.categorie, c.code, begin, einde).where(
        c.paar.in_(paren), raakt(begin, einde, van, tot), c.toewijzingnummer.is_not(None), c.categorie.is_not(None)
    )
    for rij in verbinding.execute(vraag):
        yield Dagen._make(rij)
