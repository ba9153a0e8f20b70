"""Hoofdaannemer: what there is in its back-office, and its partners with their contracts."""

from typing import Any

from fastapi import Request, Response

from ...api.antwoord.problemen import niet_gevonden
from ...api.hoofdaannemer import laden
from ...api.hoofdaannemer.bureau import bureau_van
from ...api.rondom.knooppunt import HetKnooppunt, Nu
from ...api.rondom.route import Router
from ...partijen.partij import Partijrol
from ..bureau import BEGIN, bureau_bij, geladen, met_naam
from ..lijsten.heeltabel import Kolom, als_bestanden, blad, gevraagde_vorm, sleutel
from ..menu import Menupunt
from ..scherm import toon
from ..toegang import Lezer
from .contracten import geldt_op

router = Router()

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
    bureau = bureau_bij(knooppunt, ik)
    bestand = laden.neem("partners", bureau, gevraagde_vorm(request))
    if isinstance(bestand, Response):
        return bestand
    alle: dict[str, list[dict[str, Any]]] = {}
    for rij in geladen(bureau, "partners"):
        alle.setdefault(rij["code"], []).append(rij)
    items = [
        {**contracten[0], "contracten": len(contracten), "geldig": sum(geldt_op(een, nu.date()) for een in contracten)}
        for contracten in alle.values()
    ]
    return toon(
        request,
        "partners.html",
        "Partners",
        kruimels=BEGIN,
        blad=blad(request, sorted(items, key=lambda een: str(een["naam"]).casefold()), _KOLOMMEN),
        bestanden=als_bestanden(request),
    )


_KOLOMMEN = [
    Kolom("naam", "Partner", lambda een: een["naam"].casefold(), lambda een: (een["naam"], f"{_PAD}/{een['code']}")),
    sleutel("code", "Code"),
    sleutel("soort", "Soort"),
    sleutel("contracten", "Contracten"),
    sleutel("geldig", "Geldig vandaag"),
]


@router.get(_PAD + "/{code}")
def partner(request: Request, code: str, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """One partner with its contracts."""
    contracten = [rij for rij in geladen(bureau_bij(knooppunt, ik), "partners") if rij["code"] == code]
    if not contracten:
        raise niet_gevonden("Deze partner")
    kruimels = [*BEGIN, ("Partners", _PAD)]
    titel = met_naam({code: contracten[0]["naam"]}, code)
    gelden = [geldt_op(een, nu.date()) for een in contracten]
    return toon(request, "partner.html", titel, kruimels=kruimels, code=code, contracten=contracten, gelden=gelden)
