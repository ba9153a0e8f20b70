"""How long requests take, by route: what ``/metrics`` tells of them."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .metingen import Metingen
from .voordeur import DEUREN

_ANDERS = "anders"
"""What is no route of ours: its path may be anything."""


class Duurmeter:
    """ASGI middleware, around all others: the time until an answer begins. ``voor`` is how the paths of a version begin, which its routes
    do not know."""

    def __init__(self, app: ASGIApp, metingen: Metingen, voor: str = "") -> None:
        self._app, self._metingen, self._voor = app, metingen, voor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin = time.perf_counter()

        async def stuur(bericht: Message) -> None:
            if bericht["type"] == "http.response.start":
                status = f"{bericht['status'] // 100}xx"
                self._metingen.verzoeken.meet(time.perf_counter() - begin, scope["method"], self._route(scope), status)
            await send(bericht)

        await self._app(scope, receive, stuur)

    def _route(self, scope: Scope) -> str:
        pad, voor = getattr(scope.get("route"), "path", None), self._voor
        if not isinstance(pad, str):
            return scope["path"] if scope["path"] in DEUREN else _ANDERS
        return f"{voor}{pad}" if scope["path"].startswith(f"{voor}/") and not pad.startswith(f"{voor}/") else pad
