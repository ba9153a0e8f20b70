"""The log of a party: who saw or changed what of whom, for that party. To look into it is logged too."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, Field
from sqlalchemy import Connection, RowMapping

from ..invoer import Dag
from ..klok import NEDERLAND
from ..opslag import logboeklezen
from ..opslag.database import lezend
from ..opslag.logboeklezen import Logfilter, Plek
from ..optreden import Actie
from ..sleutels import sleutelring
from .antwoord import cursor
from .antwoord.dataverwerking import Dataverwerking, als_dataverwerking
from .antwoord.lijst import Bladzijde, Vraag, Zoekvraag, niet_voor
from .antwoord.moment import Moment
from .antwoord.problemen import antwoorden
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Nu
from .rondom.route import Router
from .tabel import PER_BLAD, DeGedaante, Gedaante, in_bladen, lijst_antwoorden, stroom

router = Router(prefix="/logboek", tags=["logboek"])

_NAAM = "logboek"
_PLEK = re.compile("([0-9]{1,18})[.](inname|inzage)[.]([0-9]{1,18})")
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDE = timedelta(microseconds=1)
_EERSTE_DAG, _LAATSTE_JAAR = date(1970, 1, 1), 9999


class LogregelUit(BaseModel):
    """A row of the log. A person is told by what he or she is called in it: search with a Bsn to find whose rows they are."""

    moment: Moment
    actie: Actie = Field(description="C maken, R lezen, U wijzigen, D verwijderen, E uitvoeren")
    activiteit: str = Field(examples=["toewijzing-inzien"])
    object: str = Field(examples=["toewijzing/6f0e1c55-2b0f-5c6e-9a6b-1d1a7a0c3e10"])
    persoon: str | None = Field(
        description="het Bsn, met een sleutel onherkenbaar gemaakt; leeg: er was geen persoon te zien",
        examples=["f8a60a3cc5b276b71c01aa7c9f580fb1"],
    )
    gebruiker: str | None = Field(description="naam van wie was aangemeld; leeg: software", examples=["A. de Boom"])
    bewijs: str | None = Field(
        description="token, certificaat of sessie, met het begin van zijn vingerafdruk",
        examples=["token:af5301c18b1d26f1"],
    )
    uitkomst: str = Field(
        description="gelukt, geweigerd of mislukt; van een opgenomen bericht het oordeel", examples=["gelukt"]
    )
    trace: str = Field(description="van de vraag (W3C Trace Context)", examples=["4bf92f3577b34da6a3ce929d0e0e4736"])
    regel: str = Field(description="keten en nummer", examples=["inzage/1204"])


class Logbladzijde(Bladzijde[LogregelUit]):
    """A page of the log."""


class Dataverwerkingen(BaseModel):
    """A page of the log as Logboek Dataverwerkingen has it."""

    items: list[Dataverwerking]
    volgende: str = Field(description="geef mee als `gewijzigdNa`", examples=["logboek.0"])


class Logvraag(Vraag):
    """Which rows of the log."""

    vanaf: Dag | None = Field(None, description="eerste dag")
    tot_en_met: Annotated[Dag | None, niet_voor("vanaf")] = Field(None, description="laatste dag")
    actie: Actie | None = None
    activiteit: str | None = Field(None, pattern="^[a-z-]{1,40}$", examples=["toewijzing-inzien"])


class Logzoekvraag(Zoekvraag, Logvraag):
    """Which rows of the log, or about whom."""


@router.get("", response_model=Logbladzijde, responses=lijst_antwoorden(400, 401))
def zoek(
    knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, vraag: Annotated[Logvraag, Query()], gedaante: DeGedaante
) -> Logbladzijde | Response:
    """Wie namens u wat deed met gegevens van wie, op volgorde van moment. Dat u hier kijkt, komt er ook in."""
    na = _plek(vraag)
    filter_ = _filter(vraag, partij.code)

    def haal(verbinding: Connection, vanaf: Plek | None, hoogstens: int) -> list[tuple[Plek, LogregelUit]]:
        rijen = logboeklezen.zoek(verbinding, filter_, vanaf, hoogstens, terug=vraag.nieuwste_eerst)
        return [(_plek_van(rij), _uit(rij)) for rij in rijen]

    def bladen(verbinding: Connection) -> Iterator[list[LogregelUit]]:
        return in_bladen(lambda vanaf: haal(verbinding, vanaf, PER_BLAD), na)

    if gedaante is not Gedaante.JSON:
        return stroom(knooppunt, gedaante, _NAAM, LogregelUit, bladen)
    with lezend(knooppunt.engine) as verbinding:
        gevonden = haal(verbinding, na, vraag.limiet)
        aantal = logboeklezen.tel(verbinding, filter_) if vraag.aantal else None
    volgende = _cursor(gevonden[-1][0] if gevonden else na)
    return Logbladzijde(items=[item for _, item in gevonden], volgende=volgende, aantal=aantal)


@router.post("/zoeken", response_model=Logbladzijde, responses=lijst_antwoorden(400, 401))
def zoek_client(
    knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, vraag: Logzoekvraag, gedaante: DeGedaante
) -> Logbladzijde | Response:
    """Hetzelfde met filters als JSON, ook op het Bsn van wie er iets werd gezien of gewijzigd."""
    return zoek(knooppunt, partij, nu, vraag, gedaante)


@router.get("/dataverwerkingen", responses=antwoorden(400, 401))
def als_standaard(knooppunt: HetKnooppunt, partij: DePartij, vraag: Annotated[Logvraag, Query()]) -> Dataverwerkingen:
    """Hetzelfde in de vorm van de standaard Logboek Dataverwerkingen, om in een ander logboek op te nemen."""
    na = _plek(vraag)
    with lezend(knooppunt.engine) as verbinding:
        filter_ = _filter(vraag, partij.code)
        rijen = logboeklezen.zoek(verbinding, filter_, na, vraag.limiet, terug=vraag.nieuwste_eerst)
    items = [als_dataverwerking(rij, knooppunt.instellingen.webhook_bron) for rij in rijen]
    return Dataverwerkingen(items=items, volgende=_cursor(_plek_van(rijen[-1]) if rijen else na))


def _filter(vraag: Logvraag, partij: str) -> Logfilter:
    bsn = vraag.bsn if isinstance(vraag, Logzoekvraag) else None
    tot = vraag.tot_en_met
    return Logfilter(
        partij=partij,
        vanaf=_middernacht(vraag.vanaf) if vraag.vanaf else None,
        tot=_middernacht(tot + timedelta(days=1)) if tot and tot.year < _LAATSTE_JAAR else None,
        actie=vraag.actie,
        activiteit=vraag.activiteit,
        personen=sleutelring().personen(bsn) if bsn else None,
    )


def _middernacht(dag: date) -> datetime:
    """Of long ago, the earliest there can be."""
    return datetime.combine(max(dag, _EERSTE_DAG), time(), NEDERLAND)


def _uit(rij: RowMapping) -> LogregelUit:
    velden: Mapping[str, Any] = {naam: rij[naam] for naam in LogregelUit.model_fields if naam in rij}
    return LogregelUit(
        **{**velden, "gebruiker": rij["naam"] or rij["gebruiker"]}, regel=f"{rij['keten']}/{rij['nummer']}"
    )


def _plek_van(rij: RowMapping) -> Plek:
    return Plek(rij["moment"], rij["keten"], rij["nummer"])


def _cursor(plek: Plek | None) -> str:
    if plek is None:
        return cursor.schrijf(_NAAM)
    return cursor.schrijf(_NAAM, (plek.moment - _BEGIN) // _MICROSECONDE, plek.keten, plek.nummer)


def _plek(vraag: Logvraag) -> Plek | None:
    delen = cursor.lees(vraag.gewijzigd_na, "gewijzigdNa", _NAAM, _PLEK)
    if delen is None:
        return None
    microseconden, keten, nummer = delen
    try:
        return Plek(_BEGIN + int(microseconden) * _MICROSECONDE, keten, int(nummer))
    except OverflowError:
        raise cursor.onbekend("gewijzigdNa") from None
