"""VSP, fetching: an aanbieder's software looks what lies ready, fetches it, and says that it has it safely."""

from typing import Annotated

from fastapi import Body, Request, Response
from fastapi.responses import JSONResponse

from ...keten.deuren.postvak import NA_BEVESTIGING
from ...keten.deuren.vsppostvak import wachtend
from ...keten.envelop.vsp import PostvakMetadata, Zoekpad
from ...opslag.berichten import enveloppen
from ...opslag.database import schrijvend
from ...partijen.afspraken import Aanmelding
from ..antwoord.problemen import antwoorden, niet_gevonden
from ..rondom.aanmelding import DeAanmelding
from ..rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ..rondom.route import Router
from .vspvorm import HOOGSTENS, Limiet, VspRoute

router = Router(prefix="/vsp/berichten/rest-pull/v1/berichten", tags=["vsp"], route_class=VspRoute)


@router.get("", response_model=list[PostvakMetadata], responses=antwoorden(400, 401))
def haal_lijst(
    request: Request, knooppunt: HetKnooppunt, aanmelding: DeAanmelding, limit: Limiet = HOOGSTENS
) -> JSONResponse:
    """Wat voor u klaarligt en u nog niet bevestigde, het oudste eerst. Pas bevestigen maakt plaats voor wat volgt.

    Met een token of certificaat voor meer partijen: wat voor elk van hen klaarligt, tenzij Bv-Partij er een noemt.
    """
    return _lijst(request, knooppunt, aanmelding, None, limit)


@router.post("/zoeken", response_model=list[PostvakMetadata], responses=antwoorden(400, 401))
def zoek(
    request: Request,
    knooppunt: HetKnooppunt,
    aanmelding: DeAanmelding,
    zoekpad: Annotated[Zoekpad, Body()],
    limit: Limiet = HOOGSTENS,
) -> JSONResponse:
    """Hetzelfde, van één berichtstroom, in één conversatie, of als antwoord op één bericht."""
    return _lijst(request, knooppunt, aanmelding, zoekpad, limit)


@router.get(
    "/{traceerId}/payload",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}, **antwoorden(400, 401, 404)},
)
def haal_payload(
    request: Request, traceerId: str, knooppunt: HetKnooppunt, aanmelding: DeAanmelding, nu: Nu
) -> Response:
    """De bytes van een bericht dat voor u klaarligt: zo vaak u wilt, tot 24 uur nadat u het bevestigde."""
    with knooppunt.engine.connect() as verbinding:
        post = enveloppen.in_postvak(verbinding, aanmelding.codes, traceerId.lower())
        data = post and enveloppen.inhoud(verbinding, post, nu - NA_BEVESTIGING)
    if post is None or data is None:
        raise niet_gevonden("Dit bericht")
    request.state.partijen = (aanmelding.namens(post.partij),)
    return Response(data, media_type="application/octet-stream")


@router.delete(
    "/{traceerId}",
    status_code=202,
    response_class=Response,
    responses={202: {"description": "Bevestigd"}, **antwoorden(400, 401, 404)},
)
def bevestig(request: Request, traceerId: str, knooppunt: HetKnooppunt, aanmelding: DeAanmelding, nu: Nu) -> Response:
    """Zeg dat een bericht veilig bij u is opgeslagen: het verdwijnt uit de lijst. Nog eens bevestigen mag."""
    with schrijvend(knooppunt.engine) as verbinding:
        post = enveloppen.bevestig(verbinding, aanmelding.codes, traceerId.lower(), nu)
    if post is None:
        raise niet_gevonden("Dit bericht")
    request.state.partijen = (aanmelding.namens(post.partij),)
    return Response(status_code=202)


def _lijst(
    request: Request, knooppunt: Knooppunt, aanmelding: Aanmelding, zoekpad: Zoekpad | None, limiet: int
) -> JSONResponse:
    request.state.partijen = aanmelding.partijen
    basis = f"{str(request.base_url).rstrip('/')}{router.prefix}"
    with knooppunt.engine.connect() as verbinding:
        items = wachtend(verbinding, aanmelding.partijen, zoekpad, limiet, basis, knooppunt.register.rol_in_vsp)
    return JSONResponse(items)
