"""A process beside this one for what has a large message in memory: small messages do not wait for it, and the memory it
took goes back when it ends.

One at a time: a task is sent to it and its outcome comes back. It starts when there is work, stays for the next, and ends
after work that took much memory. It does without what this process has in memory: it has tools of its own (``Tuig``).
"""

import gc
import os
import resource
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection as Lijn
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import Engine

from ..oordeel.weigering import Weigering
from ..opslag.database import maak_engine
from ..opslag.wachttijd import ACHTERGROND
from ..partijen.contracten import Contracten
from ..spoor import spoor
from ..standaard.schema import Schemas

log = structlog.get_logger()

P = ParamSpec("P")
T = TypeVar("T")

_ZUINIGER = 5
"""How much lower its priority is, as ``nice`` counts."""

_VEEL_GEHEUGEN = 200_000
"""From so many kB at its height a process does not stay."""


class KindGestopt(Exception):
    """The process ended before its task was done: it was killed, or this process stops. The task can be done again."""


class TaakMislukt(Exception):
    """Something unexpected went wrong in the process, which logged what."""


@dataclass(frozen=True, slots=True)
class Tuig:
    """What a task works with."""

    engine: Engine
    schemas: Schemas
    contracten: Contracten

    @classmethod
    def maak(cls, database_url: str, xsd_dir: Path) -> "Tuig":
        """Tools for this database and these XSDs."""
        engine = maak_engine(database_url, ACHTERGROND)
        return cls(engine, Schemas(xsd_dir), Contracten(engine))


@dataclass
class Kind:
    """The process, started when it is first needed."""

    database_url: str = field(repr=False)  # may hold a password
    xsd_dir: Path
    _aan_de_beurt: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _slot: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _proces: SpawnProcess | None = None
    _lijn: Lijn | None = None
    _gestopt: bool = False

    def doe(self, taak: Callable[Concatenate[Tuig, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do this there, and wait for it. Task, arguments and outcome must go through pickle.

        Raises ``KindGestopt``, ``TaakMislukt``, and the ``Weigering`` that the task raised.
        """
        with self._aan_de_beurt:
            lijn = self._begin()
            try:
                lijn.send((taak, args, kwargs))
                uitkomst, blijft = lijn.recv()
            except (EOFError, OSError):
                self._einde()
                raise KindGestopt from None
            if not blijft:
                self._einde()
        if isinstance(uitkomst, Exception):
            raise uitkomst
        gedaan: T = uitkomst
        return gedaan

    def stop(self) -> None:
        """End it now, whatever it is doing, and start it no more."""
        with self._slot:
            self._gestopt = True
            proces = self._proces
        if proces is not None:
            proces.terminate()
        with self._aan_de_beurt:
            self._einde()

    def _begin(self) -> Lijn:
        with self._slot:
            if self._gestopt:
                raise KindGestopt
            if self._lijn is None or self._proces is None or not self._proces.is_alive():
                spawn = get_context("spawn")
                self._lijn, daar = spawn.Pipe()
                self._proces = spawn.Process(
                    target=_leef, args=(daar, self.database_url, self.xsd_dir), name="zwaar", daemon=True
                )
                self._proces.start()
                daar.close()
            return self._lijn

    def _einde(self) -> None:
        with self._slot:
            proces, self._proces = self._proces, None
            lijn, self._lijn = self._lijn, None
        if lijn is not None:
            lijn.close()
        if proces is not None:
            proces.join()


def _leef(lijn: Lijn, database_url: str, xsd_dir: Path) -> None:
    """The life of the process: it ends when there is no more work, or when who started it has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; who started it stops it
    os.nice(_ZUINIGER)
    gc.disable()  # looking for cycles among millions of objects takes long, and a message has none
    tuig = Tuig.maak(database_url, xsd_dir)
    blijft = True
    with suppress(EOFError, BrokenPipeError):
        while blijft:
            uitkomst = _uitkomst(tuig, *lijn.recv())
            blijft = _hoogste_gebruik() < _VEEL_GEHEUGEN
            lijn.send((uitkomst, blijft))
            gc.collect()
    tuig.engine.dispose()


def _hoogste_gebruik() -> int:
    """How many kB of memory this process had at its height. What ``getrusage`` says of a child on Linux counts that of who
    started it as well."""
    status = Path("/proc/self/status")
    if status.exists():
        [regel] = [regel for regel in status.read_text().splitlines() if regel.startswith("VmHWM:")]
        return int(regel.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _uitkomst(tuig: Tuig, taak: Callable[..., object], args: Any, kwargs: Any) -> object:
    try:
        return taak(tuig, *args, **kwargs)
    except Weigering as weigering:
        return weigering
    except Exception as fout:
        log.error("zwaar werk mislukt", fout=spoor(fout))
        return TaakMislukt()
