"""What a party sent and received, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import AfterValidator, BaseModel, Field
from sqlalchemy import Connection

from ..invoer import Dag
from ..keten.envelop.vsp import Berichtstatus
from ..keten.zendingen.status import van_bericht
from ..oordeel.oordeel import Berichtoordeel
from ..opslag.berichten.berichtenlijst import LIJST, Afloop, Berichtrij, Kort, afloop, kort
from ..opslag.berichten.berichtenlijst import gesprek as rond
from ..opslag.database import lezend
from ..partijen.partij import Beoordelaar
from ..standaard.berichten.typen import RetourCode
from ..standaard.berichtsoort import BERICHTSOORTEN
from ..standaard.domein import Domein
from .antwoord.lijst import AGB_CODE, GEMEENTECODE, Bladzijde, Vraag, Zoekvraag, niet_voor
from .antwoord.moment import Moment
from .antwoord.problemen import niet_gevonden
from .lijstbron import Kijker, Lijstbron
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Nu, eis_id
from .rondom.route import Router
from .tabel import DeGedaante, in_gedaante, lijst_antwoorden

router = Router(tags=["berichten"])

SOORTEN = {
    **{code: (code,) for code in BERICHTSOORTEN},
    **{
        soort.nummer: tuple(code for code, ander in BERICHTSOORTEN.items() if ander.nummer == soort.nummer)
        for soort in BERICHTSOORTEN.values()
    },
}
"""The kinds of message by what one calls them: WMO305 is one, 305 is that of both laws."""


def _bekende_soort(tekst: str) -> str:
    if tekst not in SOORTEN:
        raise ValueError("schrijf een berichtsoort als WMO305 of als 305")
    return tekst


class Berichtrichting(StrEnum):
    """Which way a message goes, for the party that asks."""

    VERZONDEN = "verzonden"
    ONTVANGEN = "ontvangen"


class Berichtenvraag(Vraag):
    """Which messages."""

    domein: Domein | None = None
    berichtsoort: Annotated[str, AfterValidator(_bekende_soort)] | None = Field(
        None, description="van één wet (WMO305) of van beide (305)", examples=["WMO305", "323"]
    )
    richting: Berichtrichting | None = None
    oordeel: Berichtoordeel | None = None
    tegenpartij: str | None = Field(None, pattern=f"{GEMEENTECODE}|{AGB_CODE}", description="CBS- of AGB-code")
    ontvangen_van: Dag | None = Field(None, description="eerste dag waarop het binnenkwam")
    ontvangen_tot: Annotated[Dag | None, niet_voor("ontvangen_van")] = Field(
        None, description="laatste dag waarop het binnenkwam"
    )


class Berichtenzoekvraag(Zoekvraag, Berichtenvraag):
    """Which messages, about whom."""


class Berichtverwijzing(BaseModel):
    """Another message."""

    id: str
    berichtsoort: str = Field(examples=["WMO306"])


class BerichtInLijst(BaseModel):
    """A message and what became of it."""

    id: str
    domein: Domein
    berichtsoort: str = Field(examples=["WMO305"])
    identificatie: str
    dagtekening: date
    afzender: str = Field(description="Header/Afzender")
    ontvanger: str = Field(description="Header/Ontvanger")
    richting: Berichtrichting
    tegenpartij: str = Field(description="wie het stuurde, of voor wie het is")
    ontvangen_op: Moment
    oordeel: Berichtoordeel
    beoordeling: Beoordelaar = Field(description="wie erover oordeelt: het knooppunt, of de partij voor wie het is")
    status: Berichtstatus = Field(description="hoe ver het is, in de woorden van VSP")
    retourcodes: list[RetourCode] = Field(
        description="die erop gevonden zijn; de bevindingen staan bij het bericht zelf"
    )
    antwoord_op: Berichtverwijzing | None = Field(description="waar het een antwoord op is: van een 325 het 323")
    antwoorden: list[Berichtverwijzing] = Field(description="wat erop geantwoord is")


class Berichtenlijst(Bladzijde[BerichtInLijst]):
    """A page of messages."""


class Gesprek(BaseModel):
    """What was said around a message, in order of arrival; the message itself is among it."""

    items: list[BerichtInLijst]


HEEL_GESPREK = 100
"""Messages around one that are told."""


def _items(verbinding: Connection, rijen: Sequence[Berichtrij], kijker: Kijker) -> list[BerichtInLijst]:
    return _uitgeschreven(verbinding, rijen, kijker.partij)


def _uitgeschreven(verbinding: Connection, rijen: Sequence[Berichtrij], partij: str) -> list[BerichtInLijst]:
    aflopen = afloop(verbinding, [rij.id for rij in rijen])
    heen = kort(verbinding, {rij.antwoord_op for rij in rijen if rij.antwoord_op})
    return [_uit(rij, aflopen[rij.id], heen.get(rij.antwoord_op or ""), partij) for rij in rijen]


def _filters(vraag: Berichtenvraag, kijker: Kijker) -> Mapping[str, Any]:
    filters = vraag.filters()
    if vraag.berichtsoort is not None:
        filters["berichtsoort"] = SOORTEN[vraag.berichtsoort]
    richting = filters.pop("richting", None)
    if richting is not None:
        filters["verzender" if richting is Berichtrichting.VERZONDEN else "bestemming"] = kijker.partij
    return filters


BRON = Lijstbron(LIJST, BerichtInLijst, Berichtenlijst, Berichtenzoekvraag, _items, _filters)


@router.get("/berichten", response_model=Berichtenlijst, responses=lijst_antwoorden(400, 401))
def zoek(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    vraag: Annotated[Berichtenvraag, Query()],
    gedaante: DeGedaante,
) -> Bladzijde[BerichtInLijst] | Response:
    """Wat u verstuurde en wat voor u bestemd is, het oudste eerst: het oordeel, hoe ver het is, en wat waarop antwoordt.

    Geef `volgende` mee als `gewijzigdNa` en u krijgt wat daarna binnenkwam. Een bericht dat later een ander oordeel krijgt, komt
    niet opnieuw: vraag met `oordeel=voorlopig` en `oordeel=in_verwerking` wat nog open is.
    """
    return BRON.lever(knooppunt, partij.code, nu.date(), vraag, gedaante)


@router.post("/berichten/zoeken", response_model=Berichtenlijst, responses=lijst_antwoorden(400, 401))
def zoek_client(
    knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, vraag: Berichtenzoekvraag, gedaante: DeGedaante
) -> Bladzijde[BerichtInLijst] | Response:
    """Uw berichten met dezelfde filters als JSON, ook op het Bsn van wie het bericht gaat."""
    return zoek(knooppunt, partij, nu, vraag, gedaante)


@router.get("/berichten/{id}/gesprek", response_model=Gesprek, responses=lijst_antwoorden(401, 404))
def gesprek(id: str, knooppunt: HetKnooppunt, partij: DePartij, gedaante: DeGedaante) -> Gesprek | Response:
    """Waar een bericht bij hoort: wat het beantwoordt, wat erop geantwoord is, en wat er verder over dezelfde cliënt ging tussen
    dezelfde gemeente en aanbieder. Hoogstens de honderd die er het dichtst bij liggen."""
    eis_id(id, "Dit bericht")
    with lezend(knooppunt.engine) as verbinding:
        rijen = rond(verbinding, partij.code, id, HEEL_GESPREK)
        if not rijen:
            raise niet_gevonden("Dit bericht")
        items = _uitgeschreven(verbinding, rijen, partij.code)
    return in_gedaante(gedaante, "gesprek", Gesprek(items=items))


def _uit(rij: Berichtrij, afloop_: Afloop, heen: Kort | None, partij: str) -> BerichtInLijst:
    verzonden = rij.verzender == partij
    return BerichtInLijst(
        id=rij.id,
        domein=Domein(rij.domein),
        berichtsoort=rij.berichtsoort,
        identificatie=rij.identificatie,
        dagtekening=rij.dagtekening,
        afzender=rij.afzender,
        ontvanger=rij.ontvanger,
        richting=Berichtrichting.VERZONDEN if verzonden else Berichtrichting.ONTVANGEN,
        tegenpartij=rij.bestemming if verzonden else rij.verzender,
        ontvangen_op=rij.ontvangen_op,
        oordeel=Berichtoordeel(rij.oordeel),
        beoordeling=Beoordelaar(rij.beoordeling),
        status=van_bericht(afloop_.stand),
        retourcodes=list(afloop_.retourcodes),
        antwoord_op=_verwijzing(heen) if heen else None,
        antwoorden=[_verwijzing(antwoord) for antwoord in afloop_.antwoorden],
    )


def _verwijzing(ander: Kort) -> Berichtverwijzing:
    return Berichtverwijzing(id=ander.id, berichtsoort=ander.berichtsoort)
