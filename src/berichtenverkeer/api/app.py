"""The application: all faces over one node."""

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from .. import __version__
from ..instellingen import Instellingen
from ..klok import Klok, systeemklok
from ..opslag.database import maak_gereed
from . import berichten, gezondheid, postvak, problemen, standaard, toewijzingen, validatie
from .knooppunt import Knooppunt

_BEURT = 0.0005
"""Seconds before a thread must give way. The writer waits for the database a dozen times a group, and would each time
wait for the event loop's turn to end: with Python's own 5 ms that is most of its time."""


def zonder_vraag(regel: logging.LogRecord) -> bool:
    """Cut the query off the address in a line of uvicorn's access log: one may look up a person by Bsn."""
    if isinstance(regel.args, tuple) and len(regel.args) == 5 and isinstance(pad := regel.args[2], str):
        regel.args = (*regel.args[:2], pad.partition("?")[0], *regel.args[3:])
    return True


def maak_app(instellingen: Instellingen | None = None, klok: Klok = systeemklok) -> FastAPI:
    """The application for these settings; without them, those of the environment."""
    knooppunt = Knooppunt.maak(instellingen or Instellingen(), klok)

    @asynccontextmanager
    async def leven(_: FastAPI) -> AsyncIterator[None]:
        maak_gereed(knooppunt.engine)
        knooppunt.schemas.laad_alles()
        knooppunt.bel.start()
        sys.setswitchinterval(_BEURT)
        knooppunt.schrijver.start()
        yield
        knooppunt.schrijver.stop()
        knooppunt.engine.dispose()

    app = FastAPI(
        title="berichtenverkeer",
        version=__version__,
        summary="Berichten van iWmo en iJw 3.2 tussen gemeenten en aanbieders",
        lifespan=leven,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.knooppunt = knooppunt
    problemen.installeer(app)
    logging.getLogger("uvicorn.access").addFilter(zonder_vraag)
    for deel in (berichten, postvak, toewijzingen, validatie, standaard, gezondheid):
        app.include_router(deel.router)
    return app
