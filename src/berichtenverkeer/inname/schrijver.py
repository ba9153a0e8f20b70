"""The writer of a process: what waits at the same moment goes into one transaction (group commit).

A group is what was read in one turn of the event loop. While one group is being committed the next is judged, as long as the
two want nothing that is the same (``wachtrij``); a group of one is the plain case. What takes long to write has a turn of its own
(``beurten``), and what comes after it about the same dossier waits for it. When a group fails, each of its messages is taken again by itself, so that one that
fails unexpectedly does not hold up the others. A connection that broke off is made anew, once: what was committed after all is
then found to be known. When the database could not be reached, or not in time, nothing is tried again here: whatever waits
hears so at once, and its sender repeats it.
"""

import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

import structlog
from sqlalchemy import Engine

from .. import trace
from ..levensloop.dossier import Dossiersleutel
from ..opslag.database import schrijvend
from ..opslag.herkansing import HOOGSTENS, Toeval, botste, rust
from ..opslag.wachttijd import brak_af, vergeefs
from ..optreden import Optreden, gaande
from ..spoor import spoor
from ..standaard.schema import Schemas
from .aanname import Aangeboden
from .apart import Opdracht, is_groot, is_zwaar_werk, oordeel
from .beurten import Beurt, Beurten, Gesloten, Rust
from .inname import verwerk
from .kind import Kind, KindBezet
from .koppeling import GeenEnveloppen, Koppeling
from .noteren import noteer
from .ontvangst import Apart, Ontvangst, Uitkomst
from .tuig import Tuig
from .wachtrij import Groep, Wachtrij

log = structlog.get_logger()


_DRADEN = {"postgresql": 2}
"""With two, one group is judged while the other is committed; SQLite has one writer. More would only wait for Python's lock."""


_TEL_PER = 1000
"""After so many groups the log says how many there were of each size."""


_POGINGEN = 5
"""How often what was judged elsewhere may be too late, for others wrote in its dossier meanwhile."""


_WACHT = 60.0
"""Seconds that a message waits for what came before it about the same dossier."""


class NodeStopt(Exception):
    """The process is stopping: the message was not taken in and may be sent again."""


@dataclass(slots=True)
class _Wachtend:
    aangeboden: Aangeboden
    lus: asyncio.AbstractEventLoop
    antwoord: "asyncio.Future[Ontvangst]"
    beurt: Beurt | None = None
    optreden: Optreden | None = None
    """What is under way where it was handed in."""

    sinds: int = field(default_factory=time.time_ns)


def _sloten(wachtend: _Wachtend) -> set[str] | None:
    """What a message reads and writes. Of an answer, a declaratie and a 319 only the database knows which dossiers those are."""
    aangeboden = wachtend.aangeboden
    return aangeboden.sloten if aangeboden.dossier is not None and not aangeboden.soort.is_retour else None


@dataclass
class Schrijver:
    """Takes messages in on threads of its own: ``draden`` groups at the same time (as many as the database lets write, when it
    is not said), each of at most ``groep`` messages.

    With a ``kind`` what would take long is judged there, and only written here. ``na_groep`` is called after every commit, on the thread of the group. ``koppeling`` knows the envelopes in which they came.
    ``groottes`` counts how many groups there were of each size. ``zwaar`` gives the turns of what takes long to write, here and
    elsewhere.
    """

    engine: Engine
    schemas: Schemas
    groep: int = 64
    draden: int | None = None
    na_groep: Callable[[Sequence[Ontvangst]], None] | None = None
    koppeling: Koppeling = field(default_factory=GeenEnveloppen)
    groottes: Counter[int] = field(default_factory=Counter)
    kind: Kind[Tuig] | None = None
    toeval: Toeval = random.random
    zwaar: Beurten = field(default_factory=lambda: Beurten(Rust()))
    _bezig: "dict[tuple[asyncio.AbstractEventLoop, Dossiersleutel], asyncio.Future[None]]" = field(default_factory=dict)
    _rij: Wachtrij[_Wachtend] = field(init=False)
    _wissel: threading.Condition = field(default_factory=threading.Condition)
    _nieuw: dict[asyncio.AbstractEventLoop, list[_Wachtend]] = field(default_factory=dict)
    _werkers: list[threading.Thread] = field(default_factory=list)
    _stopt: bool = False

    def __post_init__(self) -> None:
        self._rij = Wachtrij(_sloten, self.groep)

    def start(self) -> None:
        """Begin to take messages in."""
        self._stopt = False
        self.zwaar.open()
        draden = self.draden or _DRADEN.get(self.engine.dialect.name, 1)
        self._werkers = [
            threading.Thread(target=self._werk, name=f"schrijver-{nummer}", daemon=True)
            for nummer in range(1, draden + 1)
        ]
        for werker in self._werkers:
            werker.start()

    def stop(self) -> None:
        """Finish what waits, and end."""
        with self._wissel:
            for lus in list(self._nieuw):
                self._rij.voeg_toe(self._nieuw.pop(lus, ()))
            self._stopt = True
            self._wissel.notify_all()
        for werker in self._werkers:
            werker.join()
        self._werkers = []

    async def neem_op(self, aangeboden: Aangeboden) -> Ontvangst:
        """The answer to a message, once it is committed. Raises ``Weigering`` for an answer that nothing waits for,
        ``NodeStopt``, what went wrong in the database, or what ``kind`` raises: then it was not taken in."""
        if self.kind is None:
            return await self._in_groep(aangeboden)
        if not is_groot(aangeboden):
            with suppress(Apart):
                if self._eerder(aangeboden) is None:
                    return await self._schrijf(aangeboden)
                async with self._na_wat_eerder_kwam(aangeboden):
                    return await self._schrijf(aangeboden)
        async with self._na_wat_eerder_kwam(aangeboden):
            for _ in range(_POGINGEN):
                opdracht = Opdracht.van(aangeboden)
                besluit = await self.kind.laat_doen(oordeel, opdracht, van=aangeboden.wie.verzender)
                with suppress(Apart):
                    return await self._schrijf(replace(aangeboden, besluit=besluit))
        raise KindBezet

    async def _schrijf(self, aangeboden: Aangeboden) -> Ontvangst:
        if not is_zwaar_werk(aangeboden):
            self.zwaar.rust.kwam()
            return await self._in_groep(aangeboden)
        async with self.zware_beurt(aangeboden.wie.verzender) as beurt:
            return await self._in_groep(aangeboden, beurt)

    @asynccontextmanager
    async def zware_beurt(self, van: str) -> AsyncIterator[Beurt]:
        """The turn of a party to write what takes long, by this writer or beside it. Raises ``Vol`` and ``NodeStopt``."""
        try:
            async with self.zwaar.beurt(van) as beurt:
                yield beurt
        except Gesloten:
            raise NodeStopt from None

    def _eerder(self, a: Aangeboden) -> "asyncio.Future[None] | None":
        """Ends when what is under way about the same dossier does."""
        return self._bezig.get((asyncio.get_running_loop(), a.dossier)) if a.dossier is not None else None

    @asynccontextmanager
    async def _na_wat_eerder_kwam(self, a: Aangeboden) -> AsyncIterator[None]:
        """Wait for what is under way about the same dossier; what comes later waits for this. Raises ``KindBezet``."""
        if a.dossier is None:
            yield
            return
        lus = asyncio.get_running_loop()
        plek = lus, a.dossier
        eerder, mijn = self._eerder(a), lus.create_future()
        self._bezig[plek] = mijn

        def klaar(_: object = None) -> None:
            mijn.set_result(None)
            if self._bezig[plek] is mijn:
                del self._bezig[plek]

        try:
            if eerder is not None and not (await asyncio.wait([eerder], timeout=_WACHT))[0]:
                raise KindBezet
            yield
        finally:
            if eerder is None or eerder.done():
                klaar()
            else:  # who waits for this, waits for that
                eerder.add_done_callback(klaar)

    async def _in_groep(self, aangeboden: Aangeboden, beurt: Beurt | None = None) -> Ontvangst:
        lus = asyncio.get_running_loop()
        wachtend = _Wachtend(aangeboden, lus, lus.create_future(), beurt, gaande())
        nieuw = self._nieuw.setdefault(lus, [])
        nieuw.append(wachtend)
        if len(nieuw) == 1:  # at the end of this turn of the loop, with all that is read in it
            lus.call_soon(self._lever, lus)
        return await wachtend.antwoord

    def _lever(self, lus: asyncio.AbstractEventLoop) -> None:
        nieuw = self._nieuw.pop(lus, [])
        with self._wissel:
            if not self._stopt and any(werker.is_alive() for werker in self._werkers):
                self._rij.voeg_toe(nieuw)
                self._wissel.notify()
                return
        _zet([(wachtend, NodeStopt()) for wachtend in nieuw])

    def _werk(self) -> None:
        while (groep := self._volgende()) is not None:
            self._tel(len(groep.leden))
            try:
                self._verwerk(groep.leden)
            finally:
                with self._wissel:
                    self._rij.klaar(groep)
                    self._wissel.notify_all()

    def _tel(self, grootte: int) -> None:
        with self._wissel:
            self.groottes[grootte] += 1
            if self.groottes.total() % _TEL_PER == 0:
                log.info("groepen opgenomen", aantal_per_grootte=dict(sorted(self.groottes.items())))

    def _volgende(self) -> Groep[_Wachtend] | None:
        """The next group; None when there is nothing more and nothing will come."""
        with self._wissel:
            while (groep := self._rij.neem()) is None:
                if self._stopt and not len(self._rij):
                    return None
                self._wissel.wait()
            if len(self._rij):  # perhaps for another
                self._wissel.notify()
            return groep

    def _verwerk(self, groep: Sequence[_Wachtend]) -> None:
        uitkomst = self._probeer(groep)
        if isinstance(uitkomst, Exception) and brak_af(uitkomst):
            log.warning("verbinding met de database brak af", berichten=len(groep), fout=spoor(uitkomst))
            uitkomst = self._probeer(groep)
        if not isinstance(uitkomst, Exception):
            self._antwoord(groep, uitkomst)
        elif vergeefs(uitkomst):
            self._antwoord([*groep, *self._wat_wacht()], uitkomst)
        else:
            log.warning("groep niet verwerkt, nu één voor één", berichten=len(groep), fout=spoor(uitkomst))
            self._een_voor_een(groep)

    def _een_voor_een(self, groep: Sequence[_Wachtend]) -> None:
        for plek, wachtend in enumerate(groep):
            uitkomst = self._probeer_steeds([wachtend])
            if isinstance(uitkomst, Exception) and vergeefs(uitkomst):
                self._antwoord(groep[plek:], uitkomst)
                return
            self._antwoord([wachtend], uitkomst)

    def _probeer_steeds(self, groep: Sequence[_Wachtend]) -> Sequence[Uitkomst] | Exception:
        """The same, again and again when another process was in the way."""
        for keer in range(1, HOOGSTENS + 1):
            uitkomst = self._probeer(groep)
            if not isinstance(uitkomst, Exception) or not botste(uitkomst):
                return uitkomst
            time.sleep(rust(keer, self.toeval))
        return self._probeer(groep)

    def _wat_wacht(self) -> list[_Wachtend]:
        """All that lies ready to be taken in."""
        with self._wissel:
            return self._rij.leeg()

    def _probeer(self, groep: Sequence[_Wachtend]) -> Sequence[Uitkomst] | Exception:
        try:
            with schrijvend(self.engine) as verbinding:
                begin = time.monotonic()
                aangeboden = [wachtend.aangeboden for wachtend in groep]
                uit = verwerk(verbinding, aangeboden, self.schemas, self.koppeling, apart=self.kind is not None)
                noteer(verbinding, [(wachtend.aangeboden, wachtend.optreden) for wachtend in groep], uit)
        except Exception as fout:
            return fout
        for wachtend in groep:
            if wachtend.beurt is not None:
                wachtend.beurt.duurde = time.monotonic() - begin
        return uit

    def _antwoord(self, groep: Sequence[_Wachtend], uitkomst: Sequence[Uitkomst] | Exception) -> None:
        if isinstance(uitkomst, Exception):
            ids = [wachtend.aangeboden.id for wachtend in groep]
            log.error("bericht niet verwerkt", berichten=ids, fout=spoor(uitkomst))
            _meld(groep, [uitkomst] * len(groep))
            return
        _meld(groep, uitkomst)
        if self.na_groep is not None:
            self.na_groep([ontvangst for ontvangst in uitkomst if isinstance(ontvangst, Ontvangst)])
        for wachtend, een in zip(groep, uitkomst, strict=True):
            if isinstance(een, Ontvangst):
                _vertel(wachtend, een, len(groep))


def _vertel(wachtend: _Wachtend, ontvangst: Ontvangst, groep: int) -> None:
    """Its line in the log, and its step in the trace of who handed it in."""
    deur = wachtend.aangeboden.trace
    stap = deur.stap() if deur is not None else trace.begin()
    gedaan = trace.Stap("bericht opnemen", stap, trace.Soort.INTERNAL, wachtend.sinds)
    gedaan.kenmerken = {"bericht": ontvangst.id, "berichtsoort": ontvangst.berichtsoort, "oordeel": ontvangst.oordeel}
    trace.meld(gedaan)
    log.info(
        "bericht opgenomen",
        **gedaan.kenmerken,
        nieuw=ontvangst.nieuw,
        afzender=ontvangst.afzender,
        ontvanger=ontvangst.ontvanger,
        bevindingen=len(ontvangst.bevindingen),
        groep=groep,
        ms=gedaan.ms,
        trace=stap.id,
        span=stap.span,
    )


def _meld(groep: Sequence[_Wachtend], uitkomsten: Sequence[Ontvangst | Exception]) -> None:
    """Give every sender its answer: one call into each event loop."""
    per_lus: dict[asyncio.AbstractEventLoop, list[tuple[_Wachtend, Ontvangst | Exception]]] = {}
    for wachtend, uitkomst in zip(groep, uitkomsten, strict=True):
        per_lus.setdefault(wachtend.lus, []).append((wachtend, uitkomst))
    for lus, paren in per_lus.items():
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            lus.call_soon_threadsafe(_zet, paren)


def _zet(paren: Sequence[tuple[_Wachtend, Ontvangst | Exception]]) -> None:
    for wachtend, uitkomst in paren:
        if wachtend.antwoord.cancelled():
            continue
        if isinstance(uitkomst, Exception):
            wachtend.antwoord.set_exception(uitkomst)
        else:
            wachtend.antwoord.set_result(uitkomst)
