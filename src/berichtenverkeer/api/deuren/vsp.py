"""VSP, handing in: an aanbieder's software submits a message as it would to VECOZO."""

from functools import partial

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from ...keten.deuren.vspdeur import dien_in, gewone_zending
from ...keten.envelop.codes import herken
from ...keten.envelop.fouten import Afgekeurd
from ...keten.envelop.vsp import BerichtMetadata, OngeldigeMetadata, lees_metadata
from ...standaard.xml import is_zwaar
from ..antwoord.problemen import Probleem, antwoorden
from ..rondom.aanmelding import DeAanmelding, eis_nog_aangemeld
from ..rondom.knooppunt import HetKnooppunt, Nu
from ..rondom.lichaam import mediatype, stroom
from ..rondom.route import Router
from .meerdelig import NietMeerdelig, lees_delen
from .vsp_soap import is_soap, wijs_de_weg
from .vspvorm import VspRoute, ongeldig

router = Router(prefix="/vsp/berichten/rest-push/v1", tags=["vsp"], route_class=VspRoute)

_METADATA, _PAYLOAD = "berichtMetadata", "payload"
_MAX_METADATA = 1_000_000
_SCHEMA = BerichtMetadata.model_json_schema(ref_template="#/components/schemas/{model}")
del _SCHEMA["$defs"]  # they are among the components, for what lies ready has them too


@router.post(
    "/berichten",
    status_code=204,
    response_class=Response,
    responses={204: {"description": "Bewaard"}, **antwoorden(400, 401, 413, 415, 422)},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": [_METADATA, _PAYLOAD],
                        "properties": {
                            _METADATA: _SCHEMA,
                            _PAYLOAD: {"type": "string", "format": "binary"},
                        },
                    },
                    "encoding": {
                        _METADATA: {"contentType": "application/json"},
                        _PAYLOAD: {"contentType": "application/octet-stream"},
                    },
                }
            },
        }
    },
)
async def dien_bericht_in(request: Request, knooppunt: HetKnooppunt, aanmelding: DeAanmelding, nu: Nu) -> Response:
    """Dien een bericht in: de metadata, en als payload de XML of een ZIP met één XML-bestand.

    204 zegt dat het veilig is bewaard, ook als precies hetzelfde al eerder kwam; wat ervan wordt, zegt de berichtstatus. Bij
    422 staat in `errors` de code; herhaal dan niet hetzelfde verzoek. Van een token of certificaat voor meer partijen dient
    de afzender in, tenzij Bv-Partij een andere noemt.
    """
    if is_soap(request):
        return wijs_de_weg(request)
    grens = knooppunt.instellingen.max_bytes
    metadata, payload = await _lees(request, grens)
    await eis_nog_aangemeld(request, knooppunt)
    k, fictief, rij = knooppunt, knooppunt.instellingen.proefmodus, None
    try:
        bord = k.register.bord()
        indiener = aanmelding.namens(metadata.routeringgegevens.afzender.code or "")
        zending = None
        if not is_zwaar(payload, k.instellingen.direct_tot_bytes):
            zending = gewone_zending(k.register, indiener, metadata, payload, nu, grens, bord, fictief)
        if zending is None or (rij := await k.bewaarder.bewaar(zending, nu)) is None:
            neem = partial(
                dien_in, k.engine, k.register, indiener, metadata, payload, nu, grens, bord, alleen_fictief=fictief
            )
            async with k.bewaarbeurt(indiener.code, len(payload)):
                zending = await run_in_threadpool(neem)
    except Afgekeurd as fout:
        raise _niet_geaccepteerd(fout) from None
    if zending is not None:
        k.zendingen.begin(zending.sleutel, len(payload), rij)
    return Response(status_code=204)


async def _lees(request: Request, max_bytes: int) -> tuple[BerichtMetadata, bytes]:
    """The two parts of a submitted message. The body may be twice as large as a payload: who sends one that is a little too
    large hears which limit holds."""
    soort = request.headers.get("content-type", "")
    if mediatype(request.headers) != "multipart/form-data":
        raise Probleem(
            415,
            "geen-multipart",
            "De inhoud is niet aangekondigd als multipart/form-data.",
            f"Stuur een deel {_METADATA} (application/json) en een deel {_PAYLOAD} (application/octet-stream).",
        )
    try:
        delen = await lees_delen(soort, stroom(request), (_METADATA, _PAYLOAD))
    except NietMeerdelig:
        zin = f"Dit is geen multipart/form-data met een deel {_METADATA} en een deel {_PAYLOAD}."
        raise ongeldig({"body": [zin]}) from None
    if ontbreekt := {naam: ["Dit deel is verplicht."] for naam in (_METADATA, _PAYLOAD) if naam not in delen}:
        raise ongeldig(ontbreekt)
    if len(delen[_METADATA]) > _MAX_METADATA:
        raise ongeldig({_METADATA: ["Dit deel is te groot."]})
    try:
        return lees_metadata(delen[_METADATA]), delen[_PAYLOAD]
    except OngeldigeMetadata as fout:
        raise ongeldig({veld or _METADATA: zinnen for veld, zinnen in fout.problem.errors.items()}) from None


def _niet_geaccepteerd(fout: Afgekeurd) -> Probleem:
    bekend = herken(fout.code)
    return Probleem(
        422,
        "vsp-niet-geaccepteerd",
        fout.melding,
        fout.advies,
        title="Bericht niet geaccepteerd",
        errors={fout.code: [bekend.betekenis if bekend else fout.melding]},
    )
