"""Polling: what lies ready, from where one left off; and saying that it arrived safely."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from ..hoofdaannemer.overgangen import Zorgmeldingsoort
from ..keten.deuren.postvak import bladzijde, tel
from ..keten.envelop.vsp import (
    Basisgegevens,
    Berichtstatus,
    Context,
    PostvakMetadata,
    Referentiegegevens,
    Routeringgegevens,
)
from ..klok import in_utc
from ..opslag.berichten import enveloppen
from ..opslag.database import schrijvend
from ..partijen.partij import Partij
from .antwoord.lijst import AANTAL, Aantal
from .antwoord.moment import Moment
from .antwoord.problemen import Probleem, antwoorden, niet_gevonden
from .rondom.aanmelding import DePartij, eis_nog_aangemeld
from .rondom.knooppunt import HetKnooppunt, Knooppunt, Nu, eis_id
from .rondom.route import Router
from .tabel import PER_BLAD, DeGedaante, Gedaante, in_bladen, lijst_antwoorden, stroom

router = Router(prefix="/postvak/berichten", tags=["postvak"])

_KIJK_ELKE = 1.0
"""Seconds between looks while waiting, for messages that another process took in and could not tell."""


class PostvakItem(PostvakMetadata):
    """A message that lies ready: the metadata of VSP, with its number in this postvak and its status."""

    volgnummer: int
    status: Berichtstatus


class PostvakMelding(BaseModel):
    """What a partner is told of an inzet: that it begins or changes, or that it ends. It came by no message, and is not acknowledged."""

    volgnummer: int
    status: Berichtstatus
    soort: Zorgmeldingsoort
    inzet: str
    hoofdaannemer: str
    moment: Moment
    pad: str = Field(
        description="waar de melding staat",
        examples=["/v1/inzetten/7d444840-9dc0-4ad1-a5b8-0f1f3a1c2e11/inzorgmelding"],
    )


class Postvakrij(BaseModel):
    """The same as a row of a table: of a message the columns of ``PostvakItem``, of a melding those of ``PostvakMelding``."""

    volgnummer: int
    status: Berichtstatus
    routeringgegevens: Routeringgegevens | None = None
    referentiegegevens: Referentiegegevens | None = None
    verwerkingscontext: tuple[Context, ...] | None = None
    basisgegevens: Basisgegevens | None = None
    soort: Zorgmeldingsoort | None = None
    inzet: str | None = None
    hoofdaannemer: str | None = None
    moment: Moment | None = None
    pad: str | None = None


class Postvak(BaseModel):
    """A page, and the cursor that gives what comes later."""

    items: list[PostvakItem | PostvakMelding]
    volgende: str
    aantal: int | None = AANTAL


class Ontvangstbevestiging(BaseModel):
    traceerId: str
    status: Berichtstatus


@router.get("", response_model=Postvak, responses=lijst_antwoorden(400, 401))
async def luister(
    request: Request,
    knooppunt: HetKnooppunt,
    partij: DePartij,
    na: Annotated[str | None, Query(description="`volgende` van een eerder antwoord")] = None,
    limit: Annotated[int, Query(ge=1, le=250)] = 100,
    wacht: Annotated[float, Query(ge=0, description="Zoveel seconden wachten tot er iets is")] = 0,
    aantal: Aantal = False,
    *,
    gedaante: DeGedaante,
) -> Response:
    """Alles in uw postvak, het oudste eerst, ook wat bevestigd is. Ophalen haalt niets weg.

    Een partner van een hoofdaannemer vindt er ook zijn inzorgmeldingen en uitzorgmeldingen: die hebben een `inzet` en geen bericht.
    In een tabel (CSV, XLSX) heeft zo'n rij een `soort`, en zijn de kolommen van een bericht leeg.
    """
    vanaf = _cursor(na)
    tot = time.monotonic() + min(wacht, knooppunt.instellingen.wacht_hoogstens)
    basis_url = str(request.base_url).rstrip("/")
    if gedaante is not Gedaante.JSON:
        return await run_in_threadpool(_als_tabel, knooppunt, partij, vanaf, basis_url, gedaante)
    while True:
        oproep = knooppunt.bel.oproep(partij.code)
        await eis_nog_aangemeld(request, knooppunt)
        items = await run_in_threadpool(_lees, knooppunt, partij, vanaf, limit, basis_url)
        rest = tot - time.monotonic()
        if items or rest <= 0 or knooppunt.bel.gesloten or await request.is_disconnected():
            break
        with suppress(TimeoutError):
            await asyncio.wait_for(oproep.wait(), min(rest, knooppunt.omroep.om_de(_KIJK_ELKE)))
    uit: dict[str, Any] = {"items": items, "volgende": str(items[-1]["volgnummer"] if items else vanaf)}
    if aantal:
        uit["aantal"] = await run_in_threadpool(_tel, knooppunt, partij)
    return JSONResponse(uit)


@router.post("/{traceerId}/bevestigd", responses=antwoorden(400, 401, 404))
def bevestig(traceerId: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> Ontvangstbevestiging:
    """Zeg dat een bericht veilig bij u is opgeslagen. Nog eens bevestigen mag."""
    eis_id(traceerId, "Dit bericht")
    with schrijvend(knooppunt.engine) as verbinding:
        if enveloppen.bevestig(verbinding, (partij.code,), traceerId, nu) is None:
            raise niet_gevonden("Dit bericht")
    return Ontvangstbevestiging(traceerId=traceerId, status=Berichtstatus.BEZORGD)


def _cursor(na: str | None) -> int:
    if na is None:
        return 0
    if not (na.isascii() and na.isdigit()) or len(na) > 18:
        raise Probleem(
            400, "cursor-onjuist", "De cursor in 'na' is niet bekend.", "Gebruik 'volgende' uit een eerder antwoord."
        )
    return int(na)


def _tel(knooppunt: Knooppunt, partij: Partij) -> int:
    with knooppunt.engine.connect() as verbinding:
        return tel(verbinding, partij)


def _als_tabel(knooppunt: Knooppunt, partij: Partij, na: int, basis_url: str, gedaante: Gedaante) -> Response:
    def bladen(verbinding: Connection) -> Iterator[list[Postvakrij]]:
        def haal(vanaf: int | None) -> list[tuple[int, Postvakrij]]:
            rijen = bladzijde(verbinding, partij, vanaf or 0, PER_BLAD, basis_url, knooppunt.register.rol_in_vsp)
            return [(rij["volgnummer"], Postvakrij.model_validate(rij)) for rij in rijen]

        return in_bladen(haal, na)

    return stroom(knooppunt, gedaante, "postvak", Postvakrij, bladen)


def _lees(knooppunt: Knooppunt, partij: Partij, na: int, limiet: int, basis_url: str) -> list[dict[str, Any]]:
    with knooppunt.engine.connect() as verbinding:
        items = bladzijde(verbinding, partij, na, limiet, basis_url, knooppunt.register.rol_in_vsp)
    for item in items:  # VSP tells moments by the Dutch clock, our own interface does not
        if (basis := item.get("basisgegevens")) is not None:
            basis["ontvangenOp"] = in_utc(datetime.fromisoformat(basis["ontvangenOp"]))
    return items
