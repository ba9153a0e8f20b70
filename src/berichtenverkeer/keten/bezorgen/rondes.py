"""Work for many that do not wait for each other: a task for each that has something to be done, one piece at a time."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import ClassVar

import structlog

from ...inname.ontvangst import Ontvangst
from ...spoor import spoor

log = structlog.get_logger()

_RUST = 0.05
_AFMAKEN = 5.0


@dataclass(kw_only=True)
class Rondes(ABC):
    """Runs in the event loop, with a task for each for whom there is work. Looks around every ``kijk_om_de`` seconds, and when woken."""

    wat: ClassVar[str]
    """What could not be read when looking around fails."""

    kijk_om_de: float = 5.0
    bekend: frozenset[str] = field(init=False, default=frozenset())
    """For whom there may be work."""
    _taken: "dict[str, asyncio.Task[None]]" = field(init=False, default_factory=dict)
    _nog_eens: set[str] = field(init=False, default_factory=set)
    _ronde: "asyncio.Task[None] | None" = field(init=False, default=None)
    _lus: asyncio.AbstractEventLoop | None = field(init=False, default=None)
    _stopt: bool = field(init=False, default=False)

    @abstractmethod
    def zoek(self) -> Mapping[str, bool]:
        """For whom there is work at all, and whether there is some now. Called on a thread."""

    @abstractmethod
    async def doe(self, wie: str) -> bool:
        """Do one piece of the work for one of them; whether there may be more."""

    @abstractmethod
    def hoor(self, codes: Collection[str] | None) -> None:
        """Something for these parties was committed, or for any when it is None; may be called from any thread."""

    def meld(self, ontvangsten: Sequence[Ontvangst]) -> None:
        """These messages, each with its retour, were committed; may be called from any thread."""
        self.hoor({code for een in ontvangsten for code in (een.afzender, een.ontvanger)})

    def start(self) -> None:
        """Begin, in the running event loop, with what is left from before."""
        self._stopt = False
        self._lus, self._wekker = asyncio.get_running_loop(), asyncio.Event()
        self._ronde = asyncio.create_task(self._zoek_steeds())

    async def stop(self) -> None:
        """Finish what is being done if that does not take long, and end."""
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
        """There may be work for anyone; may be called from any thread."""
        self._straks(lambda: self._wekker.set())

    def wek_voor(self, wie: Iterable[str]) -> None:
        """There may be work for these; may be called from any thread."""
        self._straks(lambda: self._begin(*wie))

    def _straks(self, doe: Callable[[], object]) -> None:
        if self._lus is not None:
            with suppress(RuntimeError):  # the loop has ended
                self._lus.call_soon_threadsafe(doe)

    async def _zoek_steeds(self) -> None:
        while not self._stopt:
            self._wekker.clear()
            try:
                gevonden = await asyncio.to_thread(self.zoek)
            except Exception as fout:
                log.error(f"{self.wat} niet gelezen", fout=spoor(fout))
            else:
                self.bekend = frozenset(gevonden)
                self._begin(*(wie for wie, heeft_werk in gevonden.items() if heeft_werk))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wekker.wait(), self.kijk_om_de)
            await asyncio.sleep(_RUST)

    def _begin(self, *alle: str) -> None:
        for wie in alle:
            self._nog_eens.add(wie)
            if wie not in self._taken and not self._stopt:
                self._taken[wie] = asyncio.create_task(self._doe_alles(wie))

    async def _doe_alles(self, wie: str) -> None:
        """All that can be done for this one now."""
        try:
            while wie in self._nog_eens and not self._stopt:
                self._nog_eens.discard(wie)
                while not self._stopt and await self.doe(wie):
                    pass
        except Exception as fout:
            log.error(f"{self.wat} onderbroken", voor=wie, fout=spoor(fout))
        finally:
            self._taken.pop(wie)  # here, so that who wakes us either is seen above or begins a new task
