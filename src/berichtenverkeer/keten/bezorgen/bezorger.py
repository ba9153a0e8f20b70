"""Pushes what lies ready to who has an endpoint.

There is no queue but the postvak: what was committed there and not acknowledged is what is to be done, and a table says of
what was tried when it may be tried again. So nothing is lost in a crash, and what was being pushed then is pushed again.
"""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import Engine

from ... import trace
from ...klok import Klok, systeemklok
from ...opslag.berichten import bezorgingen as tabel
from ...opslag.berichten.bezorgingen import Genomen
from ...opslag.database import schrijvend
from ...optreden import Actie, Activiteit, Optreden, Wie, tijdens
from ...spoor import is_uuid, kenmerk
from ..envelop.stuf import StufBerichtcode
from .kanaal import Kanaal
from .poging import probeer
from .rondes import Rondes
from .terugval import volgende
from .uitkomst import Gevolg, Uitkomst

log = structlog.get_logger()

BEZORGEN = Activiteit("bericht-bezorgen", Actie.UITVOEREN, "eindpunt")
"""To push a message to the endpoint of a party: noted with the attempt, before it goes out."""


@dataclass
class Bezorger(Rondes):
    """A party gets one message at a time of this process, the oldest first; what failed is passed by until its time comes.

    ``geduld``: how many seconds a push may take. A process holds a message for twice as long, by ``systeem``; when it has
    died, another takes it over. ``antwoord_325`` is the envelope of a 325. ``tel`` hears what came of each attempt.
    """

    wat = "te bezorgen berichten"

    engine: Engine
    klok: Klok
    kanaal: Kanaal
    geduld: float = 60.0
    antwoord_325: StufBerichtcode = StufBerichtcode.DI01
    systeem: Klok = systeemklok
    tel: Callable[[Gevolg], None] | None = None

    def hoor(self, codes: Collection[str] | None) -> None:
        if codes is None or not self.bekend.isdisjoint(codes):
            self.wek()

    async def doe(self, code: str) -> bool:
        genomen = await asyncio.to_thread(self._neem, code)
        if genomen is not None:
            await self._bezorg(*genomen)
        return genomen is not None

    async def _bezorg(self, genomen: Genomen, deze: trace.Trace) -> None:
        with trace.stap("bericht bezorgen", deze, trace.Soort.CLIENT) as stap:
            stap.kenmerken = {"partij": genomen.partij, "poging": genomen.poging}
            try:
                uitkomst = await probeer(genomen, self.kanaal, self.geduld, self.antwoord_325)
            except asyncio.CancelledError:
                await asyncio.to_thread(self._laat_los, genomen)
                raise
            stap.mislukt = uitkomst.gevolg is not Gevolg.BEZORGD
            await asyncio.to_thread(self._noteer, genomen, uitkomst)

    def zoek(self) -> dict[str, bool]:
        with self.engine.connect() as verbinding:
            return tabel.eindpunten(verbinding, self.klok(), self.systeem())

    def _neem(self, code: str) -> tuple[Genomen, trace.Trace] | None:
        nu, systeem = self.klok(), self.systeem()
        optreden = Optreden(BEZORGEN, lambda: Wie(code))
        with tijdens(optreden), schrijvend(self.engine) as verbinding:
            genomen = tabel.neem(verbinding, code, nu, systeem, systeem + timedelta(seconds=2 * self.geduld))
            if genomen is None:
                return None
            optreden.stap = trace.begin(genomen.rij["trace"])
            if is_uuid(genomen.sleutel):
                optreden.object = f"bericht/{genomen.sleutel}"
            return genomen, optreden.stap

    def _noteer(self, genomen: Genomen, uitkomst: Uitkomst) -> None:
        nu = self.klok()
        if self.tel is not None:
            self.tel(uitkomst.gevolg)
        wat = {"partij": genomen.partij, "nummer": kenmerk(genomen.rij["traceer_id"]), "poging": genomen.poging}
        if uitkomst.gevolg is Gevolg.BEZORGD:
            with schrijvend(self.engine) as verbinding:
                tabel.bezorgd(verbinding, genomen, nu)
            log.info("bezorgd", **wat)
            return
        dan = None
        if uitkomst.gevolg is Gevolg.MISLUKT:
            dan = volgende(genomen.eerste_poging_op, genomen.poging, nu)
        with schrijvend(self.engine) as verbinding:
            genoteerd = tabel.mislukt(verbinding, genomen, uitkomst.reden, nu, dan)
        if genoteerd:
            if dan is None:
                log.error("bezorging afgebroken", **wat, reden=uitkomst.reden)
            else:
                log.warning("aanbieden mislukt", **wat, reden=uitkomst.reden, volgende_op=dan.isoformat())

    def _laat_los(self, genomen: Genomen) -> None:
        with schrijvend(self.engine) as verbinding:
            tabel.laat_los(verbinding, genomen)
