"""Whose turn it is, where what one does keeps others waiting: parties in turn, and what is heavy only now and then.

Nobody who sends much fills a queue for others, and none of what is heavy is refused or forgotten for the sake of what is small: it
waits, or its sender hears at once that there is no place.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

W = TypeVar("W")


class Vol(Exception):
    """There is no place, for this party or at all, or its turn did not come in time. It can be tried later."""


class Gesloten(Exception):
    """No more turns are given."""


@dataclass
class Rij(Generic[W]):
    """What waits, of every party the first in turn. At most ``hoogstens`` wait, of one party half of them. Not safe for threads by
    itself."""

    hoogstens: int
    _van: "OrderedDict[str, deque[W]]" = field(default_factory=OrderedDict)

    def __len__(self) -> int:
        return sum(map(len, self._van.values()))

    def voeg_toe(self, van: str, wat: W) -> None:
        """Let this of a party wait. Raises ``Vol``."""
        eigen = self._van.get(van, ())
        if len(self) >= self.hoogstens or len(eigen) >= max(self.hoogstens // 2, 1):
            raise Vol
        self._van.setdefault(van, deque()).append(wat)

    def neem(self) -> W | None:
        """What is first in turn, of the party that waited longest since its last; None when nothing waits."""
        if not self._van:
            return None
        van, rij = self._van.popitem(last=False)
        wat = rij.popleft()
        if rij:
            self._van[van] = rij
        return wat

    def weg(self, van: str, wat: W) -> None:
        """This waits no more."""
        rij = self._van.get(van)
        if rij is not None and wat in rij:
            rij.remove(wat)
            if not rij:
                del self._van[van]


@dataclass
class Rust:
    """How long to leave others alone after what was heavy: so long that it takes no more than this ``deel`` of the time, but never
    more than ``langst`` seconds, and not at all when for ``stil`` seconds nobody came who would have waited.

    A hundredth part, for so many of those who come have their turn at such a moment, and wait.
    """

    deel: float = 0.01
    langst: float = 10.0
    stil: float = 1.0
    seconden: Callable[[], float] = time.monotonic
    _tot: float = float("-inf")
    _laatst: float = float("-inf")

    def kwam(self) -> None:
        """Somebody came who would not want to wait."""
        self._laatst = self.seconden()

    def duurde(self, seconden: float) -> None:
        """What was heavy took so long, and is done."""
        self._tot = self.seconden() + min(seconden * (1 / self.deel - 1), self.langst)

    def nog(self) -> float:
        """How many seconds to wait before the next; look again then, or sooner."""
        nu = self.seconden()
        return max(self._tot - nu, 0.0) if nu - self._laatst < self.stil else 0.0


_KIJK = 0.1
"""Seconds after which is looked again whether it is quiet."""


@dataclass(slots=True)
class Beurt:
    """A turn. ``duurde`` is for how many seconds others had to wait for it, when that is known to be less than all of it."""

    duurde: float | None = None


@dataclass
class Beurten:
    """One has a turn at a time, of every party the first, and not before there was ``rust`` enough. Who waits more than ``geduld``
    seconds has waited in vain. For one event loop at a time."""

    rust: Rust
    hoogstens: int = 32
    geduld: float = 60.0
    _rij: "Rij[asyncio.Future[None]]" = field(init=False)
    _bezig: bool = False
    _wekker: asyncio.TimerHandle | None = None
    _gesloten: bool = False

    def __post_init__(self) -> None:
        self._rij = Rij(self.hoogstens)

    @asynccontextmanager
    async def beurt(self, van: str) -> AsyncIterator[Beurt]:
        """Wait for a turn of this party, and have it. Raises ``Vol`` and ``Gesloten``."""
        if self._gesloten:
            raise Gesloten
        mijn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._rij.voeg_toe(van, mijn)
        self._geef()
        try:
            async with asyncio.timeout(self.geduld):
                await mijn
        except BaseException as fout:
            self._rij.weg(van, mijn)
            if mijn.done() and not mijn.cancelled() and mijn.exception() is None:  # it came at the same moment
                self._klaar()
            if isinstance(fout, TimeoutError):
                raise Vol from None
            raise
        beurt, begin = Beurt(), self.rust.seconden()
        try:
            yield beurt
        finally:
            self.rust.duurde(self.rust.seconden() - begin if beurt.duurde is None else beurt.duurde)
            self._klaar()

    def sluit(self) -> None:
        """Give no more turns: who waits hears so."""
        self._gesloten = True
        while (wacht := self._rij.neem()) is not None:
            if not wacht.done():
                wacht.set_exception(Gesloten())

    def open(self) -> None:
        """Begin again."""
        self._gesloten, self._bezig = False, False

    def _klaar(self) -> None:
        self._bezig = False
        self._geef()

    def _geef(self) -> None:
        """Give who is first in turn its turn, now or once it may."""
        if self._wekker is not None:
            self._wekker.cancel()
            self._wekker = None
        if self._bezig or not len(self._rij):
            return
        if nog := self.rust.nog():
            self._wekker = asyncio.get_running_loop().call_later(min(nog, _KIJK), self._geef)
            return
        while (wacht := self._rij.neem()) is not None:
            if not wacht.done():
                self._bezig = True
                wacht.set_result(None)
                return
