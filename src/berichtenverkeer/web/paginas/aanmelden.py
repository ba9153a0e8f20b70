"""Logging in and out: a password, then the code of the second step for who has one."""

import re
import secrets
from collections.abc import Mapping
from threading import BoundedSemaphore

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt
from ...api.rondom.route import Router
from ...api.rondom.toestroom import druk
from ...partijen import gebruikers, sessies
from ...partijen.sessies import Wacht
from ..formulieren.formulier import Formulierroute, velden
from ..koekjes import wis_sessie, zet_sessie, zet_toestel
from ..poort import TOESTELKOEKJE
from ..scherm import toon
from ..toegang import NAAR, BijCode, HetFormulier, Iedereen, Ingang

router = Router(route_class=Formulierroute)

_EIGEN = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""An address of ours: a browser takes // and a backslash for the begin of another's."""

_BALIE = BoundedSemaphore(2)
"""Passwords that are held against theirs at a time: each takes memory and time, on purpose."""

_GEDULD = 5.0
"""Seconds that one waits for that."""

_ONJUIST = "De naam of het wachtwoord klopt niet. Let op hoofdletters. Weet u het niet meer? Vraag uw beheerder om een nieuw wachtwoord."


@router.get("/aanmelden")
def formulier(request: Request, ik: Iedereen) -> Response:
    """Who has no device yet gets one: the form carries its key."""
    if request.state.ingang.sessie is not None:
        return RedirectResponse(_hier(request.query_params.get(NAAR)), 303)
    if request.state.ingang.geheim:
        return _toon(request)
    nieuw = secrets.token_urlsafe(32)
    request.state.ingang = Ingang(None, None, nieuw)
    antwoord = _toon(request)
    zet_toestel(antwoord, nieuw)
    return antwoord


@router.post("/aanmelden")
def meld_aan(request: Request, knooppunt: HetKnooppunt, ik: Iedereen, formulier: HetFormulier) -> Response:
    """Hold the password against that of the login."""
    ingevuld = velden(formulier)
    login, wachtwoord = ingevuld.get("login", ""), str(formulier.get("wachtwoord", ""))
    leeg = {naam: "vul dit in" for naam, waarde in (("login", login), ("wachtwoord", wachtwoord)) if not waarde}
    if leeg:
        return _toon(request, login, leeg)
    if not _BALIE.acquire(timeout=_GEDULD):
        raise druk()
    try:
        return _meld_aan(request, knooppunt, login, wachtwoord, _hier(request.query_params.get(NAAR)))
    finally:
        _BALIE.release()


def _meld_aan(request: Request, knooppunt: Knooppunt, login: str, wachtwoord: str, naar: str) -> Response:
    nu = request.app.state.klok()
    toestel = request.cookies.get(TOESTELKOEKJE, "")
    gelukt = sessies.meld_aan(knooppunt.engine, login, wachtwoord, request.state.adres, toestel, nu)
    if isinstance(gelukt, Wacht):
        return _toon(
            request, login, {"": f"Het ging te vaak mis. Probeer het over {gelukt.seconden} seconden opnieuw."}, 429
        )
    if gelukt is None:
        return _toon(request, login, {"": _ONJUIST})
    antwoord = RedirectResponse(naar, 303)
    zet_sessie(antwoord, gelukt.geheim)
    zet_toestel(antwoord, gelukt.toestel)
    return antwoord


@router.get("/aanmelden/code")
def vraag_code(request: Request, ik: BijCode) -> Response:
    """Ask for a code of the second step."""
    return toon(request, "code.html", "Code invullen", fouten={})


@router.post("/aanmelden/code")
def neem_code(request: Request, knooppunt: HetKnooppunt, ik: BijCode, formulier: HetFormulier) -> Response:
    """Hold a code against the secret of the second step."""
    engine, nu = knooppunt.engine, request.app.state.klok()
    wie, code = ik.sessie.gebruiker, velden(formulier).get("code", "").replace(" ", "")
    if wacht := sessies.wacht_op_code(engine, ik.sessie, nu):
        fouten = {"code": f"het ging te vaak mis; probeer het over {wacht} seconden opnieuw"}
        return toon(request, "code.html", "Code invullen", status=429, fouten=fouten)
    if not gebruikers.neem_code(engine, wie, wie.totp or "", code, nu):
        sessies.code_mislukt(engine, ik.sessie, nu)
        fouten = {"code": "klopt niet, of is al gebruikt; neem de code die nu in uw app staat"}
        return toon(request, "code.html", "Code invullen", status=422, fouten=fouten)
    sessies.code_gelukt(engine, ik.sessie)
    antwoord = RedirectResponse("/", 303)
    zet_sessie(antwoord, sessies.bevestig(engine, ik.sessie, nu))
    return antwoord


@router.post("/afmelden")
def meld_af(request: Request, knooppunt: HetKnooppunt, ik: Iedereen, formulier: HetFormulier) -> Response:
    """End this session, or with ``overal`` all of them; in any phase."""
    sessie = request.state.ingang.sessie
    if sessie is not None:
        sessies.meld_af(knooppunt.engine, sessie, overal="overal" in formulier)
    antwoord = RedirectResponse("/aanmelden", 303)
    wis_sessie(antwoord)
    return antwoord


def _hier(naar: str | None) -> str:
    """Where someone wanted to go, when that is a page of ours."""
    return naar if naar is not None and _EIGEN.fullmatch(naar) else "/"


def _toon(request: Request, login: str = "", fouten: Mapping[str, str] | None = None, status: int = 422) -> Response:
    gevraagd = request.query_params.get(NAAR)
    return toon(
        request,
        "aanmelden.html",
        "Aanmelden",
        status=status if fouten else 200,
        login=login,
        fouten=fouten or {},
        naar=_hier(gevraagd) if gevraagd else "",
        diensten=[(woord, klant.dienst.naam) for woord, klant in request.app.state.diensten.items()],
    )
