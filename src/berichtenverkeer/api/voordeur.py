"""The short way in for ``POST /v1/berichten``, which nearly every request is.

The framework would look for the route, build what it depends on and wrap its answer, at a fifth of what a message costs. Here
the same function is called at once. Its description in OpenAPI and its errors are those of the application: one is the route, the
other what stands around it.
"""

from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import FastAPI, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .aanmelding import de_aanmelding
from .berichten import bied_aan
from .knooppunt import Knooppunt, het_moment

Handler = Callable[[Request, Exception], Awaitable[Response]]
"""Those of this application are all async."""


class Voordeur:
    """ASGI middleware, within the gate."""

    def __init__(self, app: ASGIApp, buiten: FastAPI, knooppunt: Knooppunt) -> None:
        self._app, self._buiten, self._knooppunt = app, buiten, knooppunt

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        kaal = scope["type"] == "http" and not scope["query_string"]
        if not kaal or scope["path"] != "/v1/berichten" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        scope["app"] = self._buiten
        verzoek = Request(scope, receive)
        antwoord: Response
        try:
            nu = await het_moment(self._knooppunt, verzoek.headers.get("bv-klok"))
            aanmelding = await de_aanmelding(verzoek, self._knooppunt, None)
            antwoord = await bied_aan(verzoek, self._knooppunt, aanmelding, nu)
        except Exception as fout:
            handlers = self._buiten.exception_handlers
            handler = next((handlers[klasse] for klasse in type(fout).__mro__ if klasse in handlers), None)
            if handler is None:
                raise
            antwoord = await cast(Handler, handler)(verzoek, fout)
        await antwoord(scope, receive, send)
