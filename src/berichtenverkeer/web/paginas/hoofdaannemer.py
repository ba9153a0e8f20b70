"""Hoofdaannemer: what there is in its back-office, and its partners with their contracts."""

from typing import Any

from fastapi import APIRouter, Request, Response

from ...api.hoofdaannemer.bureau import bureau_van
from ...api.knooppunt import HetKnooppunt, Nu
from ...api.problemen import niet_gevonden
from ...partijen.partij import Partijrol
from ..bureau import BEGIN, bureau_bij, geladen
from ..menu import Menupunt
from ..scherm import toon
from ..toegang import Lezer

router = APIRouter()

MENU = Menupunt("Hoofdaannemer", "/hoofdaannemer", 50, voor=frozenset({Partijrol.HOOFDAANNEMER}))

_PAD = "/hoofdaannemer/partners"


@router.get("/hoofdaannemer")
def begin(request: Request, knooppunt: HetKnooppunt, ik: Lezer) -> Response:
    """What one can do here."""
    is_een = bureau_van(knooppunt, ik.partij) is not None
    return toon(request, "hoofdaannemer.html", "Hoofdaannemer", is_een=is_een)


@router.get(_PAD)
def partners(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """The partners, each with what it has contracts for."""
    alle: dict[str, list[dict[str, Any]]] = {}
    for rij in geladen(bureau_bij(knooppunt, ik), "partners"):
        alle.setdefault(rij["code"], []).append(rij)
    rijen = [
        [
            (contracten[0]["naam"], f"{_PAD}/{code}"),
            code,
            contracten[0]["soort"],
            len(contracten),
            sum(een["van"] <= nu.date() and (een["tot"] is None or nu.date() <= een["tot"]) for een in contracten),
        ]
        for code, contracten in sorted(alle.items(), key=lambda paar: str(paar[1][0]["naam"]).casefold())
    ]
    return toon(request, "partners.html", "Partners", kruimels=BEGIN, rijen=rijen)


@router.get(_PAD + "/{code}")
def partner(request: Request, code: str, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """One partner with its contracts."""
    contracten = [rij for rij in geladen(bureau_bij(knooppunt, ik), "partners") if rij["code"] == code]
    if not contracten:
        raise niet_gevonden("Deze partner")
    kruimels = [*BEGIN, ("Partners", _PAD)]
    titel = f"{contracten[0]['naam']} ({code})"
    return toon(request, "partner.html", titel, kruimels=kruimels, code=code, contracten=contracten, vandaag=nu.date())
