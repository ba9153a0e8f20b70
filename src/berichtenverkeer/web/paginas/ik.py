"""What is someone's own: the party one acts for, the password, the second step, and logging out everywhere."""

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from ...api.rondom.knooppunt import HetKnooppunt
from ...api.rondom.route import Router
from ...partijen import gebruikers, sessies
from ...partijen.gebruikers import GebruikerFout
from ...partijen.sessies import Fase
from ..formulieren.formulier import Formulierroute
from ..scherm import toon
from ..toegang import Aangemelde, BijTweedeStap, BijWachtwoord, HetFormulier

router = Router(route_class=Formulierroute)

_IK = [("Uw account", "/ik")]


@router.get("/ik")
def bekijk(request: Request, knooppunt: HetKnooppunt, ik: Aangemelde) -> Response:
    """Who one is here, and what one may."""
    return toon(request, "ik.html", "Uw account", plaatsen=sessies.aantal(knooppunt.engine, ik.sessie))


@router.get("/partij")
def kies(request: Request, ik: Aangemelde) -> Response:
    """For whom one may act."""
    return toon(request, "partij.html", "Partij kiezen")


@router.post("/partij")
def neem(request: Request, knooppunt: HetKnooppunt, ik: Aangemelde, formulier: HetFormulier) -> Response:
    """Act for another party from now on."""
    if not sessies.kies_partij(knooppunt.engine, ik.sessie, str(formulier.get("partij", ""))):
        return toon(request, "partij.html", "Partij kiezen", status=422)
    return RedirectResponse("/", 303)


@router.get("/ik/wachtwoord")
def vraag_wachtwoord(request: Request, ik: BijWachtwoord) -> Response:
    """Ask for another password."""
    return toon(request, "wachtwoord.html", "Wachtwoord wijzigen", kruimels=_IK, fouten={})


@router.post("/ik/wachtwoord")
def neem_wachtwoord(request: Request, knooppunt: HetKnooppunt, ik: BijWachtwoord, formulier: HetFormulier) -> Response:
    """Take another password, when the one of now is known."""
    nu, nieuw, nogmaals = (str(formulier.get(naam, "")) for naam in ("huidig", "nieuw", "nogmaals"))
    fouten: dict[str, str] = {}
    if not gebruikers.klopt(ik.sessie.gebruiker, nu):
        fouten["huidig"] = "klopt niet"
    if nieuw != nogmaals:
        fouten["nogmaals"] = "is niet hetzelfde als het nieuwe wachtwoord"
    if not fouten:
        try:
            gebruikers.wijzig_wachtwoord(knooppunt.engine, ik.sessie.gebruiker, nieuw, ik.sessie.hash)
        except GebruikerFout as fout:
            fouten["nieuw"] = str(fout)
    if fouten:
        return toon(request, "wachtwoord.html", "Wachtwoord wijzigen", kruimels=_IK, status=422, fouten=fouten)
    return RedirectResponse("/ik" if ik.ingang.fase is Fase.BINNEN else "/", 303)


@router.get("/ik/tweede-stap")
def toon_geheim(request: Request, ik: BijTweedeStap) -> Response:
    """Show a new secret, and ask for a code of it."""
    return _tweede_stap(request, gebruikers.nieuw_geheim(), {})


@router.post("/ik/tweede-stap")
def neem_geheim(request: Request, knooppunt: HetKnooppunt, ik: BijTweedeStap, formulier: HetFormulier) -> Response:
    """Ask for the second step from now on, when a code of it was given."""
    geheim, code = str(formulier.get("geheim", "")), str(formulier.get("code", "")).replace(" ", "")
    engine, nu = knooppunt.engine, request.app.state.klok()
    if not gebruikers.is_geheim(geheim) or not gebruikers.stel_totp_in(engine, ik.sessie.gebruiker, geheim, code, nu):
        fouten = {"code": "klopt niet; neem de code die nu in uw app staat"}
        return _tweede_stap(request, geheim if gebruikers.is_geheim(geheim) else gebruikers.nieuw_geheim(), fouten)
    sessies.bevestigd(engine, ik.sessie)
    return RedirectResponse("/ik" if ik.ingang.fase is Fase.BINNEN else "/", 303)


def _tweede_stap(request: Request, geheim: str, fouten: dict[str, str]) -> Response:
    return toon(
        request,
        "tweede-stap.html",
        "Tweede stap instellen",
        kruimels=_IK,
        status=422 if fouten else 200,
        fouten=fouten,
        geheim=geheim,
        adres=gebruikers.adres_van_geheim(request.state.ingang.sessie.gebruiker, geheim),
    )
