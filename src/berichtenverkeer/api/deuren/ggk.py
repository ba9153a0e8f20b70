"""GGK: a gemeente's software hands in envelopes of StUF by SOAP 1.1, sees what became of them, and fetches what lies ready."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

import structlog
from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from ...inname.tuig import Tuig
from ...keten.deuren.ggkdeur import Antwoord, Elders, gewone_zending, grens_van, is_bewaard, neem_aan, onbereikbaar
from ...keten.deuren.ggkpostvak import GgkItem, GgkStatus, envelop, status, wachtend
from ...keten.deuren.postvak import NA_BEVESTIGING
from ...keten.envelop.fouten import GeenSoap
from ...keten.envelop.stuf import (
    SOAPACTIES,
    Bevestiging,
    SoapFout,
    StufBerichtcode,
    Uiteen,
    haal_uiteen,
    schrijf_soap,
    schrijf_soap_fout,
    wsdl,
    zonder_soap,
)
from ...keten.envelop.vsp import als_json
from ...keten.zendingen.zendingen import Zending
from ...opslag.berichten import enveloppen
from ...opslag.database import momentopname, schrijvend
from ...opslag.wachttijd import ONBEREIKBAAR
from ...standaard.fouten import Onleesbaar
from ...standaard.xml import is_zwaar
from ..antwoord.problemen import Probleem, antwoorden, niet_gevonden
from ..rondom.aanmelding import DeAanmelding, DePartij, eis_nog_aangemeld
from ..rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ..rondom.lichaam import lees_bytes, mediatype
from ..rondom.route import Router
from .vsp_soap import wijs_de_weg

log = structlog.get_logger()

router = Router(prefix="/ggk", tags=["ggk"])

_SOAP = "text/xml"
_DEUR = "/ws/OntvangAsynchroon"


@router.post(
    _DEUR,
    response_class=Response,
    responses={
        200: {"description": "Bewaard: een Bv03", "content": {_SOAP: {}}},
        **antwoorden(400, 401, 413, 415),
        500: {"description": "Geweigerd: een soap:Fault, als het kan met een Fo03", "content": {_SOAP: {}}},
    },
    openapi_extra={"requestBody": {"required": True, "content": {_SOAP: {"schema": {"type": "string"}}}}},
)
async def ontvang_asynchroon(request: Request, knooppunt: HetKnooppunt, aanmelding: DeAanmelding, nu: Nu) -> Response:
    """Lever een Di01, Du01 of Fo01 aan in SOAP 1.1.

    Een Bv03 zegt dat het bericht veilig is bewaard, ook als precies hetzelfde al eerder kwam. Wat daarna nog niet blijkt te
    deugen, komt als Fo01 in uw postvak. Van een token of certificaat voor meer partijen telt die in zender, tenzij Bv-Partij er
    een noemt.
    """
    if mediatype(request.headers) != _SOAP:
        raise Probleem(
            415, "geen-soap", f"De inhoud is niet aangekondigd als {_SOAP}.", "Stuur SOAP 1.1 als text/xml in UTF-8."
        )
    grens = knooppunt.instellingen.max_bytes
    data = await lees_bytes(request)
    await eis_nog_aangemeld(request, knooppunt)
    k, fictief = knooppunt, knooppunt.instellingen.proefmodus
    try:
        elders = await _haal_uiteen(k, data, grens_van(grens), aanmelding.partij.code)
        bord = k.register.bord()
        zending = None
        if not is_zwaar(data, k.instellingen.direct_tot_bytes):
            zending = gewone_zending(k.register, aanmelding, elders.uiteen, data, nu, grens, bord, fictief)
        if zending is not None and (rij := await k.bewaarder.bewaar(zending, nu)) is not None:
            return _antwoord(request, k, is_bewaard(elders.uiteen, zending, nu), rij)
        neem = partial(
            neem_aan, k.engine, k.register, aanmelding, data, nu, grens, bord, alleen_fictief=fictief, elders=elders
        )
        async with k.bewaarbeurt(aanmelding.partij.code, len(data)):
            return _antwoord(request, k, await run_in_threadpool(neem))
    except ONBEREIKBAAR:
        return _antwoord(request, k, onbereikbaar(elders.uiteen, nu))
    except Onleesbaar as fout:
        code = fout.faultcode if isinstance(fout, GeenSoap) else "Client"
        return _soap(schrijf_soap_fout(f"{fout.melding} {fout.advies}", code), 500)


@router.get(
    _DEUR,
    response_class=Response,
    responses={200: {"description": "De WSDL", "content": {_SOAP: {}}}, **antwoorden(405)},
)
def geef_wsdl(request: Request) -> Response:
    """De WSDL van dit adres, met `?wsdl` erachter."""
    if not any(naam.lower() == "wsdl" for naam in request.query_params):
        raise Probleem(
            405,
            "alleen-post",
            "Op dit adres levert u berichten aan met POST.",
            "Zet ?wsdl achter het adres voor de beschrijving.",
            {"Allow": "POST"},
        )
    return _soap(wsdl(str(request.url.replace(query=""))), 200)


@router.get("/v1/berichten/{referentienummer}", response_model_exclude_none=True, responses=antwoorden(401, 404))
def geef_status(referentienummer: str, knooppunt: HetKnooppunt, partij: DePartij) -> GgkStatus:
    """Hoe ver een bericht is dat u verstuurde of kreeg, met wat erover te melden is."""
    with momentopname(knooppunt.engine) as verbinding:
        gevonden = status(verbinding, partij, referentienummer)
    if gevonden is None:
        raise niet_gevonden("Dit bericht")
    return gevonden


@router.get("/v1/postvak", response_model=list[GgkItem], responses=antwoorden(401, 422))
def haal_lijst(
    request: Request,
    knooppunt: HetKnooppunt,
    partij: DePartij,
    limit: Annotated[int, Query(ge=1, le=250, description="Hoeveel hoogstens")] = 250,
) -> JSONResponse:
    """Welke enveloppen voor u klaarliggen en u nog niet bevestigde, de oudste eerst."""
    basis = str(request.url.replace(query=""))
    with knooppunt.engine.connect() as verbinding:
        items = wachtend(verbinding, partij.code, limit, basis, _antwoord_325(knooppunt))
    return JSONResponse([als_json(item) for item in items])


@router.get(
    "/v1/postvak/{referentienummer}",
    response_class=Response,
    responses={200: {"content": {"application/xml": {}}}, **antwoorden(400, 401, 404)},
)
def haal_envelop(referentienummer: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> Response:
    """De Di01, Du01 of Fo01 als XML, zonder SOAP: zo vaak u wilt, tot 24 uur nadat u hem bevestigde."""
    with knooppunt.engine.connect() as verbinding:
        nummer, na = referentienummer, nu - NA_BEVESTIGING
        data = envelop(verbinding, partij.code, nummer, na, _antwoord_325(knooppunt))
    if data is None:
        raise niet_gevonden("Dit bericht")
    return Response(data, media_type="application/xml")


@router.delete(
    "/v1/postvak/{referentienummer}",
    status_code=202,
    response_class=Response,
    responses={202: {"description": "Bevestigd"}, **antwoorden(400, 401, 404)},
)
def bevestig(referentienummer: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> Response:
    """Zeg dat een envelop veilig bij u is opgeslagen: hij verdwijnt uit de lijst. Nog eens bevestigen mag."""
    with schrijvend(knooppunt.engine) as verbinding:
        if enveloppen.bevestig(verbinding, (partij.code,), referentienummer, nu) is None:
            raise niet_gevonden("Dit bericht")
    return Response(status_code=202)


def _antwoord(
    request: Request, knooppunt: Knooppunt, antwoord: Antwoord, rij: Mapping[str, Any] | None = None
) -> Response:
    """Tell what came of a request, and go on with what was stored; ``rij`` is that, when it is at hand."""
    _let_op_soapactie(request, antwoord)
    if (zending := antwoord.zending) is not None:
        _ga_verder(knooppunt, zending, rij, afgekeurd=antwoord.afgekeurd)
    bericht = antwoord.bericht
    if bericht is None:
        return wijs_de_weg(request)
    if isinstance(bericht, SoapFout):
        return _soap(schrijf_soap_fout(bericht.faultstring, bericht.faultcode), 500)
    return _soap(schrijf_soap(bericht), 200 if isinstance(bericht, Bevestiging) else 500)


async def _haal_uiteen(knooppunt: Knooppunt, data: bytes, grens: int, van: str) -> Elders:
    """A request taken apart: here, or elsewhere when that takes long. Raises ``Onleesbaar``."""
    if not is_zwaar(data, knooppunt.instellingen.direct_tot_bytes):
        return Elders(haal_uiteen(data, grens), partial(zonder_soap, data, grens))
    kind = knooppunt.kinderen.voor(len(data))
    uiteen = await kind.laat_doen(_uiteen, data, grens, van=van)
    return Elders(uiteen, lambda: kind.doe(_zonder_soap, data, grens, van=van))


def _uiteen(_: Tuig, data: bytes, grens: int) -> Uiteen:
    return haal_uiteen(data, grens)


def _zonder_soap(_: Tuig, data: bytes, grens: int) -> bytes:
    return zonder_soap(data, grens)


def _ga_verder(knooppunt: Knooppunt, zending: Zending, rij: Mapping[str, Any] | None, *, afgekeurd: bool) -> None:
    """Look at what was stored, or tell who waits for it that a Fo01 lies ready."""
    if zending.foutbericht:
        knooppunt.bel.lui_bij({zending.ontvanger})
    elif afgekeurd:
        knooppunt.bel.lui_bij({zending.zender})
        knooppunt.bezorger.wek()
    else:
        knooppunt.zendingen.begin(zending.sleutel, len(zending.inhoud), rij)


def _soap(data: bytes, status_code: int) -> Response:
    return Response(data, status_code, media_type=_SOAP)


def _let_op_soapactie(request: Request, antwoord: Antwoord) -> None:
    """The element in the Body says what is meant; a SOAPAction that says otherwise is only noted."""
    soort = antwoord.soort
    if soort is not None and request.headers.get("soapaction", "").strip('"') != SOAPACTIES[soort]:
        log.warning("SOAPAction past niet bij het bericht", soort=str(soort))


def _antwoord_325(knooppunt: Knooppunt) -> StufBerichtcode:
    return StufBerichtcode(knooppunt.instellingen.antwoord_325)
