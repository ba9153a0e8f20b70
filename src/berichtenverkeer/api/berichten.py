"""The simplest door: post XML, get the verdict; look at a message again."""

from collections.abc import Set
from dataclasses import fields
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from ..inname.ontvangst import Ontvangst
from ..keten.deuren.opzoeken import zoek
from ..klok import in_utc
from ..oordeel.oordeel import Berichtoordeel
from ..opslag.berichten import berichten as tabel
from ..opslag.database import lezend, momentopname
from ..opslag.declaraties import verwerkingen
from ..partijen.partij import Partij
from ..regels.bevinding import zichtbaar
from . import aanbieden
from .antwoord.moment import Moment
from .antwoord.problemen import BevindingUit, antwoorden, niet_gevonden
from .rondom.aanmelding import DeAanmelding, DePartij, eis_nog_aangemeld
from .rondom.knooppunt import HetKnooppunt, Knooppunt, Nu, eis_id, eis_nummer
from .rondom.lichaam import BYTES, XML_SOORTEN, lees_xml
from .rondom.route import Router

router = Router(tags=["berichten"])


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
    data = await lees_xml(request)
    ontvangst, verzender = await aanbieden.bied_aan(
        data, knooppunt, aanmelding, nu, lambda: eis_nog_aangemeld(request, knooppunt)
    )
    plek = {"Location": f"/v1/berichten/{ontvangst.id}"}
    return JSONResponse(als_json(ontvangst, verzender.signaal_uit), 202 if ontvangst.nieuw else 200, plek)


@router.get("/berichten/{id}", response_model=BerichtUit, responses=antwoorden(401, 404))
def bekijk(id: str, knooppunt: HetKnooppunt, partij: DePartij) -> Response:
    """Een bericht dat u verstuurde, indiende of dat voor u bestemd is, met het oordeel erover: met zijn id of met zijn traceerId
    (in StUF het referentienummer). Ook van wat u door VSP of StUF aanbood en wat geweigerd werd voor het een bericht was."""
    return JSONResponse(een(id, knooppunt, partij))


def een(id_: str, knooppunt: Knooppunt, partij: Partij) -> dict[str, Any]:
    """One message in the shape of ``BerichtUit``. Raises problem 404."""
    eis_nummer(id_, "Dit bericht")
    with momentopname(knooppunt.engine) as verbinding:
        gevonden = zoek(verbinding, partij.code, id_) or zoek(verbinding, partij.code, id_.lower())
        if gevonden is None:
            raise niet_gevonden("Dit bericht")
        wacht = gevonden.ontvangst.oordeel == Berichtoordeel.IN_VERWERKING
        voortgang = verwerkingen.voortgang(verbinding, gevonden.ontvangst.id) if wacht else None
    uit = als_json(gevonden.ontvangst, partij.signaal_uit)
    if gevonden.meldingen:
        uit["meldingen"] = gevonden.meldingen
    if voortgang is not None:
        uit["voortgang"] = {"gedaan": voortgang[0], "totaal": voortgang[1]}
    return uit


@router.get(
    "/berichten/{id}/xml",
    response_class=Xml,
    responses={200: {"content": {Xml.media_type: {"schema": BYTES}}}, **antwoorden(401, 404)},
)
def haal_op(id: str, knooppunt: HetKnooppunt, partij: DePartij) -> Response:
    """De bytes van een bericht, precies zoals ze binnenkwamen."""
    eis_id(id, "Dit bericht")
    with lezend(knooppunt.engine) as verbinding:
        data = tabel.inhoud(verbinding, partij.code, id)
    if data is None:
        raise niet_gevonden("Dit bericht")
    return Xml(data, headers={"Content-Disposition": f'attachment; filename="{id}.xml"'})


def als_json(ontvangst: Ontvangst, signaal_uit: Set[str] = frozenset()) -> dict[str, Any]:
    """An answer in the shape of ``BerichtUit``, without these signalen."""
    uit = {veld.name: getattr(ontvangst, veld.name) for veld in fields(ontvangst) if veld.name != "nieuw"}
    return uit | {
        "ontvangen_op": in_utc(ontvangst.ontvangen_op),
        "bevindingen": zichtbaar(ontvangst.bevindingen, signaal_uit),
    }
