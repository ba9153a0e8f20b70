"""Logging in with the account that someone has at work: there and back."""

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from ...api.antwoord.problemen import niet_gevonden
from ...api.rondom.knooppunt import HetKnooppunt
from ...api.rondom.route import Router
from ...partijen import gebruikers, sessies
from ..formulieren.formulier import Formulierroute
from ..koekjes import neem_vraag, zet_sessie, zet_toestel, zet_vraag
from ..oidc import Klant, Mislukt, Vraag
from ..poort import TOESTELKOEKJE
from ..scherm import toon
from ..toegang import Iedereen

router = Router(route_class=Formulierroute)

_MACHINE = ("localhost", "127.0.0.1", "[::1]")


@router.get("/aanmelden/via/{dienst}")
def heen(request: Request, dienst: str, ik: Iedereen) -> Response:
    """Lead someone to the service."""
    klant, vraag = _klant(request, dienst), Vraag.nieuw()
    try:
        antwoord = RedirectResponse(klant.adres(vraag, _terug(request, dienst)), 303)
    except Mislukt:
        return _mislukt(request, klant)
    zet_vraag(antwoord, str(vraag))
    return antwoord


@router.get("/aanmelden/via/{dienst}/terug")
def terug(
    request: Request, dienst: str, knooppunt: HetKnooppunt, ik: Iedereen, code: str = "", state: str = ""
) -> Response:
    """Begin a session of who the service says that it is, when that is someone here."""
    klant, vraag = _klant(request, dienst), neem_vraag(request)
    if vraag is None or not code or state != vraag.state:
        return _mislukt(request, klant)
    try:
        login = klant.login(vraag, code, _terug(request, dienst))
    except Mislukt:
        return _mislukt(request, klant)
    wie = gebruikers.zoek(knooppunt.engine, login)
    if wie is None or wie.geblokkeerd_op is not None:
        return _mislukt(request, klant, f"{login} is hier geen gebruiker.")
    nu, toestel = request.app.state.klok(), request.cookies.get(TOESTELKOEKJE, "")
    gelukt = sessies.begin(knooppunt.engine, wie, nu, toestel, bevestigd=True)
    antwoord = RedirectResponse("/", 303)
    zet_sessie(antwoord, gelukt.geheim)
    zet_toestel(antwoord, gelukt.toestel)
    zet_vraag(antwoord, None)
    return antwoord


def _klant(request: Request, dienst: str) -> Klant:
    klant: Klant | None = request.app.state.diensten.get(dienst)
    if klant is None:
        raise niet_gevonden("Deze aanmelddienst")
    return klant


def _terug(request: Request, dienst: str) -> str:
    """The address that the service leads back to: by TLS, which a proxy may speak for the node, but on the machine itself."""
    host = request.headers.get("host", "")
    schema = request.url.scheme if host.rpartition(":")[0] in _MACHINE or host in _MACHINE else "https"
    return f"{schema}://{host}/aanmelden/via/{dienst}/terug"


def _mislukt(request: Request, klant: Klant, waarom: str = "") -> Response:
    return toon(
        request, "via-mislukt.html", "Aanmelden lukte niet", status=403, dienst=klant.dienst.naam, waarom=waarom
    )
