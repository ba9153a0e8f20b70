"""The validation service: a report on one document. Nothing is stored, nothing is answered on behalf of anyone.

The shape is that of the Zorginstituut's own service, so that software which speaks that can be pointed here: the Rapport in its
schema 1.1 (``schema/1_1/rapport.xsd`` in the repository iStandaarden/iWlz-Xslt) and the header X-Version-Override of its manual
for the Decentrale Validatieservice. Only what can be judged from the document itself is judged: XSD and the rules inside one
message (levels 1 and 2). Which Code an XSD error has there is not published: here it is ``XSD`` (afgeleid).
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import Header, Request, Response
from fastapi.responses import JSONResponse
from lxml import etree
from pydantic import BaseModel, Field

from ... import __version__
from ...inname.tuig import Tuig
from ...oordeel.weigering import van_fout
from ...regels import controle
from ...regels.bevinding import Bevinding, Ernst
from ...standaard.fouten import Berichtfout
from ...standaard.lezen import herken
from ...standaard.release import RELEASES
from ...standaard.schema import Schemas
from ...standaard.xml import is_zwaar, ontleed
from ..antwoord.problemen import Probleem, antwoorden
from ..rondom.aanmelding import wie_belt
from ..rondom.knooppunt import HetKnooppunt, Nu
from ..rondom.lichaam import XML_SOORTEN, lees_xml, mediatype
from ..rondom.route import Router

router = Router(tags=["validatie"])

NAMESPACE = "http://www.istandaarden.nl/validatie/1_1/rapport/schema"
"""Of the Rapport in XML: version 1.1 of the schema that the Zorginstituut published with its own checks."""

_MEESTE_TEKENS, _HOOGSTE_VERSIE = 12, 99
"""What the schema allows for Identificatie and for BerichtVersie."""

FORMULIER = "application/x-www-form-urlencoded"
"""The Content-Type that the service of the Zorginstituut asks for, though the body is the bare XML."""


class BerichtIdentificatie(BaseModel):
    Identificatie: str = Field(description="Hoogstens 12 tekens; leeg als het bericht er geen heeft")
    Dagtekening: date = Field(description="Heeft het bericht er geen geldige, dan die van vandaag")


class RapportHeader(BaseModel):
    Berichtsoort: str = Field(description="Alleen in JSON", examples=["WMO305"])
    BerichtCode: str = Field(examples=["418"])
    BerichtVersie: int = Field(examples=[3])
    BerichtSubversie: int = Field(examples=[2])
    BerichtIdentificatie: BerichtIdentificatie


class Validatiefout(BaseModel):
    Code: str = Field(examples=["TR018"])
    Ernst: Literal["fout", "signaal"] = Field(description="Alleen in JSON; een signaal maakt het bericht niet ongeldig")
    Retourcode: str | None = Field(examples=["0001"])
    Locatie: list[str] = Field(examples=[["/Bericht/Client/StopProducten/StopProduct[1]/Einddatum"]])
    Details: str
    Klasse: str | None = Field(description="Alleen in JSON", examples=["StopProduct"])
    Waarde: str | None = Field(description="Alleen in JSON; *** bij een persoonsgegeven", examples=["2026-03-01"])
    Berekening: list[str] = Field(description="Alleen in JSON; hoe een bedrag of volume is berekend")


class Validatierapport(BaseModel):
    """What was found in a document; no Fouten when it is sound. Of a signaal, for which the Zorginstituut has no place, the
    Details say so."""

    Header: RapportHeader
    Fouten: list[Validatiefout]


class Dienststatus(BaseModel):
    status: str
    versie: str
    releases: list[str]


@router.get("/status")
async def status() -> Dienststatus:
    """Of de controle bereikbaar is, en welke releases zij kent."""
    return Dienststatus(status="beschikbaar", versie=__version__, releases=list(RELEASES))


@router.post(
    "/validatie",
    response_model=Validatierapport,
    responses={200: {"content": {"application/xml": {}}}, **antwoorden(400, 413, 415, 422)},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {soort: {"schema": {"type": "string"}} for soort in (*XML_SOORTEN, FORMULIER)},
        }
    },
)
async def controleer(
    request: Request,
    knooppunt: HetKnooppunt,
    nu: Nu,
    x_version_override: Annotated[str | None, Header(description="De release waartegen wordt gecontroleerd")] = None,
) -> Response:
    """Controleer een bericht: het XSD en de regels binnen het bericht. Er wordt niets bewaard.

    Het antwoord is het Rapport van het Zorginstituut, in XML of in JSON, zoals `Accept` vraagt. Vraagt dat niets, dan is het XML
    voor wie aanbiedt zoals de validatieservice van het Zorginstituut wil (application/x-www-form-urlencoded), en anders JSON.
    """
    bekend = {naam for nummer in RELEASES for naam in (nummer, f"{nummer}.0")}  # it names a patch level too
    if x_version_override is not None and x_version_override.strip() not in bekend:
        raise Probleem(
            400,
            "release-onbekend",
            "De release in X-Version-Override is niet bekend.",
            f"Bekend zijn {' en '.join(sorted(bekend))}; zonder de header geldt die van de namespace.",
        )
    data = await lees_xml(request, (*XML_SOORTEN, FORMULIER))
    if is_zwaar(data, knooppunt.instellingen.direct_tot_bytes):
        kind = knooppunt.kinderen.voor(len(data))
        rapport = await kind.laat_doen(_groot_rapport, data, nu.date(), van=wie_belt(request))
    else:
        rapport = await to_thread.run_sync(_rapport, data, knooppunt.schemas, nu.date(), limiter=knooppunt.los)
    if _wil_xml(request.headers):
        return Response(_als_xml(rapport), media_type="application/xml")
    return JSONResponse(rapport.model_dump(mode="json"))


def _groot_rapport(tuig: Tuig, data: bytes, vandaag: date) -> Validatierapport:
    """The report on a large document, made in another process."""
    return _rapport(data, tuig.schemas, vandaag)


def _rapport(data: bytes, schemas: Schemas, vandaag: date) -> Validatierapport:
    try:
        uit = controle.controleer(data, schemas)
    except Berichtfout as fout:
        raise van_fout(fout) from None
    wortel = uit.gelezen.wortel if uit.gelezen is not None else ontleed(data)
    return Validatierapport(Header=_kop(wortel, vandaag), Fouten=[_fout(bevinding) for bevinding in uit.bevindingen])


def _kop(wortel: etree._Element, vandaag: date) -> RapportHeader:
    """The Header of the report. The schema asks for all of it, also of a message whose own Header is faulty: then what the release
    says stands in its place, and the day of today."""

    def staat_er(pad: str) -> str:
        return (wortel.findtext("{*}Header/{*}" + pad.replace("/", "/{*}")) or "").strip()

    def versie(naam: str, anders: int) -> int:
        tekst = staat_er(naam)
        return (
            int(tekst) if tekst.isascii() and tekst.isdecimal() and len(tekst) <= len(str(_HOOGSTE_VERSIE)) else anders
        )

    try:
        dagtekening = date.fromisoformat(staat_er("BerichtIdentificatie/Dagtekening"))
    except ValueError:
        dagtekening = vandaag
    soort = herken(wortel)
    return RapportHeader(
        Berichtsoort=soort.code,
        BerichtCode=soort.berichtcode,
        BerichtVersie=versie("BerichtVersie", soort.versie[0]),
        BerichtSubversie=versie("BerichtSubversie", soort.versie[1]),
        BerichtIdentificatie=BerichtIdentificatie(
            Identificatie=staat_er("BerichtIdentificatie/Identificatie")[:_MEESTE_TEKENS], Dagtekening=dagtekening
        ),
    )


_SIGNAAL = "Signaal (keurt het bericht niet af): "


def _fout(bevinding: Bevinding) -> Validatiefout:
    return Validatiefout(
        Code=bevinding.regel,
        Ernst=bevinding.ernst.value,
        Retourcode=bevinding.retourcode,
        Locatie=[bevinding.pad],
        Details=f"{_SIGNAAL * (bevinding.ernst is Ernst.SIGNAAL)}{bevinding.melding} {bevinding.advies}",
        Klasse=bevinding.klasse,
        Waarde=bevinding.waarde,
        Berekening=list(bevinding.berekening),
    )


def _wil_xml(kop: Mapping[str, str]) -> bool:
    """Whether XML is named before JSON, or alone; with neither named, how the document was sent says it."""
    soorten = [deel.partition(";")[0].strip().lower() for deel in kop.get("accept", "").split(",")]
    eerste = next((soort for soort in soorten if soort in ("application/json", *XML_SOORTEN)), None)
    return mediatype(kop) == FORMULIER if eerste is None else eerste in XML_SOORTEN


_ALLEEN_JSON: Mapping[str, Any] = {
    "Header": {"Berichtsoort"},
    "Fouten": {"__all__": {"Ernst", "Klasse", "Waarde", "Berekening"}},
}
"""What the schema of the Zorginstituut does not have; software that reads its XML may be strict."""

_ITEM = {"Fouten": "Fout"}


def _als_xml(rapport: Validatierapport) -> bytes:
    wortel = etree.Element(f"{{{NAMESPACE}}}Rapport", nsmap={"r": NAMESPACE})
    _vul(wortel, rapport.model_dump(mode="json", exclude=_ALLEEN_JSON))
    return etree.tostring(wortel, xml_declaration=True, encoding="UTF-8")


def _vul(ouder: etree._Element, inhoud: Mapping[str, Any]) -> None:
    """The classes as elements, in the order of their fields, which is that of the schema."""
    for naam, waarde in inhoud.items():
        if naam in _ITEM:
            verzameling = _onder(ouder, naam)
            for item in waarde:
                _vul(_onder(verzameling, _ITEM[naam]), item)
        elif isinstance(waarde, dict):
            _vul(_onder(ouder, naam), waarde)
        elif isinstance(waarde, list):
            for item in waarde:
                _onder(ouder, naam).text = item
        elif waarde is not None:
            _onder(ouder, naam).text = str(waarde)


def _onder(ouder: etree._Element, naam: str) -> etree._Element:
    return etree.SubElement(ouder, f"{{{NAMESPACE}}}{naam}")
