"""The application: all faces over one node."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from .. import __version__
from ..instellingen import Instellingen
from ..klok import Klok, systeemklok
from ..opslag.database import maak_gereed
from . import berichten, gezondheid, postvak, problemen, toewijzingen
from .knooppunt import Knooppunt


def maak_app(instellingen: Instellingen | None = None, klok: Klok = systeemklok) -> FastAPI:
    """The application for these settings; without them, those of the environment."""
    knooppunt = Knooppunt.maak(instellingen or Instellingen(), klok)

    @asynccontextmanager
    async def leven(_: FastAPI) -> AsyncIterator[None]:
        maak_gereed(knooppunt.engine)
        knooppunt.schemas.laad_alles()
        knooppunt.bel.start()
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
    )
    app.state.knooppunt = knooppunt
    problemen.installeer(app)
    for deel in (berichten, postvak, toewijzingen, gezondheid):
        app.include_router(deel.router)
    return app
