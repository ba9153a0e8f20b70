"""Pushes what lies ready to who has an endpoint.

There is no queue but the postvak: what was committed there and not acknowledged is what is to be done, and a table says of
what was tried when it may be tried again. So nothing is lost in a crash, and what was being pushed then is pushed again.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy import Engine

from ...inname.ontvangst import Ontvangst
from ...klok import Klok, systeemklok
from ...opslag import bezorgingen as tabel
from ...opslag.bezorgingen import Genomen
from ...opslag.database import schrijvend
from ...spoor import kenmerk, spoor
from ..envelop.stuf import Berichtcode
from .kanaal import Kanaal
from .poging import probeer
from .terugval import volgende
from .uitkomst import Gevolg, Uitkomst

log = structlog.get_logger()

_RUST = 0.05
_AFMAKEN = 5.0


@dataclass
class Bezorger:
    """Runs in the event loop, with a task for each party that has something to be pushed to it: parties do not wait for each
    other, and a party gets one message at a time of this process, the oldest first; what failed is passed by until its time
    comes.

    ``geduld``: how many seconds a push may take. A process holds a message for twice as long, by ``systeem``; when it has
    died, another takes it over. ``antwoord_325`` is the envelope of a 325. Looks around every ``kijk_om_de`` seconds, and when woken.
    """

    engine: Engine
    klok: Klok
    kanaal: Kanaal
    geduld: float = 60.0
    antwoord_325: Berichtcode = Berichtcode.DI01
    kijk_om_de: float = 5.0
    systeem: Klok = systeemklok
    _eindpunten: frozenset[str] = frozenset()
    _taken: "dict[str, asyncio.Task[None]]" = field(default_factory=dict)
    _nog_eens: set[str] = field(default_factory=set)
    _ronde: "asyncio.Task[None] | None" = None
    _lus: asyncio.AbstractEventLoop | None = None
    _stopt: bool = False

    def start(self) -> None:
        """Begin, in the running event loop, with what is left from before."""
        self._stopt = False
        self._lus, self._wekker = asyncio.get_running_loop(), asyncio.Event()
        self._ronde = asyncio.create_task(self._zoek_steeds())

    async def stop(self) -> None:
        """Finish what is being pushed if that does not take long, and end."""
        self._stopt = True
        if self._ronde is None:
            return
        self._wekker.set()  # the round ends by itself: a thread that reads would be left with its connection
        taken = [self._ronde, *self._taken.values()]
        _, traag = await asyncio.wait(taken, timeout=_AFMAKEN)
        for taak in traag:
            taak.cancel()
        await asyncio.gather(*taken, return_exceptions=True)

    def wek(self) -> None:
        """There may be something to push; may be called from any thread."""
        if self._lus is not None:
            with suppress(RuntimeError):  # the loop has ended
                self._lus.call_soon_threadsafe(self._wekker.set)

    def meld(self, ontvangsten: Sequence[Ontvangst]) -> None:
        """These messages, each with its retour, were committed; may be called from any thread."""
        if any(een.afzender in self._eindpunten or een.ontvanger in self._eindpunten for een in ontvangsten):
            self.wek()

    async def _zoek_steeds(self) -> None:
        while not self._stopt:
            self._wekker.clear()
            try:
                gevonden = await asyncio.to_thread(self._zoek)
            except Exception as fout:
                log.error("te bezorgen berichten niet gelezen", fout=spoor(fout))
            else:
                self._eindpunten = frozenset(gevonden)
                for code, heeft_werk in gevonden.items():
                    if heeft_werk:
                        self._begin(code)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wekker.wait(), self.kijk_om_de)
            await asyncio.sleep(_RUST)

    def _begin(self, code: str) -> None:
        self._nog_eens.add(code)
        if code not in self._taken and not self._stopt:
            self._taken[code] = asyncio.create_task(self._bezorg_alles(code))

    async def _bezorg_alles(self, code: str) -> None:
        """Push to this party until there is nothing (more) that may be pushed now."""
        try:
            while code in self._nog_eens and not self._stopt:
                self._nog_eens.discard(code)
                while not self._stopt and (genomen := await asyncio.to_thread(self._neem, code)) is not None:
                    await self._bezorg(genomen)
        except Exception as fout:
            log.error("bezorgen onderbroken", partij=code, fout=spoor(fout))
        finally:
            self._taken.pop(code)  # here, so that who wakes us either is seen above or begins a new task

    async def _bezorg(self, genomen: Genomen) -> None:
        try:
            uitkomst = await probeer(genomen, self.kanaal, self.geduld, self.antwoord_325)
        except asyncio.CancelledError:
            await asyncio.to_thread(self._laat_los, genomen)
            raise
        await asyncio.to_thread(self._noteer, genomen, uitkomst)

    def _zoek(self) -> dict[str, bool]:
        with self.engine.connect() as verbinding:
            return tabel.eindpunten(verbinding, self.klok(), self.systeem())

    def _neem(self, code: str) -> Genomen | None:
        nu, systeem = self.klok(), self.systeem()
        with schrijvend(self.engine) as verbinding:
            return tabel.neem(verbinding, code, nu, systeem, systeem + timedelta(seconds=2 * self.geduld))

    def _noteer(self, genomen: Genomen, uitkomst: Uitkomst) -> None:
        nu = self.klok()
        if uitkomst.gevolg is Gevolg.BEZORGD:
            with schrijvend(self.engine) as verbinding:
                tabel.bezorgd(verbinding, genomen, nu)
            return
        dan = None
        if uitkomst.gevolg is Gevolg.MISLUKT:
            dan = volgende(genomen.eerste_poging_op, genomen.poging, nu)
        with schrijvend(self.engine) as verbinding:
            genoteerd = tabel.mislukt(verbinding, genomen, uitkomst.reden, nu, dan)
        if genoteerd:
            wat = {"partij": genomen.partij, "nummer": kenmerk(genomen.rij["traceer_id"]), "poging": genomen.poging}
            if dan is None:
                log.error("bezorging afgebroken", **wat, reden=uitkomst.reden)
            else:
                log.warning("aanbieden mislukt", **wat, reden=uitkomst.reden, volgende_op=dan.isoformat())

    def _laat_los(self, genomen: Genomen) -> None:
        with schrijvend(self.engine) as verbinding:
            tabel.laat_los(verbinding, genomen)
