"""The simplest door: post XML, get the verdict; look at a message again."""

import asyncio
import hashlib
import time
from collections.abc import Set
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from ..inname.aanname import Aangeboden, ContractVan, laat_kort_toe, neem_aan
from ..inname.actief import kwam_eerder, niet_actief
from ..inname.fictief import Inhoud, eis_fictief, kijk_na
from ..inname.kort import lees_groot
from ..inname.ontvangst import Ontvangst, van_rij
from ..keten.deuren.opzoeken import zoek
from ..klok import in_utc
from ..oordeel.oordeel import Berichtoordeel
from ..oordeel.weigering import Reden, Weigering
from ..opslag import berichten as tabel
from ..opslag import verwerkingen
from ..opslag.database import lees, momentopname, schrijvend
from ..partijen.afspraken import Aanmelding
from ..partijen.contracten import NietInGeheugen
from ..partijen.partij import Partij
from ..regels.bevinding import zichtbaar
from ..standaard.xml import is_zwaar
from .aanmelding import DeAanmelding, DePartij, eis_nog_aangemeld
from .knooppunt import HetKnooppunt, Knooppunt, Nu, eis_id, eis_nummer
from .lichaam import BYTES, XML_SOORTEN, lees_xml
from .moment import Moment
from .problemen import BevindingUit, antwoorden, niet_gevonden, van_weigering

router = APIRouter(tags=["berichten"])

_NIET_BEWAARD = (Reden.TE_GROOT, Reden.BSN_NIET_FICTIEF)
"""The refusals of which nothing is kept: what does not fit, and what should not be in a test environment."""


class Retourverwijzing(BaseModel):
    """The retourbericht on a message."""

    id: str
    berichtsoort: str = Field(examples=["WMO306"])


class Oordeelvoortgang(BaseModel):
    """How many clients of a declaratie were judged, and how many there are."""

    gedaan: int
    totaal: int


class Ketenmelding(BaseModel):
    """What a door of the chain said of a message: the code of VECOZO or of a Fo01."""

    code: str = Field(examples=["BRS13"])
    omschrijving: str
    toelichting: str | None = None


class BerichtUit(BaseModel):
    """A message, and its verdict. ``geweigerd``: it was refused at a door of the chain before it became a message."""

    id: str = Field(description="van wat geen bericht werd: het traceerId")
    berichtsoort: str = Field(examples=["WMO305"])
    identificatie: str | None = Field(description="leeg bij wat geen bericht werd")
    afzender: str = Field(description="Header/Afzender")
    ontvanger: str = Field(description="Header/Ontvanger")
    ontvangen_op: Moment
    oordeel: str = Field(
        examples=["goedgekeurd", "afgekeurd", "deels_goedgekeurd", "voorlopig", "in_verwerking", "geweigerd"]
    )
    bevindingen: list[BevindingUit]
    retour: Retourverwijzing | None
    voortgang: Oordeelvoortgang | None = Field(default=None, description="alleen zolang het bericht in verwerking is")
    meldingen: list[Ketenmelding] = Field([], description="wat VSP of het GGK zei; alleen als er iets is")


class Xml(Response):
    """The bytes of a message."""

    media_type = "application/xml"


@router.post(
    "/berichten",
    status_code=202,
    response_model=BerichtUit,
    responses={
        200: {"model": BerichtUit, "description": "Al eerder aangenomen"},
        **antwoorden(400, 401, 403, 409, 413, 415, 422),
    },
    openapi_extra={"requestBody": {"required": True, "content": {soort: {"schema": BYTES} for soort in XML_SOORTEN}}},
)
async def bied_aan(request: Request, knooppunt: HetKnooppunt, aanmelding: DeAanmelding, nu: Nu) -> Response:
    """Bied een bericht aan: de ruwe XML. Het antwoord zegt wat ervan gevonden is en waar het retourbericht staat.

    Een grote declaratie wordt bewaard en daarna beoordeeld. Duurt dat lang, dan is het oordeel in_verwerking, en `GET /v1/berichten/{id}` zegt
    hoe ver het is. Dezelfde bytes nog eens geven hetzelfde antwoord, met status 200, en doen niets. Van een token of
    certificaat voor meer partijen telt de verzender van het bericht, tenzij Bv-Partij er een noemt. In proefmodus wordt een
    bericht met een Bsn dat niet fictief is geweigerd, en niet bewaard.
    """
    aangeboden, ontvangst = await neem_op(await lees_xml(request), request, knooppunt, aanmelding, nu)
    plek = {"Location": f"/v1/berichten/{ontvangst.id}"}
    uit = aanmelding.namens(aangeboden.wie.verzender).signaal_uit
    return JSONResponse(als_json(ontvangst, uit), 202 if ontvangst.nieuw else 200, plek)


@router.get("/berichten/{id}", response_model=BerichtUit, responses=antwoorden(401, 404))
def bekijk(id: str, knooppunt: HetKnooppunt, partij: DePartij) -> Response:
    """Een bericht dat u verstuurde, indiende of dat voor u bestemd is, met het oordeel erover: met zijn id of met zijn traceerId
    (in StUF het referentienummer). Ook van wat u door VSP of StUF aanbood en wat geweigerd werd voor het een bericht was."""
    eis_nummer(id, "Dit bericht")
    with momentopname(knooppunt.engine) as verbinding:
        gevonden = zoek(verbinding, partij.code, id) or zoek(verbinding, partij.code, id.lower())
        if gevonden is None:
            raise niet_gevonden("Dit bericht")
        wacht = gevonden.ontvangst.oordeel == Berichtoordeel.IN_VERWERKING
        voortgang = verwerkingen.voortgang(verbinding, gevonden.ontvangst.id) if wacht else None
    uit = als_json(gevonden.ontvangst, partij.signaal_uit)
    if gevonden.meldingen:
        uit["meldingen"] = gevonden.meldingen
    if voortgang is not None:
        uit["voortgang"] = {"gedaan": voortgang[0], "totaal": voortgang[1]}
    return JSONResponse(uit)


@router.get(
    "/berichten/{id}/xml",
    response_class=Xml,
    responses={200: {"content": {Xml.media_type: {"schema": BYTES}}}, **antwoorden(401, 404)},
)
def haal_op(id: str, knooppunt: HetKnooppunt, partij: DePartij) -> Response:
    """De bytes van een bericht, precies zoals ze binnenkwamen."""
    eis_id(id, "Dit bericht")
    with knooppunt.engine.connect() as verbinding:
        data = tabel.inhoud(verbinding, partij.code, id)
    if data is None:
        raise niet_gevonden("Dit bericht")
    return Xml(data, headers={"Content-Disposition": f'attachment; filename="{id}.xml"'})


async def neem_op(
    data: bytes, request: Request, knooppunt: Knooppunt, aanmelding: Aanmelding, nu: datetime
) -> tuple[Aangeboden, Ontvangst]:
    """A message through the door, and what became of it, once it is committed. Raises ``Weigering`` for what is refused, and keeps
    it."""
    try:
        try:
            aangeboden = await _neem_op_maat_aan(data, knooppunt, aanmelding, nu)
        except Weigering as weigering:
            if weigering.reden is not Reden.ONBEKENDE_ONTVANGER:
                raise
            await knooppunt.register.straks()  # who was registered just now, is a party then
            aangeboden = await _neem_op_maat_aan(data, knooppunt, aanmelding, nu)
        await eis_nog_aangemeld(request, knooppunt)
        dicht = niet_actief(knooppunt.register.bord(), aangeboden)
        if dicht is not None and not await run_in_threadpool(kwam_eerder, knooppunt.engine, aangeboden):
            raise dicht
        ontvangst = await knooppunt.schrijver.neem_op(aangeboden)
        if aangeboden.groot and len(data) < knooppunt.instellingen.groot_vanaf_bytes:
            ontvangst = await _wacht_op_oordeel(knooppunt, ontvangst)
        return aangeboden, ontvangst
    except Weigering as weigering:
        if weigering.reden not in _NIET_BEWAARD:
            async with knooppunt.bewaarbeurt(aanmelding.partij.code, len(data)):
                await run_in_threadpool(_bewaar, knooppunt, aanmelding.partij, data, weigering, nu)
        raise


def als_json(ontvangst: Ontvangst, signaal_uit: Set[str] = frozenset()) -> dict[str, Any]:
    """An answer in the shape of ``BerichtUit``, without these signalen."""
    uit = {veld.name: getattr(ontvangst, veld.name) for veld in fields(ontvangst) if veld.name != "nieuw"}
    return uit | {
        "ontvangen_op": in_utc(ontvangst.ontvangen_op),
        "bevindingen": zichtbaar(ontvangst.bevindingen, signaal_uit),
    }


async def _neem_op_maat_aan(data: bytes, knooppunt: Knooppunt, roeper: Aanmelding, nu: datetime) -> Aangeboden:
    """A message is read where its size asks for: a small one at once, by what is in memory. The first between two parties waits for
    their contract elsewhere."""
    grenzen = knooppunt.instellingen
    if is_zwaar(data, grenzen.direct_tot_bytes) or len(data) >= grenzen.groot_vanaf_bytes:
        return await _neem_groot_aan(data, knooppunt, roeper, nu)
    try:
        return _neem_aan(data, knooppunt, roeper, nu, knooppunt.contracten.bekend)
    except NietInGeheugen:
        return await run_in_threadpool(_neem_aan, data, knooppunt, roeper, nu, knooppunt.contracten.contract)


_WACHT, _KIJK = 20.0, 1.0
"""Seconds to wait for the verdict on a declaratie of middling size; after the last of these is looked at least, for the worker may be
another process."""


async def _wacht_op_oordeel(knooppunt: Knooppunt, ontvangst: Ontvangst) -> Ontvangst:
    """The same once the worker has judged it, unless that takes long."""
    tot = time.monotonic() + _WACHT
    while ontvangst.oordeel == Berichtoordeel.IN_VERWERKING and time.monotonic() < tot and not knooppunt.bel.gesloten:
        geluid = knooppunt.bel.oproep(ontvangst.afzender)
        ontvangst = await run_in_threadpool(_zoals_nu, knooppunt, ontvangst)
        if ontvangst.oordeel == Berichtoordeel.IN_VERWERKING:
            with suppress(TimeoutError):
                await asyncio.wait_for(geluid.wait(), _KIJK)
    return ontvangst


def _zoals_nu(knooppunt: Knooppunt, ontvangst: Ontvangst) -> Ontvangst:
    rij = lees(knooppunt.engine, lambda verbinding: tabel.zoek(verbinding, {ontvangst.id}))[ontvangst.id]
    return van_rij(rij, nieuw=ontvangst.nieuw)


def _neem_aan(
    data: bytes, knooppunt: Knooppunt, roeper: Aanmelding, nu: datetime, contract_van: ContractVan
) -> Aangeboden:
    k = knooppunt
    a = neem_aan(data, roeper, k.register, contract_van, k.schemas, nu, k.instellingen.max_bytes)
    _eis_fictief(k, a)
    return a


async def _neem_groot_aan(data: bytes, knooppunt: Knooppunt, roeper: Aanmelding, nu: datetime) -> Aangeboden:
    """A large message is read elsewhere: what is wrong with it by its XSD is found there, and that it is too much. Of what answers
    another we need all of it, and read it here when it is sound. Others are judged elsewhere too."""
    k, van = knooppunt, roeper.partij.code
    kort = await k.kinderen.voor(len(data)).laat_doen(
        lees_groot, data, k.instellingen.max_bytes, k.instellingen.onderdelen, van=van
    )
    if kort is None:
        return await run_in_threadpool(_neem_aan, data, knooppunt, roeper, nu, k.contracten.contract)
    a = await run_in_threadpool(laat_kort_toe, data, kort, roeper, k.register, k.contracten.contract, nu)
    await run_in_threadpool(_eis_fictief, k, a)
    return a


def _eis_fictief(knooppunt: Knooppunt, a: Aangeboden) -> None:
    if knooppunt.instellingen.proefmodus:
        eis_fictief(a.data)


def _bewaar(knooppunt: Knooppunt, partij: Partij, data: bytes, weigering: Weigering, nu: datetime) -> None:
    """Keep what is refused, so that nothing a party sent is lost; but in proefmodus not what may be of somebody. Of a credential
    for several it is the first (afgeleid): who sent what cannot be read, nobody knows."""
    if knooppunt.instellingen.proefmodus and kijk_na(data) is not Inhoud.FICTIEF:
        return
    with schrijvend(knooppunt.engine) as verbinding:
        tabel.bewaar_geweigerd(
            verbinding,
            {
                "verzender": partij.code,
                "sha256": hashlib.sha256(data).hexdigest(),
                "ontvangen_op": nu,
                "inhoud": data,
                "reden": weigering.reden,
                "probleem": van_weigering(weigering).json(),
            },
        )
