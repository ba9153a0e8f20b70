"""The worker: judges declaraties that were only stored, one after the other, on a thread or in a process of its own."""

import gc
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ParamSpec, TypeVar

import structlog
from sqlalchemy import Engine

from .. import trace
from ..levensloop.kalender import Kalender
from ..opslag.database import schrijvend
from ..opslag.declaraties import verwerkingen
from ..opslag.omroep import gewoon
from ..partijen.contracten import lees_contract
from ..spoor import spoor
from ..standaard.schema import Schemas
from .aanname import ContractVan
from .kind import Kind, KindGestopt
from .ontvangst import Ontvangst
from .tuig import Tuig
from .uitgesteld import eerste, handel_af

log = structlog.get_logger()

P = ParamSpec("P")
T = TypeVar("T")

_LANGSTE_RUST = 600.0


class _Gestopt(Exception):
    """The worker is told to stop in the midst of a declaratie; who starts next begins it again."""


def zonder_opruimen(doe: Callable[P, T]) -> Callable[P, T]:
    """The same, while Python does not look for cycles: among millions of objects that holds up all threads for a quarter
    of a second, time and again, and a message has none."""

    def gedaan(*args: P.args, **kwargs: P.kwargs) -> T:
        gc.disable()
        try:
            return doe(*args, **kwargs)
        finally:
            gc.enable()

    return gedaan


@dataclass
class Werker:
    """Judges what waits. ``na_afloop`` is called after every commit. With a ``kind`` the work is done there, and the thread only
    waits.

    What fails is tried again later, and later each time; what waits behind it waits on.
    """

    engine: Engine
    schemas: Schemas
    contract_van: ContractVan
    na_afloop: Callable[[Sequence[Ontvangst]], None] | None = None
    kijk_om_de: float = 2.0
    kind: Kind[Tuig] | None = None
    om_de: Callable[[float], float] = gewoon
    _mislukt: dict[str, tuple[int, float]] = field(default_factory=dict)
    _wekker: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _draad: threading.Thread | None = None

    def start(self) -> None:
        """Begin, on a thread of its own."""
        self._draad = threading.Thread(target=self.werk, name="werker", daemon=True)
        self._draad.start()

    def stop(self) -> None:
        """Let go what it is doing, and end for good."""
        self.vraag_te_stoppen()
        if self.kind is not None:
            self.kind.stop()
        draad, self._draad = self._draad, None
        if draad is not None:
            draad.join()

    def vraag_te_stoppen(self) -> None:
        """Let ``werk`` end soon; may be called from a signal handler."""
        self._stop.set()
        self._wekker.set()

    def wek(self) -> None:
        """There may be work."""
        self._wekker.set()

    def werk(self) -> None:
        """Judge what comes, until ``stop``."""
        while not self._stop.is_set():
            self._wekker.clear()
            try:
                gedaan = self.ronde()
            except Exception as fout:
                log.error("rij van declaraties niet gelezen", fout=spoor(fout))
                gedaan = 0
            if not gedaan:
                self._wekker.wait(self.om_de(self.kijk_om_de))

    def ronde(self) -> int:
        """Judge the first declaratie of every aanbieder with work; how many were judged."""
        nu = time.monotonic()
        overslaan = frozenset(id_ for id_, (_, niet_voor) in self._mislukt.items() if niet_voor > nu)
        return sum(self._een(werk) for werk in eerste(self.engine, overslaan) if not self._stop.is_set())

    def _een(self, werk: verwerkingen.Wachtend) -> bool:
        """Judge this one, in the trace of the request with which it came; whether that was done."""
        deze = trace.begin(werk.trace)
        with trace.tijdens(deze):
            return self._beoordeel(deze, werk.id, werk.domein, werk.aanbieder)

    def _beoordeel(self, deze: trace.Trace, id_: str, domein: str, aanbieder: str) -> bool:
        try:
            with trace.stap("declaratie beoordelen", deze, trace.Soort.INTERNAL) as stap:
                stap.kenmerken["bericht"] = id_
                ontvangst = self._oordeel(id_, domein, aanbieder)
        except _Gestopt:
            return False
        except Exception as fout:
            if isinstance(fout, KindGestopt) and self._stop.is_set():
                return False
            pogingen = self._mislukt.get(id_, (0, 0.0))[0] + 1
            self._mislukt[id_] = pogingen, time.monotonic() + min(2.0**pogingen, _LANGSTE_RUST)
            log.error("declaratie niet beoordeeld", bericht=id_, pogingen=pogingen, fout=spoor(fout))
            return False
        self._mislukt.pop(id_, None)
        if ontvangst is not None:
            log.info("declaratie beoordeeld", bericht=id_, oordeel=ontvangst.oordeel, aanbieder=aanbieder)
            if self.na_afloop is not None:
                self.na_afloop([ontvangst])
        return ontvangst is not None

    def _oordeel(self, id_: str, domein: str, aanbieder: str) -> Ontvangst | None:
        if self.kind is not None:
            return self.kind.doe(beoordeel, id_, domein, aanbieder)

        def meld(gedaan: int) -> None:
            if self._stop.is_set():
                raise _Gestopt
            _meld(self.engine, id_, gedaan)

        alles = self.engine, id_, domein, aanbieder, self.schemas, self.contract_van, meld
        return zonder_opruimen(handel_af)(*alles)


def beoordeel(tuig: Tuig, id_: str, domein: str, aanbieder: str) -> Ontvangst | None:
    """Judge a declaratie with these tools, as ``handel_af``."""
    contract_van, meld = partial(lees_contract, tuig.engine, Kalender()), partial(_meld, tuig.engine, id_)
    return handel_af(tuig.engine, id_, domein, aanbieder, tuig.schemas, contract_van, meld)


def _meld(engine: Engine, id_: str, gedaan: int) -> None:
    with schrijvend(engine) as verbinding:
        verwerkingen.meld(verbinding, id_, gedaan)
