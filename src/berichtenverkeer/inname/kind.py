"""A process beside this one for what takes long or much memory: small messages do not wait for it, and what it took goes back.

One task at a time: it is sent there, and its outcome comes back. There is an end to everything: to how many tasks wait, to the
time and the memory of each. The process starts when there is work, and ends when there is none, after a task that took much
memory, and with one that takes too much. It does without what this process has in memory: it has tools of its own.
"""

import asyncio
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection as Lijn
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Generic, TypeVar, TypeVarTuple

import structlog

from .. import logregels, trace
from ..oordeel.weigering import Weigering
from ..opslag.wachttijd import ONBEREIKBAAR, DatabaseWeg
from ..spoor import spoor
from ..standaard.fouten import Berichtfout
from .beurten import Rij, Vol

log = structlog.get_logger()

Tuig = TypeVar("Tuig")
Args = TypeVarTuple("Args")
T = TypeVar("T")

_ZUINIGER = 10
"""How much lower its priority is, as ``nice`` counts: it has a tenth of the time where others have work too. With less it would
come to nothing on a machine that is never at rest."""

_VEEL_GEHEUGEN = 200_000
"""From so many kB at its height a process does not stay."""

_BIJNA = 0.9
"""What goes wrong above this part of the memory there is, goes wrong for want of it: libxml2 has its own words for that."""

_BEGINT = 60.0
"""Seconds that a process may take to begin, on a machine with much to do."""

_ZONDER_WERK = 60.0
"""Seconds after which a process without work ends."""


class KindGestopt(Exception):
    """The process ended before its task was done: it was killed, or this process stops. The task can be done again."""


class KindBezet(Vol):
    """Too much waits already, or it waited too long. The task was not begun, and can be done later."""


class TaakTeZwaar(Exception):
    """The task took more time or memory than there is for one. Doing it again is no use."""


class TaakMislukt(Exception):
    """Something unexpected went wrong in the process, which logged what."""


@dataclass(slots=True)
class _Taak:
    wat: Callable[..., Any]
    args: tuple[Any, ...]
    uitkomst: "Future[Any]"
    sinds: float
    van: trace.Trace | None
    """The step of who asked for it."""


@dataclass
class Kind(Generic[Tuig]):
    """The process. ``maak_tuig`` gives the tools of a task, there. A task may take ``geduld`` seconds, and ``geheugen`` bytes with
    all that the process has in memory (on Linux). At most ``rij`` tasks wait, half of them of one party, each no longer than ``wacht``
    seconds and what is under way then; parties have their turn one after the other.

    Tasks, their arguments and outcomes must go through pickle.
    """

    maak_tuig: Callable[[], Tuig] = field(repr=False)  # may hold a password
    naam: str = "zwaar"
    geduld: float = 180.0
    geheugen: int = 800_000_000
    rij: int = 128
    wacht: float = 60.0
    _wachtend: "Rij[_Taak]" = field(init=False, repr=False)
    _slot: threading.Condition = field(default_factory=threading.Condition, repr=False)
    _draad: threading.Thread | None = None
    _proces: SpawnProcess | None = None
    _lijn: Lijn | None = None
    _gestopt: bool = False

    def __post_init__(self) -> None:
        self._wachtend = Rij(self.rij)

    def begin(self, taak: Callable[[Tuig, *Args], T], *args: *Args, van: str = "") -> "Future[T]":
        """Do this there for a party as soon as it can be. Raises ``KindBezet`` and ``KindGestopt``; the outcome is what ``doe`` gives."""
        uitkomst: Future[T] = Future()
        with self._slot:
            if self._gestopt:
                raise KindGestopt
            try:
                self._wachtend.voeg_toe(van, _Taak(taak, args, uitkomst, time.monotonic(), trace.huidig()))
            except Vol:
                raise KindBezet from None
            if self._draad is None:
                self._draad = threading.Thread(target=self._werk, name=self.naam, daemon=True)
                self._draad.start()
            self._slot.notify()
        return uitkomst

    def doe(self, taak: Callable[[Tuig, *Args], T], *args: *Args, van: str = "") -> T:
        """Do this there for a party, and wait for it.

        Raises ``KindGestopt``, ``KindBezet``, ``TaakTeZwaar``, ``TaakMislukt``, what is raised when the database cannot be reached,
        and the ``Berichtfout`` or ``Weigering`` that the task raised.
        """
        return self.begin(taak, *args, van=van).result()

    async def laat_doen(self, taak: Callable[[Tuig, *Args], T], *args: *Args, van: str = "") -> T:
        """The same for a party, in an event loop. What is cancelled before it was begun, is not done."""
        return await asyncio.wrap_future(self.begin(taak, *args, van=van))

    def stop(self) -> None:
        """End it now, whatever it is doing, and start it no more."""
        with self._slot:
            self._gestopt = True
            self._slot.notify()
            proces, draad = self._proces, self._draad
        if proces is not None:
            proces.kill()
        if draad is not None:
            draad.join()

    def _werk(self) -> None:
        """The life of the thread that sends tasks there, one after the other."""
        while (taak := self._volgende()) is not None:
            if not taak.uitkomst.set_running_or_notify_cancel():
                continue
            try:
                if time.monotonic() - taak.sinds > self.wacht:
                    raise KindBezet
                gedaan = self._als_stap(taak)
            except Exception as fout:
                taak.uitkomst.set_exception(fout)
            else:
                taak.uitkomst.set_result(gedaan)
        self._einde()

    def _volgende(self) -> _Taak | None:
        """The task that is first in turn, once there is one; None when there will be no more."""
        with self._slot:
            while not len(self._wachtend) and not self._gestopt:
                if not self._slot.wait(_ZONDER_WERK if self._proces else None):
                    self._einde()
            if not self._gestopt:
                return self._wachtend.neem()
            while (taak := self._wachtend.neem()) is not None:
                if taak.uitkomst.set_running_or_notify_cancel():
                    taak.uitkomst.set_exception(KindGestopt())
            return None

    def _als_stap(self, taak: _Taak) -> Any:
        """Do it as a step in the trace of who asked for it, told here: a process that is killed tells nothing. That a message is refused is
        no failure."""
        deze = taak.van.stap() if taak.van is not None else trace.begin()
        with trace.stap("zwaar werk", deze, trace.Soort.INTERNAL) as stap:
            stap.kenmerken = {"taak": _naam(taak.wat), "proces": self.naam}
            try:
                return self._laat_doen(taak, deze)
            except (Weigering, Berichtfout) as fout:
                geweigerd = fout
        raise geweigerd

    def _laat_doen(self, taak: _Taak, stap: trace.Trace) -> Any:
        proces, lijn, begint = self._begin()
        te_laat = threading.Event()

        def breek_af() -> None:
            te_laat.set()
            proces.kill()

        wekker = threading.Timer(self.geduld + (_BEGINT if begint else 0), breek_af)
        wekker.start()
        try:
            lijn.send((stap, taak.wat, taak.args))
            uitkomst, blijft = lijn.recv()
        except (EOFError, OSError):
            self._einde()
            if te_laat.is_set():
                log.warning("zwaar werk afgebroken: het duurde te lang", seconden=self.geduld)
                raise TaakTeZwaar from None
            raise KindGestopt from None
        finally:
            wekker.cancel()
        if not blijft:
            self._einde()
        if isinstance(uitkomst, Exception):
            raise uitkomst
        return uitkomst

    def _begin(self) -> tuple[SpawnProcess, Lijn, bool]:
        """The process, the line to it, and whether it only begins now."""
        with self._slot:
            if self._gestopt:
                raise KindGestopt
            begint = self._lijn is None or self._proces is None or not self._proces.is_alive()
            if begint:
                spawn = get_context("spawn")
                self._lijn, daar = spawn.Pipe()
                self._proces = spawn.Process(
                    target=_leef,
                    args=(daar, self.maak_tuig, self.geheugen, logregels.ingesteld()),
                    name=self.naam,
                    daemon=True,
                )
                self._proces.start()
                assert self._proces.pid is not None
                laat_voorgaan(self._proces.pid)
                daar.close()
            assert self._proces is not None
            assert self._lijn is not None
            return self._proces, self._lijn, begint

    def _einde(self) -> None:
        with self._slot:
            proces, self._proces = self._proces, None
            lijn, self._lijn = self._lijn, None
        if lijn is not None:
            lijn.close()
        if proces is not None:
            proces.join()


_GROOT = 1_000_000


@dataclass(frozen=True, slots=True)
class Kinderen(Generic[Tuig]):
    """Two of them: what has fewer than ``_GROOT`` bytes does not wait for what has more."""

    klein: Kind[Tuig]
    groot: Kind[Tuig]

    def voor(self, bytes_: int) -> Kind[Tuig]:
        """Which does a task of so many bytes."""
        return self.klein if bytes_ < _GROOT else self.groot

    def stop(self) -> None:
        """End both."""
        self.klein.stop()
        self.groot.stop()


def _naam(taak: Callable[..., object]) -> str:
    """What a task is called in a trace."""
    return str(getattr(taak, "__name__", type(taak).__name__))


def _leef(lijn: Lijn, maak_tuig: Callable[[], object], geheugen: int, log_zo: logregels.Zo) -> None:
    """The life of the process: it ends when there is no more work, or when who started it has ended. It logs as that does."""
    logregels.stel_in(*log_zo)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; who started it stops it
    begrens_geheugen(geheugen)
    gc.disable()  # looking for cycles among millions of objects takes long, and a message has none
    tuig = maak_tuig()
    blijft = True
    with suppress(EOFError, BrokenPipeError):
        while blijft:
            uitkomst = _uitkomst(tuig, geheugen, *lijn.recv())
            blijft = hoogste_gebruik() < _VEEL_GEHEUGEN
            lijn.send((uitkomst, blijft))
            del uitkomst
            gc.collect()


def _uitkomst(tuig: object, geheugen: int, stap: trace.Trace, taak: Callable[..., object], args: Any) -> object:
    """What comes of a task. What is logged meanwhile is of its step."""
    with trace.tijdens(stap):
        return _gedaan(tuig, geheugen, taak, args)


def _gedaan(tuig: object, geheugen: int, taak: Callable[..., object], args: Any) -> object:
    try:
        return taak(tuig, *args)
    except (Weigering, Berichtfout) as weigering:
        return weigering
    except ONBEREIKBAAR as fout:
        log.warning("zwaar werk wacht op de database", fout=spoor(fout))
        return DatabaseWeg("the database does not answer")
    except Exception as fout:
        if isinstance(fout, MemoryError) or hoogste_gebruik() * 1024 > _BIJNA * geheugen:
            log.warning("zwaar werk afgebroken: het vroeg te veel geheugen", fout=spoor(fout))
            return TaakTeZwaar()
        log.error("zwaar werk mislukt", fout=spoor(fout))
        return TaakMislukt()


def laat_voorgaan(pid: int) -> None:
    """Let other processes go before this one, as far as the system knows how: from its first moment, for to begin takes a while."""
    with suppress(ProcessLookupError):  # it ended already
        if sys.platform != "win32":
            os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, 0) + _ZUINIGER)
        if sys.platform == "linux":  # it then takes the place of nobody who is at work
            os.sched_setscheduler(pid, os.SCHED_BATCH, os.sched_param(0))


def begrens_geheugen(bytes_: int) -> None:
    """Let this process have no more memory than this, where the system knows such a limit."""
    if sys.platform == "linux":  # elsewhere it is not there, or not held
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        hoogstens = bytes_ if hard == resource.RLIM_INFINITY else min(bytes_, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (hoogstens, hard))


def hoogste_gebruik() -> int:
    """How many kB of memory this process had at its height. What ``getrusage`` says of a child on Linux counts that of who
    started it as well. 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        [regel] = [regel for regel in status.read_text().splitlines() if regel.startswith("VmHWM:")]
        return int(regel.split()[1])
    if sys.platform == "win32":
        return 0
    import resource

    gebruik = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return gebruik // 1024 if sys.platform == "darwin" else gebruik
