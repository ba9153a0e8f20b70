"""The validation service: a report on one document. Nothing is stored, nothing is answered on behalf of anyone.

The shape is that of the Zorginstituut's own service, so that software which speaks that can be pointed here. Only what can
be judged from the document itself is judged: XSD and the rules inside one message (levels 1 and 2).
"""

from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import JSONResponse
from lxml import etree
from pydantic import BaseModel, Field

from ... import __version__
from ...inname.tuig import Tuig
from ...oordeel.weigering import van_fout
from ...regels.bevinding import Bevinding, Ernst, van_ongeldig
from ...regels.toetsen import bevindingen, toets_bericht
from ...standaard.domein import RELEASE
from ...standaard.fouten import Berichtfout, OngeldigBericht
from ...standaard.lezen import herken, lees
from ...standaard.schema import Schemas
from ...standaard.xml import is_zwaar, ontleed
from ..knooppunt import HetKnooppunt
from ..lichaam import XML_SOORTEN, lees_xml
from ..problemen import Probleem, antwoorden

router = APIRouter(tags=["validatie"])


class RapportHeader(BaseModel):
    Berichtcode: str | None = Field(examples=["WMO305"])
    Versie: str | None = Field(examples=["3.2"])
    Identificatie: str | None


class Fout(BaseModel):
    Code: str = Field(examples=["TR018"])
    Ernst: Literal["fout", "signaal"] = Field(description="Alleen in JSON; een signaal maakt het bericht niet ongeldig")
    Retourcode: str | None = Field(examples=["0001"])
    Locatie: list[str] = Field(examples=[["/Bericht/Client/StopProducten/StopProduct[1]/Einddatum"]])
    Details: str
    Klasse: str | None = Field(description="Alleen in JSON", examples=["StopProduct"])
    Waarde: str | None = Field(description="Alleen in JSON; *** bij een persoonsgegeven", examples=["2026-03-01"])
    Berekening: list[str] = Field(description="Alleen in JSON; hoe een bedrag of volume is berekend")


class Rapport(BaseModel):
    """What was found in a document; no Fouten when it is sound. Of a signaal, for which the Zorginstituut has no place, the
    Details say so."""

    Header: RapportHeader
    Fouten: list[Fout]


class Dienststatus(BaseModel):
    status: str
    versie: str
    releases: list[str]


@router.get("/status")
async def status() -> Dienststatus:
    """Of de controle bereikbaar is, en welke releases zij kent."""
    return Dienststatus(status="beschikbaar", versie=__version__, releases=[RELEASE])


@router.post(
    "/validatie",
    response_model=Rapport,
    responses={200: {"content": {"application/xml": {}}}, **antwoorden(400, 413, 415, 422)},
    openapi_extra={
        "requestBody": {"required": True, "content": {soort: {"schema": {"type": "string"}} for soort in XML_SOORTEN}}
    },
)
async def controleer(
    request: Request,
    knooppunt: HetKnooppunt,
    x_version_override: Annotated[str | None, Header(description="De release waartegen wordt gecontroleerd")] = None,
) -> Response:
    """Controleer een bericht: het XSD en de regels binnen het bericht. Er wordt niets bewaard.

    Het antwoord is JSON, of XML als `Accept` daarom vraagt.
    """
    if x_version_override not in (None, RELEASE):
        raise Probleem(
            422,
            "release-onbekend",
            "De release in X-Version-Override is niet bekend.",
            f"Gebruik {RELEASE}, of laat de header weg.",
        )
    data = await lees_xml(request)
    if is_zwaar(data, knooppunt.instellingen.direct_tot_bytes):
        rapport = await knooppunt.kind.laat_doen(_groot_rapport, data)
    else:
        rapport = await to_thread.run_sync(_rapport, data, knooppunt.schemas, limiter=knooppunt.los)
    if _wil_xml(request.headers.get("accept", "")):
        return Response(_als_xml(rapport), media_type="application/xml")
    return JSONResponse(rapport.model_dump())


def _groot_rapport(tuig: Tuig, data: bytes) -> Rapport:
    """The report on a large document, made in another process."""
    return _rapport(data, tuig.schemas)


def _rapport(data: bytes, schemas: Schemas) -> Rapport:
    try:
        gelezen = lees(data, schemas)
        treffers = toets_bericht(gelezen.bericht, gelezen.soort, gelezen.data)
        wortel, gevonden = gelezen.wortel, bevindingen(gelezen, treffers)
    except OngeldigBericht as fout:
        wortel, gevonden = ontleed(data), van_ongeldig(fout)
    except Berichtfout as fout:
        raise van_fout(fout) from None
    identificatie = wortel.find("{*}Header/{*}BerichtIdentificatie/{*}Identificatie")
    header = RapportHeader(
        Berichtcode=herken(wortel).code,
        Versie=RELEASE,
        Identificatie=identificatie.text if identificatie is not None else None,
    )
    return Rapport(Header=header, Fouten=[_fout(bevinding) for bevinding in gevonden])


_SIGNAAL = "Signaal (keurt het bericht niet af): "


def _fout(bevinding: Bevinding) -> Fout:
    return Fout(
        Code=bevinding.regel,
        Ernst=bevinding.ernst.value,
        Retourcode=bevinding.retourcode,
        Locatie=[bevinding.pad],
        Details=f"{_SIGNAAL * (bevinding.ernst is Ernst.SIGNAAL)}{bevinding.melding} {bevinding.advies}",
        Klasse=bevinding.klasse,
        Waarde=bevinding.waarde,
        Berekening=list(bevinding.berekening),
    )


def _wil_xml(accept: str) -> bool:
    """Whether XML is named before JSON, or alone."""
    soorten = [deel.partition(";")[0].strip() for deel in accept.split(",")]
    eerste = next((soort for soort in soorten if soort in ("application/json", *XML_SOORTEN)), None)
    return eerste in XML_SOORTEN


def _als_xml(rapport: Rapport) -> bytes:
    wortel = etree.Element("Validatierapport")
    _vul(wortel, rapport.model_dump(exclude={"Fouten": {"__all__": _EIGEN}}))
    return etree.tostring(wortel, xml_declaration=True, encoding="UTF-8")


_ITEM = {"Fouten": "Fout"}
_EIGEN = {"Ernst", "Klasse", "Waarde", "Berekening"}
"""What the Zorginstituut's own report does not have; software that reads its XML may be strict."""


def _vul(ouder: etree._Element, inhoud: dict[str, Any]) -> None:
    for naam, waarde in inhoud.items():
        if naam in _ITEM:
            verzameling = etree.SubElement(ouder, naam)
            for item in waarde:
                _vul(etree.SubElement(verzameling, _ITEM[naam]), item)
        elif isinstance(waarde, dict):
            _vul(etree.SubElement(ouder, naam), waarde)
        elif isinstance(waarde, list):
            for item in waarde:
                etree.SubElement(ouder, naam).text = item
        elif waarde is not None:
            etree.SubElement(ouder, naam).text = waarde
