"""Beheer: what there is to look after, the settings of the node with their meaning, and what waits or got stuck."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from ...api.rondom.knooppunt import HetKnooppunt, Nu
from ...api.rondom.route import Router
from ...inname import wachtend
from ...instellingen import instellingen_in_woorden
from ...keten.bezorgen.beheer import opnieuw, vastgelopen
from ...klok import systeemklok
from ...partijen.partij import PartijFout
from ..beheer import BEGIN, PAD, alleen, eis_beheer
from ..formulieren.formulier import Formulierroute
from ..gezegd import gezegd, verder
from ..lijsten.beheerlijst import toon_lijst
from ..lijsten.lijstpagina import Kop
from ..menu import Menupunt
from ..scherm import toon
from ..toegang import BEHEER, Beheer, Operator

router = Router(route_class=Formulierroute)

MENU = Menupunt("Beheer", PAD, 90, BEHEER)


@router.get(PAD)
def begin(request: Request, knooppunt: HetKnooppunt, ik: Beheer) -> Response:
    """What one can look after here, and whether something got stuck."""
    vast = [een for een in vastgelopen(knooppunt.engine) if alleen(ik) in (None, een.partij)]
    return toon(request, "beheer.html", "Beheer", vast=len(vast), eigen=alleen(ik))


class Instellingregel(BaseModel):
    """A setting of the node, as it is now."""

    naam: str
    waarde: str
    standaard: str
    anders: bool
    betekenis: str


@router.get(PAD + "/instellingen")
def instellingen(request: Request, knooppunt: HetKnooppunt, ik: Operator) -> Response:
    """Every setting with what it means; never a secret."""
    items = [
        Instellingregel(
            naam=een.naam, waarde=een.waarde, standaard=een.standaard, anders=een.anders, betekenis=een.betekenis
        )
        for een in instellingen_in_woorden(knooppunt.instellingen)
    ]
    return toon_lijst(
        request,
        "Instellingen van het knooppunt",
        Instellingregel,
        items,
        (
            Kop("Variabele", "naam"),
            Kop("Nu", "waarde"),
            Kop("Standaard", "standaard"),
            Kop("Gezet", "anders"),
            Kop("Wat het is", "betekenis"),
        ),
        kruimels=BEGIN,
        leeg="Er zijn geen instellingen.",
        inleiding="Een instelling verandert u met een omgevingsvariabele of een optie van 'berichtenverkeer serve'; zij geldt na een nieuwe start. "
        "Wachtwoorden, sleutels en het adres van de database staan er niet bij.",
    )


class Bezorgregel(BaseModel):
    """What could not be pushed to a party."""

    partij: str
    nummer: str
    pogingen: int
    sinds: datetime
    volgende_op: datetime | None
    stand: str
    reden: str


@router.get(PAD + "/wachtrijen")
def wachtrijen(request: Request, knooppunt: HetKnooppunt, ik: Beheer, nu: Nu) -> Response:
    """What waits, and what got stuck on its way to a party."""
    eigen = alleen(ik)
    vast = [een for een in vastgelopen(knooppunt.engine) if eigen in (None, een.partij)]
    items = [
        Bezorgregel(
            partij=een.partij,
            nummer=een.nummer,
            pogingen=een.pogingen,
            sinds=een.sinds,
            volgende_op=een.volgende_op,
            stand="nu bezig" if een.bezig else "wordt opnieuw geprobeerd" if een.volgende_op else "afgebroken",
            reden=een.reden,
        )
        for een in vast
    ]
    return toon_lijst(
        request,
        "Wachtrijen",
        Bezorgregel,
        items,
        (
            Kop("Partij", "partij"), Kop("Nummer", "nummer"), Kop("Sinds", "sinds"), Kop("Pogingen", "pogingen"), Kop("Stand", "stand"),
            Kop("Volgende poging", "volgende_op"), Kop("Waarom het niet lukte", "reden"),
        ),
        kruimels=BEGIN,
        leeg="Er is niets vastgelopen: alles wat naar een eindpunt moet, is bezorgd of nog niet geprobeerd.",
        sjabloon="wachtrijen.html",
        wachtrijen=_wachtrijen(wachtend.stand(knooppunt.engine, eigen)),
        partijen=list(dict.fromkeys(een.partij for een in vast)),
        gezegd=gezegd(request),
    )  # fmt: skip


@router.post(PAD + "/wachtrijen/{code}/opnieuw")
def begin_opnieuw(request: Request, code: str, knooppunt: HetKnooppunt, ik: Beheer) -> Response:
    """Try again what could not be pushed to a party."""
    eis_beheer(ik, code)
    try:
        aantal = opnieuw(knooppunt.engine, code, systeemklok())
    except PartijFout as fout:
        return verder(request, f"{PAD}/wachtrijen", str(fout))
    knooppunt.bezorger.wek()
    berichten = f"{aantal} {'bericht' if aantal == 1 else 'berichten'}"
    return verder(request, f"{PAD}/wachtrijen", f"Het knooppunt begint opnieuw met {berichten} voor {code}.")


def _wachtrijen(gevonden: Sequence[wachtend.Wachtrij]) -> list[list[Any]]:
    return [[een.naam, een.aantal, een.oudste, een.uitleg] for een in gevonden]
