"""Judging a message before it is sent. Nothing is stored."""

from anyio import to_thread
from fastapi import Request
from pydantic import BaseModel, Field

from ..inname.tuig import Tuig
from ..oordeel.weigering import van_fout
from ..partijen.partij import Partij
from ..regels.bevinding import Bevinding, Ernst
from ..regels.controle import controleer
from ..standaard.fouten import Berichtfout
from ..standaard.schema import Schemas
from ..standaard.xml import is_zwaar
from .antwoord.problemen import BevindingUit, antwoorden
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Knooppunt
from .rondom.lichaam import BYTES, XML_SOORTEN, lees_xml
from .rondom.route import Router

router = Router(tags=["berichten"])


class ControleUit(BaseModel):
    """What was found in a message."""

    berichtsoort: str = Field(examples=["WMO305"])
    geldig: bool = Field(description="er is niets dat afkeurt; een signaal keurt niet af")
    bevindingen: list[BevindingUit]


@router.post(
    "/controleren",
    responses=antwoorden(400, 401, 413, 415, 422),
    openapi_extra={"requestBody": {"required": True, "content": {soort: {"schema": BYTES} for soort in XML_SOORTEN}}},
)
async def controleer_bericht(request: Request, knooppunt: HetKnooppunt, partij: DePartij) -> ControleUit:
    """Controleer een bericht voor u het verstuurt: het XSD en de regels binnen het bericht. Er wordt niets bewaard.

    Wat van eerdere berichten afhangt, staat hier niet bij; dat zegt het oordeel als u het bericht aanbiedt.
    """
    return await controle(await lees_xml(request), knooppunt, partij)


async def controle(data: bytes, knooppunt: Knooppunt, partij: Partij) -> ControleUit:
    """What is found in a message, without the signalen that a party does not want to hear. Raises ``Weigering`` for what cannot be
    read as a message at all."""
    grens = knooppunt.instellingen.max_bytes
    if is_zwaar(data, knooppunt.instellingen.direct_tot_bytes):
        kind = knooppunt.kinderen.voor(len(data))
        soort, gevonden = await kind.laat_doen(_groot, data, grens, van=partij.code)
    else:
        soort, gevonden = await to_thread.run_sync(_gevonden, data, knooppunt.schemas, grens, limiter=knooppunt.los)
    return ControleUit(
        berichtsoort=soort,
        geldig=all(bevinding.ernst is Ernst.SIGNAAL for bevinding in gevonden),
        bevindingen=[
            BevindingUit.model_validate(bevinding, from_attributes=True)
            for bevinding in gevonden
            if bevinding.ernst is not Ernst.SIGNAAL or bevinding.regel not in partij.signaal_uit
        ],
    )


def _groot(tuig: Tuig, data: bytes, max_bytes: int) -> tuple[str, tuple[Bevinding, ...]]:
    """The same for a large document, in another process."""
    return _gevonden(data, tuig.schemas, max_bytes)


def _gevonden(data: bytes, schemas: Schemas, max_bytes: int) -> tuple[str, tuple[Bevinding, ...]]:
    try:
        uit = controleer(data, schemas, max_bytes)
    except Berichtfout as fout:
        raise van_fout(fout) from None
    return uit.berichtsoort, uit.bevindingen
