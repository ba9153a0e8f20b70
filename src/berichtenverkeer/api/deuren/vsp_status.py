"""VSP, status: what became of what was handed in."""

from typing import Annotated

from fastapi import Query
from fastapi.responses import JSONResponse

from ...keten.deuren.vspstatus import statussen
from ...keten.envelop.vsp import BerichtstatusGegevens, Uuid
from ...opslag.database import momentopname
from ..antwoord.problemen import antwoorden
from ..rondom.aanmelding import DeAanmelding
from ..rondom.knooppunt import HetKnooppunt
from ..rondom.route import Router
from .vspvorm import HOOGSTENS, VspRoute, ongeldig

router = Router(prefix="/vsp/berichtstatus/rest-pull/v3", tags=["vsp"], route_class=VspRoute)


@router.get("/berichtstatussen", response_model=list[BerichtstatusGegevens], responses=antwoorden(400, 401))
def geef_statussen(
    knooppunt: HetKnooppunt,
    aanmelding: DeAanmelding,
    traceerId: Annotated[Uuid | None, Query(description="Van dit bericht en van wat erop antwoordt")] = None,
    conversatieId: Annotated[Uuid | None, Query(description="Van alles in deze conversatie")] = None,
) -> JSONResponse:
    """Hoe ver een bericht is dat u verstuurde, indiende of kreeg, met wat erover te melden is. Hoogstens 250."""
    if (traceerId is None) == (conversatieId is None):
        zin = "Geef een traceerId of een conversatieId, en niet allebei."
        raise ongeldig({"traceerId": [zin], "conversatieId": [zin]})
    with momentopname(knooppunt.engine) as verbinding:  # meanwhile a zending may become a message
        gevonden = statussen(
            verbinding, aanmelding.partijen, HOOGSTENS, traceer_id=traceerId, conversatie_id=conversatieId
        )
    return JSONResponse(gevonden)
