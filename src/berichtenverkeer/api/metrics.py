"""``/metrics``: what this process counts and what waits in the database, for Prometheus."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request, Response
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from .. import __version__
from ..inname import wachtend
from ..inname.wachtend import Wachtrij
from ..meters import SOORT, Reeks, Stand, schrijf
from ..opslag.database import leeskopie
from ..opslag.wachttijd import brak_af, vergeefs
from ..partijen import certificaten
from ..partijen.certificaten import Geregistreerd
from .herkomst import herkomst, is_vertrouwd, peer
from .knooppunt import HetKnooppunt, Knooppunt
from .problemen import niet_gevonden

router = APIRouter(tags=["beheer"])

_OM_DE = 10.0
"""Seconds that the queues of a moment are told again: to count them costs the database something."""


_Gezien = tuple[list[Wachtrij], list[Geregistreerd]]

_GEZIEN: WeakKeyDictionary[Engine, tuple[float, _Gezien]] = WeakKeyDictionary()
"""The queues and the certificates as they were last looked at, and when."""


def _kijk(engine: Engine) -> _Gezien:
    """The queues and the certificates, or none when the database is away: that is told by what is not there."""
    nu = time.monotonic()
    sinds, gezien = _GEZIEN.get(engine, (nu - _OM_DE, ([], [])))
    if nu - sinds < _OM_DE:
        return gezien
    try:
        gezien = wachtend.stand(engine, None), certificaten.alle(engine)
    except Exception as fout:
        if not (vergeefs(fout) or brak_af(fout)):
            raise
        return [], []
    _GEZIEN[engine] = nu, gezien
    return gezien


@router.get("/metrics")
async def metrics(request: Request, knooppunt: HetKnooppunt) -> Response:
    """Wat dit proces telt en wat er wacht, voor Prometheus."""
    if not _mag(request, knooppunt):
        raise niet_gevonden("Deze bladzijde")
    gezien = await run_in_threadpool(_kijk, knooppunt.engine)
    return Response(schrijf(_alles(knooppunt, gezien)), media_type=SOORT)


def _mag(request: Request, knooppunt: Knooppunt) -> bool:
    proxy = knooppunt.instellingen.vertrouwde_proxy
    adres = peer(request.scope)
    if is_vertrouwd(adres, proxy):
        adres = herkomst(request.scope, proxy)
    return is_vertrouwd(adres, knooppunt.instellingen.metrics_netwerken)


def _alles(knooppunt: Knooppunt, gezien: _Gezien) -> Iterator[Reeks]:
    rijen, bewijzen = gezien
    yield Reeks("bv_knooppunt", "De versie van dit knooppunt.", "gauge", [Stand({"versie": __version__}, 1)])
    bereikbaar = [Stand({}, 1.0 if rijen else 0.0)]
    yield Reeks("bv_database_bereikbaar", "Of de database antwoordt.", "gauge", bereikbaar)
    aantallen = [Stand({"wachtrij": rij.code}, rij.aantal) for rij in rijen]
    yield Reeks("bv_wachtrij_aantal", "Hoeveel er wacht.", "gauge", aantallen)
    nu = knooppunt.klok().astimezone(UTC)
    oud = [Stand({"wachtrij": rij.code}, _seconden(nu, rij.oudste)) for rij in rijen]
    yield Reeks("bv_wachtrij_oudste_seconden", "Hoe lang het oudste al wacht.", "gauge", oud)
    if rijen:
        bijna = sum(een.verloopt_bijna(nu) for een in bewijzen)
        hulp = "Clientcertificaten die binnen dertig dagen verlopen."
        yield Reeks("bv_certificaten_bijna_verlopen", hulp, "gauge", [Stand({}, bijna)])
    if (kopie := leeskopie(knooppunt.engine)) is not None:
        gelezen = [Stand({"waar": waar}, aantal) for waar, aantal in sorted(kopie.gelezen.items())]
        yield Reeks("bv_lezingen_totaal", "Waar werd gelezen, als er een leeskopie is.", "counter", gelezen)
    yield from knooppunt.metingen.reeksen(dict(knooppunt.schrijver.groottes))


def _seconden(nu: datetime, sinds: datetime | None) -> float:
    return max(0.0, (nu - sinds).total_seconds()) if sinds is not None else 0.0
