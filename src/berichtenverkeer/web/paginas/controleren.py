"""Controleren: a message is pasted or chosen, judged, and shown with what was found beside its lines. Nothing of it is stored.

Who may send, sends it from here: what was shown is what goes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ...api import berichten
from ...api.antwoord.problemen import BevindingUit, Probleem, niet_gevonden
from ...api.berichten import BerichtUit
from ...api.controleren import ControleUit, controle
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...oordeel.weigering import Weigering
from ...voorstel.voorstellen import identificatie_uit
from ..beelden import xmlblik
from ..formulieren.bestanden import TEKST, Document, lees_documenten
from ..formulieren.formulier import Formulierroute, Onjuist
from ..formulieren.inpakken import BERICHT, lees_alle, te_pakken
from ..formulieren.versturen import bied_aan
from ..menu import Menupunt
from ..scherm import Kruimels, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker, noteer_inzage
from .berichten import codes_van, haal_gesprek, mag_verbeteren

router = Router(route_class=Formulierroute)

MENU = Menupunt("Controleren", "/controleren", 25)

MEESTE_TEKENS = 40_000
"""The longest text that stands in a form, so that a page stays small; what is longer is given as a file again."""

_IDENTIFICATIE = re.compile(rb"(<(?:[\w.-]+:)?Identificatie>)[^<]*(?=<)")


@dataclass(frozen=True, slots=True)
class Verslag:
    """What was found in a document; ``uit`` is None for what could not be read as a message at all."""

    document: Document
    uit: ControleUit | None
    bevindingen: Sequence[BevindingUit]

    @property
    def goed(self) -> bool:
        """Whether nothing of it refuses."""
        return self.uit is not None and self.uit.geldig


@router.get("/controleren")
async def vraag(request: Request, ik: Lezer) -> Response:
    """Ask for a message."""
    return _toon(request, "Controleren", ik, [])


@router.post("/controleren")
async def controleer(request: Request, knooppunt: HetKnooppunt, ik: Lezer, formulier: HetFormulier) -> Response:
    """Judge what was given."""
    try:
        documenten = await _documenten(formulier, knooppunt.instellingen.max_bytes)
    except Onjuist as onjuist:
        ingevuld = formulier.get(TEKST)
        return _toon(
            request, "Controleren", ik, [], tekst=ingevuld if isinstance(ingevuld, str) else "", fouten=onjuist.fouten
        )
    verslagen = [await _verslag(document, knooppunt, ik) for document in documenten]
    return await run_in_threadpool(_toon, request, "Controleren", ik, verslagen)


@router.get("/berichten/{id}/verbeteren")
def verbeter(request: Request, id: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
    """A message that was refused, to be mended and sent again; it has an Identificatie of its own already."""
    bericht = BerichtUit.model_validate(berichten.een(id, knooppunt, ik.partij))
    if not mag_verbeteren(bericht, haal_gesprek(bericht.id, knooppunt, ik), ik):
        raise niet_gevonden("Een afgekeurd bericht van u met dit nummer")
    data = bytes(berichten.haal_op(bericht.id, knooppunt, ik.partij).body)
    noteer_inzage("xml geopend", ik, f"/berichten/{bericht.id}")
    if len(data) > MEESTE_TEKENS:
        raise Probleem(
            413,
            "te-groot-om-te-verbeteren",
            "Dit bericht is te groot om op een bladzijde te verbeteren.",
            "Haal de XML op bij het bericht, verbeter haar op uw computer, en kies het bestand bij Controleren.",
        )
    soort = bericht.berichtsoort
    tekst = nieuw_genummerd(data, identificatie_uit(bericht.id, soort, nu)).decode("utf-8", "replace")
    kruimels = [("Berichten", "/berichten"), (f"{soort} {bericht.identificatie}", f"/berichten/{bericht.id}")]
    return _toon(request, f"{soort} verbeteren", ik, [], tekst=tekst, kruimels=kruimels, verbeterd=bericht)


@router.post("/versturen")
async def verstuur(
    request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Send a message: what was shown, or the file that was chosen again."""
    try:
        documenten = await _documenten(formulier, knooppunt.instellingen.max_bytes)
        if len(documenten) > 1:
            raise Onjuist({TEKST: "verstuur de berichten één voor één"})
    except Onjuist as onjuist:
        return _toon(request, "Versturen", ik, [], fouten=onjuist.fouten)
    [document] = documenten
    try:
        ontvangst = await bied_aan(request, document.data, knooppunt, ik, nu)
    except Weigering as weigering:
        verslag = Verslag(document, None, _van_weigering(weigering))
        return await run_in_threadpool(_toon, request, "Niet verstuurd", ik, [verslag])
    return RedirectResponse(f"/berichten/{ontvangst.id}", 303)


async def _documenten(formulier: FormData, hoogstens: int) -> Sequence[Document]:
    """What was given, or what comes along of a page that made it. Raises ``Onjuist``."""
    return lees_alle(formulier, BERICHT, hoogstens) or await lees_documenten(formulier, hoogstens)


def nieuw_genummerd(data: bytes, identificatie: str) -> bytes:
    """A message with another Identificatie, so that it is not the one that was refused."""
    return _IDENTIFICATIE.sub(rb"\g<1>" + identificatie.encode(), data, count=1)


async def _verslag(document: Document, knooppunt: Knooppunt, ik: Ik) -> Verslag:
    try:
        uit = await controle(document.data, knooppunt, ik.partij)
    except Weigering as weigering:
        return Verslag(document, None, _van_weigering(weigering))
    return Verslag(document, uit, uit.bevindingen)


def _van_weigering(weigering: Weigering) -> list[BevindingUit]:
    """Why a document is no message that is taken in, as what was found in it."""
    if weigering.bevindingen:
        return [BevindingUit.model_validate(een, from_attributes=True) for een in weigering.bevindingen]
    return [
        BevindingUit(
            regel=weigering.reden,
            niveau="xsd",
            retourcode=None,
            regelnummer=weigering.regelnummer,
            pad=weigering.pad,
            element=weigering.pad.rpartition("/")[2],
            melding=weigering.melding,
            advies=weigering.advies,
        )
    ]


def _toon(
    request: Request,
    titel: str,
    ik: Ik,
    verslagen: Sequence[Verslag],
    *,
    tekst: str = "",
    fouten: Mapping[str, str] | None = None,
    kruimels: Kruimels = (),
    verbeterd: BerichtUit | None = None,
) -> Response:
    """The form, with what came of it. One document is shown with its lines; of more what was found in each."""
    een = verslagen[0] if len(verslagen) == 1 else None
    if een is not None:
        tekst = een.document.data.decode("utf-8", "replace")
    past = len(tekst) <= MEESTE_TEKENS
    return toon(
        request,
        "controleren.html",
        titel,
        kruimels=kruimels,
        status=422 if fouten else 200,
        fouten=fouten or {},
        tekst=tekst if past else "",
        past=past,
        mee="" if past or een is None or not een.goed else te_pakken(een.document.data),
        een=een,
        blik=xmlblik.kijk(een.document.data, een.bevindingen, met_bsn=True) if een else None,
        codes=codes_van(list(een.bevindingen)) if een else [],
        verslagen=verslagen if een is None else [],
        meeste=max(3, xmlblik.MEESTE_BEVINDINGEN // max(1, len(verslagen))),
        verbeterd=verbeterd,
        versturen=ik.mag(MEDEWERKER),
    )
