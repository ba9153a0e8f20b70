"""The cookies of a session: only this host sets and gets them, no script sees them, and no other site sends them along with a form."""

from fastapi import Request, Response

from .oidc import Vraag
from .poort import SESSIEKOEKJE, TOESTELKOEKJE

VRAAGKOEKJE = "__Host-vraag"

_TOESTEL_DAGEN = 365
_VRAAG_SECONDEN = 600


def zet_sessie(antwoord: Response, geheim: str) -> None:
    """From now on a browser shows the secret of this session; it forgets it when it is closed."""
    _zet(antwoord, SESSIEKOEKJE, geheim)


def zet_toestel(antwoord: Response, geheim: str) -> None:
    """From now on a browser shows that someone was here on this device."""
    _zet(antwoord, TOESTELKOEKJE, geheim, _TOESTEL_DAGEN * 24 * 3600)


def wis_sessie(antwoord: Response) -> None:
    """A browser forgets its session."""
    antwoord.delete_cookie(SESSIEKOEKJE, path="/", secure=True, httponly=True, samesite="lax")


def zet_vraag(antwoord: Response, vraag: str | None) -> None:
    """A browser keeps what it asked of a service elsewhere, for as long as someone is there; None forgets it."""
    if vraag is None:
        antwoord.delete_cookie(VRAAGKOEKJE, path="/", secure=True, httponly=True, samesite="lax")
    else:
        _zet(antwoord, VRAAGKOEKJE, vraag, _VRAAG_SECONDEN)


def neem_vraag(request: Request) -> Vraag | None:
    """What this browser asked."""
    return Vraag.lees(request.cookies.get(VRAAGKOEKJE, ""))


def _zet(antwoord: Response, naam: str, geheim: str, seconden: int | None = None) -> None:
    antwoord.set_cookie(naam, geheim, seconden, path="/", secure=True, httponly=True, samesite="lax")
