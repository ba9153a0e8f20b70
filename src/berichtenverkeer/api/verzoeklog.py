"""Around all that is asked: the trace of which it is part, a line in the log of what was answered and how long it took, and the same for
``/metrics``."""

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .. import trace
from .rondom.metingen import Metingen
from .rondom.poort import ALTIJD
from .voordeur import DEUREN

log = structlog.get_logger()

_ANDERS = "anders"
"""What is no route of ours: its path may be anything."""

_METHODEN = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
"""Any other is written as ``_ANDERS``: a caller may make one up."""

_STIL = ALTIJD | {"/metrics"}
"""What a machine asks every few seconds has a line in the log only where all is told (debug)."""

_STUK = 500


class Verzoeklog:
    """ASGI middleware, around all others."""

    def __init__(self, app: ASGIApp, metingen: Metingen) -> None:
        self._app, self._metingen = app, metingen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kop = next((waarde for naam, waarde in scope["headers"] if naam == b"traceparent"), b"")
        status = 0
        sinds = time.perf_counter()

        async def stuur(bericht: Message) -> None:
            nonlocal status
            if bericht["type"] == "http.response.start":
                status = bericht["status"]
                duurde = time.perf_counter() - sinds
                self._metingen.verzoeken.meet(duurde, _methode(scope), _route(scope), f"{status // 100}xx")
            await send(bericht)

        with trace.stap("verzoek", trace.begin(kop.decode("latin-1")), trace.Soort.SERVER) as stap:
            try:
                await self._app(scope, receive, stuur)
            finally:
                methode, route = _methode(scope), _route(scope)
                stap.naam = f"{methode} {route}"
                stap.kenmerken |= {
                    "http.request.method": methode,
                    "http.route": route,
                    "http.response.status_code": status,
                }
                stap.mislukt = status >= _STUK
                self._meld(scope, methode, route, status, time.perf_counter() - sinds)

    def _meld(self, scope: Scope, methode: str, route: str, status: int, duurde: float) -> None:
        """Its line. No ``status``: who asked was gone before there was an answer."""
        stil = scope["path"] in _STIL or scope["path"].startswith("/statisch/")
        partijen = scope.get("state", {}).get("partijen")
        wie = {"partij": partijen[0].code} if partijen else {}
        schrijf = log.debug if stil else log.info
        schrijf("verzoek", methode=methode, route=route, status=status, ms=round(duurde * 1000, 1), **wie)


def _route(scope: Scope) -> str:
    pad = getattr(scope.get("route"), "path", None)
    if isinstance(pad, str):
        return pad
    return scope["path"] if scope["path"] in DEUREN else _ANDERS


def _methode(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODEN else _ANDERS
