"""What was committed by one process, told to the others at once: LISTEN and NOTIFY of PostgreSQL.

It is told after the commit, by a connection of its own, and not in the transaction: PostgreSQL lets those that tell something commit one after
the other. So what a process that falls over did not tell is found by looking, as on SQLite, where there is nobody to tell. As long as one hears the
others it looks less often (``om_de``); when the connection was gone for a moment, everyone looks.
"""

import select
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, exc, text

WERK = "*"
"""Told beside the codes of parties: there may be work that anyone does, such as an export."""

Hoorder = Callable[[frozenset[str] | None], None]
"""Hears for whom there is news, on a thread; None: perhaps for everyone."""

_KANAAL = "bv_nieuws"
_ROEP = text(f"SELECT pg_notify('{_KANAAL}', :tekst)")
_BYTES = 7_000
"""What one call holds; PostgreSQL allows 8000."""

_HARTSLAG = 10.0
"""Seconds of silence after which it is tried whether the connection is still there."""

_OPNIEUW = 1.0
_RUST = 0.02
"""Seconds between two calls: what comes meanwhile is told at once."""

_RUSTIGER = 10


def gewoon(seconden: float) -> float:
    """How often to look for who hears nobody."""
    return seconden


@dataclass
class Omroep:
    """Tells and hears, on a thread of its own; on SQLite it only passes on to who is here. ``engine`` has one connection, that is
    this one's."""

    engine: Engine
    hoorders: list[Hoorder] = field(default_factory=list)
    luistert: bool = False
    """Whether what others tell is heard now."""

    _te_roepen: set[str] = field(default_factory=set)
    _slot: threading.Lock = field(default_factory=threading.Lock)
    _einde: threading.Event = field(default_factory=threading.Event)
    _draad: threading.Thread | None = None
    _lijn: tuple[socket.socket, socket.socket] | None = None
    _eigen: int = 0

    def start(self) -> None:
        """Begin."""
        if self.engine.dialect.name != "postgresql":
            return
        self._einde.clear()
        self._lijn = socket.socketpair()
        for kant in self._lijn:
            kant.setblocking(False)
        self._draad = threading.Thread(target=self._draai, name="omroep", daemon=True)
        self._draad.start()

    def stop(self) -> None:
        """Tell what is still to be told, and end."""
        self._einde.set()
        self._stoot()
        draad, self._draad = self._draad, None
        if draad is not None:
            draad.join()
        lijn, self._lijn = self._lijn, None
        for kant in lijn or ():
            kant.close()
        self.engine.dispose()

    def om_de(self, seconden: float) -> float:
        """How often to look, for who would do so every so many seconds and is called besides."""
        return seconden * _RUSTIGER if self.luistert else seconden

    def roep(self, namen: Iterable[str]) -> None:
        """There is news for these: tell who is here and the other processes. May be called from any thread."""
        voor = frozenset(namen)
        self._zeg(voor)
        self.roep_elders(voor)

    def roep_elders(self, namen: Iterable[str]) -> None:
        """The same, where who is here knows already."""
        if self._draad is None:
            return
        with self._slot:
            leeg = not self._te_roepen
            self._te_roepen.update(namen)
        if leeg:
            self._stoot()

    def _stoot(self) -> None:
        lijn = self._lijn
        if lijn is not None:
            with suppress(OSError):  # it is full, so the thread will look; or it was closed
                lijn[1].send(b".")

    def _zeg(self, namen: frozenset[str] | None) -> None:
        for hoor in self.hoorders:
            hoor(namen)

    def _draai(self) -> None:
        while not self._einde.is_set():
            try:
                with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
                    self._luister(verbinding)
            except exc.DBAPIError:  # the register tells that the database is away
                self._einde.wait(_OPNIEUW)
            finally:
                self.luistert = False

    def _luister(self, verbinding: Connection) -> None:
        driver: Any = verbinding.connection.driver_connection
        self._eigen = driver.info.backend_pid
        driver.add_notify_handler(self._kwam)
        verbinding.exec_driver_sql(f"LISTEN {_KANAAL}")
        self.luistert = True
        self._zeg(None)
        assert self._lijn is not None
        while not self._einde.is_set():
            select.select([driver.fileno(), self._lijn[0]], [], [], _HARTSLAG)
            with suppress(BlockingIOError):
                self._lijn[0].recv(1024)
            self._roep_uit(verbinding)
            verbinding.exec_driver_sql("SELECT 1")  # brings what others told
            self._einde.wait(_RUST)
        self._roep_uit(verbinding)
        driver.remove_notify_handler(self._kwam)

    def _roep_uit(self, verbinding: Connection) -> None:
        with self._slot:
            namen, self._te_roepen = self._te_roepen, set()
        try:
            for tekst in _teksten(sorted(namen)):
                verbinding.execute(_ROEP, {"tekst": tekst})
        except exc.DBAPIError:
            with self._slot:
                self._te_roepen |= namen
            raise

    def _kwam(self, bericht: Any) -> None:
        if bericht.pid != self._eigen:
            self._zeg(frozenset(bericht.payload.split("\n")))


def _teksten(namen: list[str]) -> Iterable[str]:
    """These in as few calls as hold them."""
    deel: list[str] = []
    lengte = 0
    for naam in namen:
        lengte += len(naam.encode()) + 1
        if deel and lengte > _BYTES:
            yield "\n".join(deel)
            deel, lengte = [], len(naam.encode()) + 1
        deel.append(naam)
    if deel:
        yield "\n".join(deel)
