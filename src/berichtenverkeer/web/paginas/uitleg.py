"""Uitleg: what a rule asks, what a retourcode means, how things go and within what time, each with an address of its own. Open to all."""

from fastapi import APIRouter, Request, Response

from ...api import standaard
from ...api.knooppunt import HetKnooppunt
from ...api.problemen import niet_gevonden
from ...api.tabel import Gedaante
from ...hoofdaannemer.levenslopen import TABELLEN
from ...levensloop.termijnen import TERMIJNEN
from ...standaard.codelijst import codelijsten
from ...standaard.domein import Domein
from ...werklijsten.alle import LIJSTEN
from .. import diagram
from ..menu import Menupunt
from ..scherm import Kruimels, toon
from ..toegang import AANGEMELD, Iedereen
from ..woorden import woorden

router = APIRouter()

MENU = Menupunt("Uitleg", "/uitleg", 110, AANGEMELD)

_UITLEG: Kruimels = [("Uitleg", "/uitleg")]
_LEVENSLOPEN = {naam.lower(): naam for naam in TABELLEN}


@router.get("/uitleg")
async def begin(request: Request, ik: Iedereen) -> Response:
    """What there is to look up."""
    return toon(request, "uitleg.html", "Uitleg")


@router.get("/regels")
async def regels(request: Request, ik: Iedereen, zoek: str = "") -> Response:
    """Every rule, or those in which a word stands."""
    uit = await standaard.regels(Gedaante.JSON)
    assert not isinstance(uit, Response)
    gezocht = zoek.strip().lower()
    items = [een for een in uit.items if gezocht in f"{een.code} {een.eis} {een.retourcode}".lower()]
    return toon(request, "regels.html", "Regels", kruimels=_UITLEG, items=items, zoek=zoek)


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


@router.get("/codelijsten")
async def alle_codelijsten(request: Request, ik: Iedereen) -> Response:
    """Every code list, of each law."""
    per_wet = {domein: codelijsten(domein) for domein in Domein}
    return toon(request, "codelijsten.html", "Codelijsten", kruimels=_UITLEG, per_wet=per_wet)


@router.get("/codelijsten/{code}")
async def een_codelijst(
    request: Request, code: str, knooppunt: HetKnooppunt, ik: Iedereen, domein: Domein = Domein.IWMO
) -> Response:
    """One code list of a law."""
    uit = await standaard.lijst(code, Gedaante.JSON, knooppunt, domein)
    assert not isinstance(uit, Response)
    kruimels = [*_UITLEG, ("Codelijsten", "/codelijsten")]
    return toon(request, "codelijst.html", f"{uit.codelijst} {uit.naam}", kruimels=kruimels, lijst=uit)


@router.get("/levensloop")
async def levenslopen(request: Request, ik: Iedereen) -> Response:
    """What has a life cycle."""
    soorten = [(naam, f"/levensloop/{plek}", TABELLEN[naam][1]) for plek, naam in _LEVENSLOPEN.items()]
    return toon(request, "levenslopen.html", "Levensloop", kruimels=_UITLEG, soorten=soorten)


@router.get("/levensloop/{soort}")
async def levensloop(request: Request, soort: str, ik: Iedereen) -> Response:
    """One life cycle, as a picture and as a table that says the same."""
    if (naam := _LEVENSLOPEN.get(soort)) is None:
        raise niet_gevonden("Deze levensloop")
    tabel, uitleg = TABELLEN[naam]
    kruimels = [*_UITLEG, ("Levensloop", "/levensloop")]
    return toon(
        request,
        "levensloop.html",
        f"Levensloop van een {naam.lower()}",
        kruimels=kruimels,
        tabel_van=tabel,
        uitleg=uitleg,
        tekening=diagram.teken(tabel),
    )


@router.get("/termijnen")
async def termijnen(request: Request, ik: Iedereen) -> Response:
    """Within what time what must be done, and the work lists that watch over it."""
    return toon(request, "termijnen.html", "Termijnen", kruimels=_UITLEG, termijnen=TERMIJNEN, lijsten=LIJSTEN.values())


@router.get("/woorden")
async def lijst_van_woorden(request: Request, ik: Iedereen) -> Response:
    """What the words mean that are ours."""
    return toon(request, "woorden.html", "Woorden", kruimels=_UITLEG, woorden=woorden())
