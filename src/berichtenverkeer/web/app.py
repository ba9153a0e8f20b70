"""The application with its pages: the interface (``api``), and beside it the pages, each with what stands around it."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from ..api.antwoord.problemen import installeer
from ..api.app import maak_app as maak_api
from ..api.rondom.knooppunt import Knooppunt
from ..api.rondom.logwacht import Logwacht, Wegen
from ..api.rondom.route import Route, Router
from ..api.rondom.tekst import Tekstwacht
from ..api.verzoeklog import Verzoeklog
from ..instellingen import Instellingen
from ..klok import Klok, systeemklok
from ..standaard.schema import Schemas
from . import paginas, statisch
from .activiteiten import ACTIVITEITEN
from .menu import Menupunt
from .oidc import Klant, lees_diensten
from .poort import Paginapoort
from .proefspel import Spelkamer
from .scherm import toon_probleem
from .toegang import NietAangemeld, wie_handelt


def maak_app(
    instellingen: Instellingen | None = None,
    klok: Klok = systeemklok,
    schemas: Schemas | None = None,
    sessieklok: Klok = systeemklok,
) -> FastAPI:
    """The application for these settings, without them those of the environment. Sessions go by ``sessieklok``: a tester who sets the
    clock of a node is not logged out by it."""
    paden = [route.path for route in routes()]
    app = maak_api(instellingen, klok, schemas, paden)
    paginas_ = maak_paginas(app.state.knooppunt, sessieklok)
    api_leeft = app.router.lifespan_context

    @asynccontextmanager
    async def leven(app_: FastAPI) -> AsyncIterator[Any]:
        async with api_leeft(app_) as staat:
            try:
                yield staat
            finally:
                await run_in_threadpool(paginas_.state.spelkamer.sluit)

    app.router.lifespan_context = leven
    app.add_middleware(
        Wegwijzer,
        paginas=paginas_,
        van_paginas=_woorden(paden),
        van_ons=_woorden(app.state.paden),
    )
    return app


_MODULES = tuple(import_module(f"{paginas.__name__}.{module.name}") for module in iter_modules(paginas.__path__))
"""Every module of ``paginas``, so that adding one takes its module only."""

ROUTERS: tuple[Router, ...] = (statisch.router, *(module.router for module in _MODULES))


def routes() -> list[Route]:
    """Every route of a page."""
    return [route for router in ROUTERS for route in router.alle]


def maak_paginas(knooppunt: Knooppunt, klok: Klok) -> FastAPI:
    """The pages over a node."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    alle: list[Menupunt] = [module.MENU for module in _MODULES if hasattr(module, "MENU")]
    menu = [punt for punt in alle if knooppunt.instellingen.proefmodus or not punt.proefmodus]
    app.state.knooppunt, app.state.klok = knooppunt, klok
    app.state.menu = sorted(menu, key=lambda punt: punt.plek)
    app.state.bladzijde_van = bladzijde_van
    app.state.spelkamer = Spelkamer()
    app.state.diensten = {woord: Klant(dienst) for woord, dienst in lees_diensten(knooppunt.instellingen.oidc).items()}
    app.router.routes += routes()
    app.add_middleware(
        Logwacht,
        schrijver=knooppunt.logschrijver,
        wegen=Wegen(ACTIVITEITEN),
        wie=wie_handelt,
        toon=toon_probleem,
    )
    app.add_middleware(Paginapoort, knooppunt=knooppunt, klok=klok)
    app.add_middleware(Tekstwacht)
    installeer(app, toon_probleem)
    app.add_middleware(Verzoeklog, metingen=knooppunt.metingen)

    @app.exception_handler(NietAangemeld)
    async def _elders(request: Request, waar: NietAangemeld) -> Response:
        return RedirectResponse(waar.naar, 303)

    return app


def bladzijde_van(pad: str | None) -> str | None:
    """Which page shows what stands at an address of ``/v1``: the same without that, when there is one."""
    if pad is None:
        return None
    kaal = pad.removeprefix("/v1")
    scope = {"type": "http", "path": kaal, "method": "GET", "root_path": ""}
    return kaal if any(route.matches(scope)[0] is Match.FULL for route in routes()) else None


class Wegwijzer:
    """ASGI middleware: what begins with a word of the interface goes there, with a word of the pages to them; what is of neither goes to
    the pages when it is asked for as one, so that a browser sees a page that says so."""

    def __init__(self, app: ASGIApp, paginas: FastAPI, van_paginas: set[str], van_ons: set[str]) -> None:
        self._app, self._paginas = app, paginas
        self._van_paginas, self._van_ons = van_paginas, van_ons

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        hier = scope["type"] == "http" and self._is_pagina(scope)
        await (self._paginas if hier else self._app)(scope, receive, send)

    def _is_pagina(self, scope: Scope) -> bool:
        woord = _woord(scope["path"])
        if woord in self._van_paginas or woord in self._van_ons:
            return woord in self._van_paginas
        return any(naam == b"accept" and b"text/html" in waarde for naam, waarde in scope["headers"])


def _woorden(paden: Iterable[str]) -> set[str]:
    return {_woord(pad) for pad in paden}


def _woord(pad: str) -> str:
    return pad.removeprefix("/").partition("/")[0]
