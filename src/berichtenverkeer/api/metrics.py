"""``/metrics``: what this process counts and what waits in the database, for Prometheus."""

from collections.abc import Iterator
from datetime import UTC, datetime

from fastapi import Request, Response
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from .. import __version__
from ..meters import SOORT, Reeks, schrijf
from ..meters import Stand as Meting
from ..opslag.database import leeskopie
from ..opslag.wachttijd import brak_af, vergeefs
from .antwoord.problemen import niet_gevonden
from .rondom.certificaatwacht import eigen
from .rondom.herkomst import herkomst, is_vertrouwd, peer
from .rondom.knooppunt import HetKnooppunt, Knooppunt
from .rondom.route import Router
from .stand import Stand, kijk

router = Router(tags=["beheer"])


def _kijk(engine: Engine) -> Stand | None:
    """How the database stands; None when it is away, or not ours: that is told by what is not there."""
    try:
        stand = kijk(engine)
    except Exception as fout:
        if not (vergeefs(fout) or brak_af(fout)):
            raise
        return None
    return stand if stand.past_niet is None else None


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


def _alles(knooppunt: Knooppunt, gezien: Stand | None) -> Iterator[Reeks]:
    rijen = gezien.wachtrijen if gezien is not None else []
    yield Reeks("bv_knooppunt", "De versie van dit knooppunt.", "gauge", [Meting({"versie": __version__}, 1)])
    bereikbaar = [Meting({}, 1.0 if gezien is not None else 0.0)]
    yield Reeks("bv_database_bereikbaar", "Of de database antwoordt.", "gauge", bereikbaar)
    aantallen = [Meting({"wachtrij": rij.code}, rij.aantal) for rij in rijen]
    yield Reeks("bv_wachtrij_aantal", "Hoeveel er wacht.", "gauge", aantallen)
    nu = knooppunt.klok().astimezone(UTC)
    oud = [Meting({"wachtrij": rij.code}, _seconden(nu, rij.oudste)) for rij in rijen]
    yield Reeks("bv_wachtrij_oudste_seconden", "Hoe lang het oudste al wacht.", "gauge", oud)
    eigen_ = [Meting({"waarvoor": wat}, (tot - nu).total_seconds()) for wat, tot in eigen(knooppunt).items()]
    yield Reeks(
        "bv_certificaat_geldig_seconden", "Hoe lang een certificaat van het knooppunt nog geldt.", "gauge", eigen_
    )
    if gezien is not None:
        bijna = sum(een.verloopt_bijna(nu) for een in gezien.certificaten)
        hulp = "Clientcertificaten die binnen dertig dagen verlopen."
        yield Reeks("bv_certificaten_bijna_verlopen", hulp, "gauge", [Meting({}, bijna)])
    if (kopie := leeskopie(knooppunt.engine)) is not None:
        gelezen = [Meting({"waar": waar}, aantal) for waar, aantal in sorted(kopie.gelezen.items())]
        yield Reeks("bv_lezingen_totaal", "Waar werd gelezen, als er een leeskopie is.", "counter", gelezen)
    yield from knooppunt.metingen.reeksen(dict(knooppunt.schrijver.groottes))


def _seconden(nu: datetime, sinds: datetime | None) -> float:
    return max(0.0, (nu - sinds).total_seconds()) if sinds is not None else 0.0
