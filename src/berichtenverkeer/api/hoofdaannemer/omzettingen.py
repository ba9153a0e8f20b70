"""Product conversions of a hoofdaannemer: what was ended and begun, inzetten carried over, and the stops and starts sent."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import Query, Request, Response
from starlette.concurrency import run_in_threadpool

from ...bedrijfsbureau import omzettingen as bureau_
from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...bedrijfsbureau.omzettingen import Omgezet, Welke
from ...oordeel.weigering import Weigering
from ...opslag.bulk import batched
from ...partijen.afspraken import Aanmelding
from ...partijen.partij import Partij
from ...voorstel.omzetting import PER_KEER, Leveringsbericht, leveringsberichten
from ..aanbieden import bied_aan
from ..antwoord.problemen import Probleem, antwoorden, van_weigering
from ..rondom.aanmelding import DeAanmelding, DePartij, eis_nog_aangemeld
from ..rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ..rondom.route import Router
from ..tabel import DeGedaante, in_gedaante, lijst_antwoorden
from ..voorstellen import bureau as voorstelbureau
from .bureau import WORTEL, BureauOfNiets, HetBureau
from .omzetting_uit import (
    Omzetdag,
    Omzettingenlijst,
    Omzettingenvraag,
    Omzettingsbericht,
    Omzettingsberichten,
    Overzetting,
    Overzetvraag,
    Verzending,
    bericht_uit,
    omzetting_uit,
    overzetting_uit,
)

router = Router(prefix=f"{WORTEL}/omzettingen", tags=["hoofdaannemer omzettingen"])

Wacht = Callable[[], Awaitable[None]]
"""Raises when who asks is no longer logged in."""

_TEGELIJK = 64
"""Messages of one call that wait for their verdict at a time: as many as the writer takes together."""


@router.get("", response_model=Omzettingenlijst, responses=lijst_antwoorden(400, 401))
def lijst(
    bureau: BureauOfNiets, vraag: Annotated[Omzettingenvraag, Query()], gedaante: DeGedaante
) -> Omzettingenlijst | Response:
    """Toewijzingen die een gemeente bij een productconversie beëindigde, elk met die ervoor in de plaats kwam, en hoe ver u bent.

    Bij elkaar hoort wat van dezelfde cliënt en gemeente op elkaar aansluit, met een ander product, en na een herindeling wat met hetzelfde
    product verdergaat bij de gemeente waarin zij opging; van meer telt wat het meest gelijk is
    (Einddatum, Omvang, segment). Blijft er een keus over, dan is de stand `niet-eenduidig`.
    """
    items = bureau_.zoek(bureau, vraag.welke) if bureau is not None else []
    return in_gedaante(gedaante, "omzettingen", Omzettingenlijst(items=[omzetting_uit(een) for een in items]))


@router.post("/overzetten", response_model=Overzetting, responses=lijst_antwoorden(400, 401, 404, 422))
def zet_over(
    vraag: Overzetvraag,
    knooppunt: HetKnooppunt,
    bureau: HetBureau,
    nu: Nu,
    gedaante: DeGedaante,
    proef: Annotated[bool, Query(description="zeg alleen wat er zou gebeuren; er wordt niets bewaard")] = False,
) -> Overzetting | Response:
    """Zet alle inzetten op beëindigde toewijzingen over naar die ervoor in de plaats kwamen: zelfde partner, zelfde tot, zelfde antwoord.

    Wat kan, gebeurt in één keer; van de rest staat er waarom niet, en wat u kunt doen. Nog eens vragen zet niets dubbel over. Iedere partner
    krijgt een inzorgmelding met het nieuwe nummer.
    """
    klassen = {een.oud: een.nieuw for een in vraag.klassen}
    if len(klassen) < len(vraag.klassen):
        raise Probleem(
            422, "klasse-dubbel", "Een oude klasse staat er meer dan één keer in.", "Noem iedere klasse één keer."
        )
    uitkomsten = bureau_.zet_over(bureau, vraag.welke, klassen, nu, proef=proef)
    if not proef:
        knooppunt.bel.lui_bij({een.ingezet.inzet.partner for een in uitkomsten if een.naar is not None})
    return in_gedaante(gedaante, "overgezet", overzetting_uit(uitkomsten, proef=proef))


@router.get("/berichten", response_model=Omzettingsberichten, responses=lijst_antwoorden(400, 401))
def berichten(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    bureau: BureauOfNiets,
    nu: Nu,
    vraag: Annotated[Omzettingenvraag, Query()],
    gedaante: DeGedaante,
) -> Omzettingsberichten | Response:
    """De stopberichten en startberichten die bij de omzettingen horen en nog niet zijn verstuurd, met wat de regels ervan zeggen.

    Een stop op wat geleverd werd, en een start op wat ervoor in de plaats kwam als de levering doorgaat, vanaf de dag zelf.
    """
    alle = bureau_.zoek(bureau, vraag.welke) if bureau is not None else []
    items = [bericht_uit(een) for een in _maak(knooppunt, partij, nu, alle)]
    return in_gedaante(gedaante, "omzettingsberichten", Omzettingsberichten(items=items))


@router.post("/versturen", responses=antwoorden(400, 401, 404, 422))
async def verstuur(
    vraag: Omzetdag, request: Request, knooppunt: HetKnooppunt, aanmelding: DeAanmelding, bureau: HetBureau, nu: Nu
) -> Verzending:
    """Verstuur alles wat klaar is, in één keer. Wat al verstuurd is gaat niet nog eens, ook niet als twee dit tegelijk vragen."""
    return await verstuur_alle(
        vraag.welke, knooppunt, aanmelding, bureau, nu, lambda: eis_nog_aangemeld(request, knooppunt)
    )


async def verstuur_alle(
    welke: Welke, knooppunt: Knooppunt, aanmelding: Aanmelding, bureau: Bedrijfsbureau, nu: datetime, nog_binnen: Wacht
) -> Verzending:
    """The same, of who is known by ``aanmelding``."""
    items: list[Omzettingsbericht] = []
    for deel in batched(await run_in_threadpool(bureau_.zoek, bureau, welke), PER_KEER):
        gemaakt = await run_in_threadpool(_maak, knooppunt, aanmelding.partij, nu, deel)
        for samen in batched(gemaakt, _TEGELIJK):
            items += await asyncio.gather(*(_verstuur(een, knooppunt, aanmelding, nu, nog_binnen) for een in samen))
    verstuurd = sum(item.bericht is not None for item in items)
    return Verzending(verstuurd=verstuurd, niet_verstuurd=len(items) - verstuurd, items=items)


async def _verstuur(
    een: Leveringsbericht, knooppunt: Knooppunt, aanmelding: Aanmelding, nu: datetime, nog_binnen: Wacht
) -> Omzettingsbericht:
    """Send one, if it can be; what the door refuses does not stop the others."""
    item = bericht_uit(een)
    if een.voorstel.data is None:
        return item
    try:
        data = een.voorstel.data
        ontvangst, _ = await bied_aan(data, knooppunt, aanmelding, nu, nog_binnen)
    except Weigering as weigering:
        inhoud = van_weigering(weigering).inhoud
        item.klaar, item.uitleg = False, [*item.uitleg, str(inhoud["detail"]), str(inhoud["advies"])]
        return item
    item.bericht, item.oordeel = ontvangst.id, str(ontvangst.oordeel)
    return item


def _maak(knooppunt: Knooppunt, partij: Partij, nu: datetime, alle: Sequence[Omgezet]) -> list[Leveringsbericht]:
    with voorstelbureau(knooppunt, partij, nu) as b:
        return list(leveringsberichten(b, alle))
