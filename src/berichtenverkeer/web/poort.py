"""The gate before the pages: who comes in, by the cookie of a session, and nobody's body is read past a bound.

What another site sends does not come in: a form must come from a page of ours (``Origin``), and carries the key of its session besides
(``toegang``). Who has no session may look at what is open, so often a second, and send no more than a password.
"""

from collections.abc import Mapping
from math import ceil
from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from ..api.antwoord.problemen import Probleem
from ..api.hoofdaannemer.laden import SOORTNAMEN
from ..api.rondom.herkomst import herkomst
from ..api.rondom.knooppunt import Knooppunt
from ..api.rondom.poort import Grens, te_veel_van_bewijs
from ..api.rondom.tempo import Tempo
from ..api.rondom.toestroom import Lichaam, Toestroom
from ..klok import Klok
from ..partijen import sessies
from .scherm import toon_probleem
from .toegang import Ingang

SESSIEKOEKJE, TOESTELKOEKJE = "__Host-sessie", "__Host-toestel"
"""Cookies that only this host sets and gets, over TLS or on the machine itself."""

_MET_BESTAND = 100_000
"""Bytes of a form beside the files in it."""

LICHAMEN: Mapping[str, Grens] = {
    "/controleren": lambda i: i.max_bytes + _MET_BESTAND,
    "/declareren": lambda i: i.max_bytes + _MET_BESTAND,
    "/declareren/versturen": lambda i: i.max_bytes + _MET_BESTAND,
    "/versturen": lambda i: i.max_bytes + _MET_BESTAND,
    "/inzetten/meldingen": lambda i: i.max_bytes + _MET_BESTAND,
    "/hoofdaannemer/facturen/controle": lambda i: i.max_bytes + _MET_BESTAND,
    "/hoofdaannemer/facturen/bewaren": lambda i: i.max_bytes + _MET_BESTAND,
    **{f"/hoofdaannemer/laden/{soort}": lambda i: i.max_bytes + _MET_BESTAND for soort in SOORTNAMEN},
}
"""The forms that may be larger than a question in JSON, by the path; a page that takes files stands here."""

_ZONDER_SESSIE = 10_000
"""Bytes of a form of who is not logged in."""

_VEILIG = frozenset({"GET", "HEAD"})


class Paginapoort:
    """ASGI middleware, around the pages."""

    def __init__(self, app: ASGIApp, knooppunt: Knooppunt, klok: Klok) -> None:
        self._app, self._knooppunt, self._klok = app, knooppunt, klok
        i = knooppunt.instellingen
        self._toestroom = Toestroom(i.grote_lichamen, i.plek_wacht)
        self._tempo = Tempo(i.open_per_seconde, i.open_ineens)
        self._tempo_sessie = Tempo(i.bewijs_per_seconde, i.bewijs_ineens)
        self._tempo_formulier = Tempo(i.open_per_seconde / 10, max(i.open_ineens // 10, 1))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        if scope["type"] != "http" or scope["path"].startswith("/statisch/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        lichaam = None
        try:
            request.state.ingang = ingang = await self._wie(request)
            request.state.adres = self._adres(scope)
            if ingang.sessie is None:
                self._eis_tempo(request.state.adres, scope["method"] in _VEILIG)
            elif wacht := self._tempo_sessie.wacht(ingang.sessie.gebruiker.id):
                raise te_veel_van_bewijs(wacht)
            if scope["method"] not in _VEILIG:
                _eis_eigen(request)
                wie = ingang.sessie.gebruiker.id if ingang.sessie else request.state.adres
                lichaam = Lichaam(receive, self._grens(scope["path"], ingang), self._toestroom, wie)
                lichaam.eis_niet_veel_te_groot(scope)
            await self._app(scope, lichaam or receive, send)
        except Probleem as probleem:
            await toon_probleem(request, probleem)(scope, receive, send)
        finally:
            if lichaam is not None:
                lichaam.klaar()

    async def _wie(self, request: Request) -> Ingang:
        geheim = request.cookies.get(SESSIEKOEKJE, "")
        sessie = None
        if geheim:
            sessie = await run_in_threadpool(sessies.zoek, self._knooppunt.engine, geheim, self._klok())
        if sessie is None:
            return Ingang(None, None, request.cookies.get(TOESTELKOEKJE, ""))
        return Ingang(sessie, sessies.fase(sessie, streng=not self._knooppunt.instellingen.proefmodus), geheim)

    def _grens(self, pad: str, ingang: Ingang) -> int:
        if ingang.sessie is None:
            return _ZONDER_SESSIE
        i = self._knooppunt.instellingen
        return LICHAMEN[pad](i) if pad in LICHAMEN else i.json_max_bytes

    def _adres(self, scope: Scope) -> str:
        return herkomst(scope, self._knooppunt.instellingen.vertrouwde_proxy)

    def _eis_tempo(self, adres: str, veilig: bool) -> None:
        """A password costs more than a look, so it may be tried a tenth as often."""
        if wacht := (self._tempo if veilig else self._tempo_formulier).wacht(adres):
            raise Probleem(
                429,
                "te-veel",
                "Er komen van dit adres te veel vragen van wie niet is aangemeld.",
                "Wacht even en probeer het opnieuw.",
                {"Retry-After": str(ceil(wacht))},
            )


def _eis_eigen(request: Request) -> None:
    """Raise problem 403 for a form that does not come from a page of ours. Behind a proxy that speaks TLS the scheme differs."""
    van = request.headers.get("origin", "")
    if urlsplit(van).netloc != request.headers.get("host"):
        raise Probleem(
            403,
            "van-elders",
            "Dit formulier komt niet van een bladzijde van dit knooppunt.",
            "Open de bladzijde zelf en vul het formulier daar in.",
        )
