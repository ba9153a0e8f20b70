"""The short way in for what hands in a message, which nearly every request does.

The framework would look for the route, build what it depends on and wrap its answer, at a fifth of what a message costs. Here
the same function is called at once. Its description in OpenAPI and its errors are those of the application: one is the route, the
other what stands around it.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import cast

from fastapi import FastAPI, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..partijen.afspraken import Aanmelding
from .berichten import bied_aan
from .deuren.ggk import ontvang_asynchroon
from .deuren.vsp import dien_bericht_in
from .rondom.aanmelding import de_aanmelding
from .rondom.knooppunt import Knooppunt, het_moment

Handler = Callable[[Request, Exception], Awaitable[Response]]
"""Those of this application are all async."""

DEUREN: Mapping[str, Callable[[Request, Knooppunt, Aanmelding, datetime], Awaitable[Response]]] = {
    "/v1/berichten": bied_aan,
    "/ggk/ws/OntvangAsynchroon": ontvang_asynchroon,
    "/vsp/berichten/rest-push/v1/berichten": dien_bericht_in,
}
"""The routes that take a message by POST, by their path."""


class Voordeur:
    """ASGI middleware, within the gate."""

    def __init__(self, app: ASGIApp, buiten: FastAPI, knooppunt: Knooppunt) -> None:
        self._app, self._buiten, self._knooppunt = app, buiten, knooppunt

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        kaal = scope["type"] == "http" and not scope["query_string"] and scope["method"] == "POST"
        neem_aan = DEUREN.get(scope["path"]) if kaal else None
        if neem_aan is None:
            await self._app(scope, receive, send)
            return
        scope["app"] = self._buiten
        verzoek = Request(scope, receive)
        antwoord: Response
        try:
            nu = await het_moment(self._knooppunt, verzoek.headers.get("bv-klok"))
            aanmelding = await de_aanmelding(verzoek, self._knooppunt, None)
            antwoord = await neem_aan(verzoek, self._knooppunt, aanmelding, nu)
        except Exception as fout:
            handlers = self._buiten.exception_handlers
            handler = next((handlers[klasse] for klasse in type(fout).__mro__ if klasse in handlers), None)
            if handler is None:
                raise
            antwoord = await cast(Handler, handler)(verzoek, fout)
        await antwoord(scope, receive, send)
