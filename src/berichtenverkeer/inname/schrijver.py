"""The one writer of a process: what waits at the same moment goes into one transaction (group commit).

A group of one is the plain case. When a group fails, each of its messages is taken again by itself, so that one that
fails unexpectedly does not hold up the others. A connection that broke off is made anew, once: what was committed after all is
then found to be known. When the database could not be reached, or not in time, nothing is tried again here: whatever waits
hears so at once, and its sender repeats it.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from sqlalchemy import Engine

from ..opslag.database import schrijvend
from ..opslag.wachttijd import brak_af, vergeefs
from ..spoor import spoor
from ..standaard.schema import Schemas
from .aanname import Aangeboden
from .inname import verwerk
from .koppeling import GeenEnveloppen, Koppeling
from .ontvangst import Ontvangst, Uitkomst

log = structlog.get_logger()


class NodeStopt(Exception):
    """The process is stopping: the message was not taken in and may be sent again."""


@dataclass(slots=True)
class _Wachtend:
    aangeboden: Aangeboden
    lus: asyncio.AbstractEventLoop
    antwoord: "asyncio.Future[Ontvangst]"


@dataclass
class Schrijver:
    """Takes messages in on a thread of its own. ``na_groep`` is called after every commit, on that thread. ``koppeling`` knows
    the envelopes in which they came."""

    engine: Engine
    schemas: Schemas
    groep: int = 64
    na_groep: Callable[[Sequence[Ontvangst]], None] | None = None
    koppeling: Koppeling = field(default_factory=GeenEnveloppen)
    _rij: "queue.SimpleQueue[_Wachtend | None]" = field(default_factory=queue.SimpleQueue)
    _draad: threading.Thread | None = None

    def start(self) -> None:
        """Begin to take messages in."""
        self._draad = threading.Thread(target=self._werk, name="schrijver", daemon=True)
        self._draad.start()

    def stop(self) -> None:
        """Finish what waits, and end."""
        draad, self._draad = self._draad, None
        if draad is not None:
            self._rij.put(None)
            draad.join()

    async def neem_op(self, aangeboden: Aangeboden) -> Ontvangst:
        """The answer to a message, once it is committed. Raises ``Weigering`` for an answer that nothing waits for,
        ``NodeStopt``, or what went wrong in the database."""
        if self._draad is None or not self._draad.is_alive():
            raise NodeStopt
        lus = asyncio.get_running_loop()
        wachtend = _Wachtend(aangeboden, lus, lus.create_future())
        self._rij.put(wachtend)
        return await wachtend.antwoord

    def _werk(self) -> None:
        while (eerste := self._rij.get()) is not None:
            groep = [eerste]
            klaar = False
            while len(groep) < self.groep and not self._rij.empty():
                volgende = self._rij.get()
                if volgende is None:
                    klaar = True
                    break
                groep.append(volgende)
            self._verwerk(groep)
            if klaar:
                return

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
            uitkomst = self._probeer([wachtend])
            if isinstance(uitkomst, Exception) and vergeefs(uitkomst):
                self._antwoord(groep[plek:], uitkomst)
                return
            self._antwoord([wachtend], uitkomst)

    def _wat_wacht(self) -> list[_Wachtend]:
        """All that lies ready to be taken in."""
        wachtenden: list[_Wachtend] = []
        while not self._rij.empty():
            volgende = self._rij.get()
            if volgende is None:
                self._rij.put(None)  # the end is for who reads on
                break
            wachtenden.append(volgende)
        return wachtenden

    def _probeer(self, groep: Sequence[_Wachtend]) -> Sequence[Uitkomst] | Exception:
        try:
            with schrijvend(self.engine) as verbinding:
                aangeboden = [wachtend.aangeboden for wachtend in groep]
                return verwerk(verbinding, aangeboden, self.schemas, self.koppeling)
        except Exception as fout:
            return fout

    def _antwoord(self, groep: Sequence[_Wachtend], uitkomst: Sequence[Uitkomst] | Exception) -> None:
        if isinstance(uitkomst, Exception):
            ids = [wachtend.aangeboden.id for wachtend in groep]
            log.error("bericht niet verwerkt", berichten=ids, fout=spoor(uitkomst))
            _meld(groep, [uitkomst] * len(groep))
            return
        _meld(groep, uitkomst)
        if self.na_groep is not None:
            self.na_groep([ontvangst for ontvangst in uitkomst if isinstance(ontvangst, Ontvangst)])


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
