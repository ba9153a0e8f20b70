"""Uitleg: what a rule asks and what a retourcode means, each with an address of its own. Open to all."""

from fastapi import APIRouter, Request, Response

from ...api import standaard
from ...api.tabel import Gedaante
from ..menu import Menupunt
from ..scherm import Kruimels, toon
from ..toegang import AANGEMELD, Iedereen

router = APIRouter()

MENU = Menupunt("Uitleg", "/uitleg", 110, AANGEMELD)

_UITLEG: Kruimels = [("Uitleg", "/uitleg")]


@router.get("/uitleg")
async def begin(request: Request, ik: Iedereen) -> Response:
    """What there is to look up."""
    return toon(request, "uitleg.html", "Uitleg")


@router.get("/regels")
async def regels(request: Request, ik: Iedereen) -> Response:
    """Every rule."""
    uit = await standaard.regels(Gedaante.JSON)
    assert not isinstance(uit, Response)
    return toon(request, "regels.html", "Regels", kruimels=_UITLEG, items=uit.items)


@router.get("/regels/{code}")
async def regel(request: Request, code: str, ik: Iedereen) -> Response:
    """One rule."""
    uit = await standaard.regel(code)
    kruimels = [*_UITLEG, ("Regels", "/regels")]
    return toon(request, "regel.html", f"Regel {uit.code}", kruimels=kruimels, regel=uit)


@router.get("/retourcodes")
async def retourcodes(request: Request, ik: Iedereen) -> Response:
    """Every retourcode."""
    uit = await standaard.alle_retourcodes(Gedaante.JSON)
    assert not isinstance(uit, Response)
    return toon(request, "retourcodes.html", "Retourcodes", kruimels=_UITLEG, items=uit.items)


@router.get("/retourcodes/{code}")
async def retourcode(request: Request, code: str, ik: Iedereen) -> Response:
    """One retourcode."""
    uit = await standaard.een_retourcode(code)
    kruimels = [*_UITLEG, ("Retourcodes", "/retourcodes")]
    return toon(request, "retourcode.html", f"Retourcode {uit.code}", kruimels=kruimels, code=uit)
