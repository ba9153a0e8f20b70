"""Looks at zendingen after their door has answered, and takes their messages in by the one writer.

The table is the queue: whatever was stored and not looked at when a process ended is found by its next start, or by the
round of another process. That two look at one zending is harmless: it leaves its status once (``zendingkoppeling``).
"""

import asyncio
from concurrent.futures import Executor
from dataclasses import dataclass, field

import structlog
from sqlalchemy import Engine

from ..koppelvlak.fouten import Afgekeurd
from ..opslag import zendingen as tabel
from ..opslag.zendingen import Zendingsleutel
from .aanname import Aangeboden, stel_uit
from .schrijver import NodeStopt, Schrijver
from .spoor import spoor
from .weigering import Weigering
from .werker import zonder_opruimen
from .zendingen import keur_af
from .zendinginhoud import Lezer, melding_van

log = structlog.get_logger()

_PER_RONDE = 1000


@dataclass
class Zendingverwerker:
    """Runs in the event loop. Messages go to the writer in the order in which they came, without waiting for each other's
    verdict; a large one (from ``groot_vanaf`` bytes) is passed by others while it is read, one at a time, on ``zwaar``.

    What fails unexpectedly is tried again in a later round, every ``kijk_om_de`` seconds. At most ``tegelijk`` are in hand.
    """

    engine: Engine
    lezer: Lezer
    schrijver: Schrijver
    zwaar: Executor
    groot_vanaf: int
    kijk_om_de: float = 30.0
    tegelijk: int = 64
    _taken: "dict[Zendingsleutel, asyncio.Task[None]]" = field(default_factory=dict)
    _ronde: "asyncio.Task[None] | None" = None
    _stopt: bool = False

    def start(self) -> None:
        """Begin, in the running event loop, with what is left from before."""
        self._stopt = False
        self._plaatsen = asyncio.Semaphore(self.tegelijk)
        self._beurt = asyncio.Lock()
        self._ronde = asyncio.create_task(self._zoek_steeds())

    async def stop(self) -> None:
        """Finish what is in hand, and end; what is not begun yet, the next start finds."""
        self._stopt = True
        if self._ronde is not None:
            self._ronde.cancel()
            await asyncio.gather(self._ronde, *self._taken.values(), return_exceptions=True)

    def begin(self, sleutel: Zendingsleutel, grootte: int) -> None:
        """Look at this zending, of which the payload has so many bytes. To be called in the event loop."""
        if sleutel not in self._taken and not self._stopt:
            taak = asyncio.create_task(self._verwerk(sleutel, grootte))
            self._taken[sleutel] = taak
            taak.add_done_callback(lambda _: self._taken.pop(sleutel))

    async def _zoek_steeds(self) -> None:
        while True:
            try:
                for sleutel, grootte in await asyncio.to_thread(self._open):
                    self.begin(sleutel, grootte)
            except Exception as fout:
                log.error("rij van zendingen niet gelezen", fout=spoor(fout))
            await asyncio.sleep(self.kijk_om_de)

    def _open(self) -> list[tuple[Zendingsleutel, int]]:
        with self.engine.connect() as verbinding:
            return tabel.open_(verbinding, _PER_RONDE)

    async def _verwerk(self, sleutel: Zendingsleutel, grootte: int) -> None:
        try:
            async with self._plaatsen:
                if not self._stopt:
                    await self._neem_op(sleutel, grootte)
        except Weigering as weigering:
            await asyncio.to_thread(self._weiger, sleutel, weigering)
        except NodeStopt:
            return
        except Exception as fout:
            log.error("zending niet verwerkt", traceer_id=sleutel.traceer_id, fout=spoor(fout))

    async def _neem_op(self, sleutel: Zendingsleutel, grootte: int) -> None:
        """Read a zending and let the writer take its message in. Raises ``Weigering``."""
        if grootte >= self.groot_vanaf:
            lees = zonder_opruimen(self._lees)
            aangeboden = await asyncio.get_running_loop().run_in_executor(self.zwaar, lees, sleutel)
            if aangeboden is not None:
                await self.schrijver.neem_op(aangeboden)
            return
        async with self._beurt:  # a lock lets in who came first
            aangeboden = await asyncio.to_thread(self._lees, sleutel)
            antwoord = asyncio.create_task(self.schrijver.neem_op(aangeboden)) if aangeboden else None
        if antwoord is not None:
            await antwoord

    def _lees(self, sleutel: Zendingsleutel) -> Aangeboden | None:
        """The message in a zending; None when it was refused, or is no longer to be looked at."""
        with self.engine.connect() as verbinding:
            rij = tabel.te_verwerken(verbinding, sleutel)
        if rij is None:
            return None
        try:
            aangeboden = self.lezer.lees(rij)
        except (Afgekeurd, Weigering) as fout:
            self._weiger(sleutel, fout)
            return None
        return stel_uit(aangeboden) if len(aangeboden.data) >= self.groot_vanaf else aangeboden

    def _weiger(self, sleutel: Zendingsleutel, fout: Afgekeurd | Weigering) -> None:
        with self.engine.connect() as verbinding:
            rij = tabel.geef(verbinding, sleutel)
        assert rij is not None
        keur_af(self.engine, sleutel, [melding_van(fout, rij["door"])])
