"""The application: all faces over one node."""

import asyncio
import ipaddress
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI

from .. import logregels, telemetrie
from ..instellingen import Instellingen
from ..klok import Klok, systeemklok
from ..opslag.database import maak_gereed
from ..standaard.berichtsoort import BERICHTSOORTEN
from ..standaard.schema import Schemas
from . import (
    berichten,
    berichtenlijst,
    beschrijving,
    controleren,
    declaraties,
    declaratievoorstel,
    docs,
    gezondheid,
    herindeling,
    logboek,
    metrics,
    postvak,
    productconversie,
    proef,
    rekenen,
    standaard,
    stuurinformatie,
    toewijzingen,
    verzoeken,
    voorstellen,
    webhooks,
    werklijsten,
)
from .activiteiten import ACTIVITEITEN
from .antwoord import problemen
from .beschrijving import Document
from .deuren import ggk, validatie, vsp, vsp_pull, vsp_soap, vsp_status
from .hoofdaannemer.delen import DELEN as HOOFDAANNEMER
from .rondom import poort, tls
from .rondom.aanmelding import wie_handelt
from .rondom.bewaking import SLEUTEL, Bewaking
from .rondom.certificaatwacht import waarschuw
from .rondom.einde import bij_hup, bij_stop
from .rondom.herkanser import Herkanser
from .rondom.knooppunt import Knooppunt, is_id
from .rondom.logwacht import Logwacht, Wegen
from .rondom.route import Router
from .rondom.storingsmaker import Storingsmaker
from .rondom.tekst import Tekstwacht
from .rondom.velden import alleen_bekende_velden
from .uitvoer import exports
from .uitvoer.uitvoerder import Uitvoerder
from .verzoeklog import Verzoeklog
from .voordeur import Voordeur


class Toegangslog(logging.Filter):
    """Leaves in uvicorn's access log only what is not free text: no query, for one may look up a person by Bsn; of the path the
    words of our own routes and what can be one of our ids; and of who calls an address, for it may come from ``X-Forwarded-For``.
    """

    def __init__(self, paden: Iterable[str]) -> None:
        super().__init__()
        self._woorden = {deel for pad in paden for deel in pad.split("/")}

    def filter(self, regel: logging.LogRecord) -> bool:
        """Every line stays."""
        if isinstance(regel.args, tuple) and len(regel.args) == 5 and isinstance(pad := regel.args[2], str):
            delen = pad.partition("?")[0].split("/")
            veilig = (deel if deel in self._woorden or is_id(deel) else "…" for deel in delen)
            regel.args = (_adres(str(regel.args[0])), regel.args[1], "/".join(veilig), *regel.args[3:])
        return True


def _adres(wie: str) -> str:
    host, _, poort = wie.rpartition(":")
    try:
        return f"{ipaddress.ip_address(host.strip('[]'))}:{int(poort)}"
    except ValueError:
        return "…"


def paden_van(routers: Iterable[Router]) -> list[str]:
    """The paths of these routers."""
    return [route.path for router in routers for route in router.alle]


_EIGEN = (
    berichten,
    berichtenlijst,
    controleren,
    postvak,
    toewijzingen,
    verzoeken,
    declaraties,
    werklijsten,
    exports,
    voorstellen,
    productconversie,
    herindeling,
    declaratievoorstel,
    rekenen,
    standaard,
    stuurinformatie,
    webhooks,
    logboek,
    *HOOFDAANNEMER,
)
"""The faces of a node that are its own, under its version: in an address they take what they know."""

V1 = "/v1"
"""The version of our own interface, as an address begins with it."""

_VAN_ANDEREN = (vsp, vsp_pull, vsp_status, ggk, validatie)
"""Those that others dictate, and read as those do."""


_ADEM = 0.02
"""Seconds that others have between the loading of one XSD, which takes a quarter of that, and the next."""


async def _laad(schemas: Schemas) -> None:
    """Load the XSDs while the node answers already: together they take as long as a tenth of its start."""
    for soort in BERICHTSOORTEN.values():
        await asyncio.sleep(_ADEM)
        schemas.laad(soort)


def _documenten(eigen: Sequence[Router]) -> tuple[Document, ...]:
    return (
        Document(V1, "berichtenverkeer", "Berichten van iWmo en iJw 3.2 tussen gemeenten en aanbieders", eigen, V1),
        Document("/vsp", "VSP", "De deur van VECOZO", [vsp.router, vsp_pull.router, vsp_status.router]),
        Document("/ggk", "GGK", "De deur van het GGK", [ggk.router]),
        Document(
            "/validatie",
            "validatie",
            "De validatieservice, en of het knooppunt gezond is",
            [validatie.router, gezondheid.router],
        ),
    )


def maak_app(
    instellingen: Instellingen | None = None,
    klok: Klok = systeemklok,
    schemas: Schemas | None = None,
    ernaast: Iterable[str] = (),
) -> FastAPI:
    """The application for these settings, without them those of the environment; with the XSDs when they are loaded. ``ernaast`` are
    the paths of what stands beside it, for the access log."""
    instellingen = instellingen or Instellingen()
    logregels.stel_in(instellingen.log_formaat, instellingen.log_niveau)
    knooppunt = Knooppunt.maak(instellingen, klok, schemas)
    uitvoerder = Uitvoerder.voor(knooppunt.instellingen, knooppunt.engine, knooppunt.klok, knooppunt.omroep)

    @asynccontextmanager
    async def leven(_: FastAPI) -> AsyncIterator[dict[str, Any]]:
        maak_gereed(knooppunt.engine)
        laadt = asyncio.create_task(_laad(knooppunt.schemas))
        knooppunt.bel.start()
        knooppunt.register.start()
        knooppunt.omroep.start()
        knooppunt.schrijver.start()
        knooppunt.zendingen.start()
        if knooppunt.instellingen.werker:
            knooppunt.werker.start()
        if knooppunt.instellingen.bezorger:
            knooppunt.bezorger.start()
            knooppunt.webhooks.start()
        if knooppunt.instellingen.uitvoerder:
            uitvoerder.start()
        i, lus = knooppunt.instellingen, asyncio.get_running_loop()

        def laat_niemand_wachten() -> None:
            knooppunt.bel.sluit()
            lus.call_soon_threadsafe(knooppunt.schrijver.zwaar.sluit)

        wachten = [asyncio.create_task(waarschuw(knooppunt))]
        if (bestanden := tls.in_gebruik()) is not None:
            wachten.append(asyncio.create_task(bestanden.bewaak()))
        with telemetrie.verzonden(), bij_stop(laat_niemand_wachten, i.stoptijd), bij_hup(tls.kijk_nu):
            yield {SLEUTEL: Bewaking(i, i.vertrouwde_proxy)}
        for wacht in (laadt, *wachten):
            wacht.cancel()
        knooppunt.schrijver.zwaar.sluit()
        await asyncio.gather(knooppunt.bezorger.stop(), knooppunt.webhooks.stop())
        await knooppunt.zendingen.stop()
        knooppunt.kinderen.stop()
        uitvoerder.stop()
        knooppunt.werker.stop()
        knooppunt.schrijver.stop()
        knooppunt.omroep.stop()
        knooppunt.register.stop()
        knooppunt.engine.dispose()

    app = FastAPI(
        lifespan=leven,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.knooppunt = knooppunt
    eigen = [deel.router for deel in _EIGEN]
    if knooppunt.proef is not None:
        eigen.append(proef.router)
        app.add_middleware(Storingsmaker, storingen=knooppunt.proef.storingen, engine=knooppunt.engine)
    app.add_middleware(Herkanser)
    app.add_middleware(Voordeur, buiten=app, knooppunt=knooppunt)
    app.add_middleware(
        Logwacht,
        schrijver=knooppunt.logschrijver,
        wegen=Wegen(ACTIVITEITEN),
        wie=wie_handelt,
        toon=problemen.als_json,
    )
    app.add_middleware(poort.Poort, knooppunt=knooppunt)
    app.add_middleware(Tekstwacht)
    problemen.installeer(app)
    vsp_soap.installeer(app)
    app.add_middleware(Verzoeklog, metingen=knooppunt.metingen)
    alleen_bekend = [Depends(alleen_bekende_velden)]
    app.router.routes += [route.onder("", alleen_bekend) for route in gezondheid.router.alle]
    for router in eigen:
        app.router.routes += [route.onder(V1, alleen_bekend) for route in router.alle]
    van_anderen = [*(deel.router for deel in _VAN_ANDEREN), docs.router, metrics.router]
    for router in van_anderen:
        app.router.routes += router.alle
    app.state.documenten = _documenten(eigen)
    beschrijving.installeer(app, knooppunt.instellingen, app.state.documenten)
    app.state.paden = [V1, *paden_van([*eigen, gezondheid.router, *van_anderen])]
    logging.getLogger("uvicorn.access").addFilter(Toegangslog((*app.state.paden, *ernaast)))
    return app
