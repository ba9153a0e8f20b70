"""What is agreed, at hand in memory: read from the database by one thread, so that nobody else waits for that."""

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from ..opslag import versies
from ..opslag.database import lees, momentopname, schrijvend
from ..opslag.partijen import certificaten as certificaattabel
from ..opslag.partijen import partijen as partijtabel
from ..opslag.wachttijd import DatabaseWeg
from ..spoor import spoor
from ..standaard.indeling import Indeling
from .afspraken import GEEN, Aanmelding, Afspraken, ontleed, van_certificaat, van_token
from .contracten import Contracten
from .partij import Partij, VspRol
from .schakelaar import Schakelbord

log = structlog.get_logger()

_TOCH = 60.0
"""Seconds after which everything is read anew though no version says so: someone may have changed a table by hand."""

_GEBRUIK_ELKE = 60.0
"""Seconds after which is written down which credentials were used."""

_ONBEKENDEN = 10_000
"""How many credentials that give nothing are remembered."""

_ADEM = 0.02
"""Seconds that the database has at least between two looks, however many call for one."""


@dataclass
class Register:
    """Keeps ``afspraken`` as the database has them. Once started, a thread looks every ``elke`` seconds whether a version
    changed, and only then reads; what it read takes the place of what was there in one step. Without it they are read when first
    asked for, and by ``kijk``.

    When the database cannot be reached they hold for ``hoogstens_oud`` seconds more. ``na_intrekken`` hears, on that thread, of
    which parties a credential was withdrawn; ``contracten`` that it is to read anew.
    """

    engine: Engine
    contracten: Contracten | None = None
    elke: float = 0.2
    hoogstens_oud: float = 5.0
    na_intrekken: Callable[[set[str]], None] | None = None
    seconden: Callable[[], float] = time.monotonic
    _afspraken: Afspraken = GEEN
    _versies: dict[str, int] = field(default_factory=dict)
    _gezien: float = float("-inf")
    _gelezen: float = float("-inf")
    _weg: bool = False
    _onbekend: set[str] = field(default_factory=set)
    _gebruikt: dict[str, datetime] = field(default_factory=dict)
    _genoteerd: float = float("-inf")
    _kijkt: threading.Lock = field(default_factory=threading.Lock)
    _slot: threading.Lock = field(default_factory=threading.Lock)
    _lus: asyncio.AbstractEventLoop | None = None
    _straks: asyncio.Event | None = None
    _draad: threading.Thread | None = None
    _einde: threading.Event = field(default_factory=threading.Event)
    _roep: threading.Event = field(default_factory=threading.Event)
    """That it is to look now, or no more."""

    @property
    def afspraken(self) -> Afspraken:
        """The newest there are."""
        if self._draad is None and self._afspraken is GEEN:
            self.kijk()
        return self._afspraken

    @property
    def weg(self) -> bool:
        """Whether the database could not be reached when it was last tried."""
        return self._weg

    def start(self) -> None:
        """Read, and begin to look. In the running event loop, of which ``straks`` is."""
        self.kijk()
        self._lus = asyncio.get_running_loop()
        self._einde.clear()
        self._draad = threading.Thread(target=self._kijk_steeds, name="afspraken", daemon=True)
        self._draad.start()

    def stop(self) -> None:
        """Look no more."""
        self._einde.set()
        self._roep.set()
        draad, self._draad = self._draad, None
        if draad is not None:
            draad.join()
            self._genoteerd = float("-inf")
            self._noteer_soms()
        self.engine.dispose()

    def kijk(self) -> None:
        """See whether something changed, and read it then. Raises what the database raises."""
        with self._kijkt:
            nu = self.seconden()
            gevonden = lees(self.engine, versies.alle)
            if gevonden[versies.CONTRACT] != self._versies.get(versies.CONTRACT) and self.contracten is not None:
                self.contracten.vergeet()
            if gevonden[versies.TOEGANG] != self._versies.get(versies.TOEGANG) or nu - self._gelezen > _TOCH:
                self._lees()
                self._gelezen = nu
            self._versies, self._gezien = gevonden, nu  # what changed since then has another version

    async def actueel(self) -> Afspraken:
        """Those to go by now. Raises ``DatabaseWeg`` when they are too old for that."""
        if self._te_oud() and not self._weg:
            await self.straks()  # this process stood still
        if self._te_oud():
            raise DatabaseWeg("what is agreed cannot be read")
        return self._afspraken

    async def straks(self, *, roep: bool = False) -> None:
        """Wait until the thread has looked, and began to after this moment; with ``roep`` it does not wait for its time. Raises
        ``DatabaseWeg`` when it could not."""
        with self._slot:
            if self._straks is None:
                self._straks = asyncio.Event()
            straks = self._straks
        if roep:
            self._roep.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(straks.wait(), self.hoogstens_oud)
        if self._weg or not straks.is_set():
            raise DatabaseWeg("the database does not answer")

    async def aanmelding(self, bewijs: str) -> Aanmelding | None:
        """What the credential with this fingerprint gives. One that is not known may have just been made: it waits for the next
        look, with all others, and asks nothing itself. Raises ``DatabaseWeg``."""
        gevonden = (await self.actueel()).bewijzen.get(bewijs)
        if gevonden is None and bewijs not in self._onbekend:
            await self.straks()
            gevonden = self._afspraken.bewijzen.get(bewijs)
            if gevonden is None and len(self._onbekend) < _ONBEKENDEN:
                self._onbekend.add(bewijs)
        return gevonden

    def gebruikt(self, bewijs: str, nu: datetime) -> None:
        """This credential was used now. It is written down once in a while, so that no request waits for it."""
        self._gebruikt[bewijs] = nu

    def noteer_gebruik(self) -> None:
        """Write down which credentials were used since the last time, and when. Raises what the database raises, and then keeps them."""
        self._genoteerd = self.seconden()
        nieuw, self._gebruikt = self._gebruikt, {}
        gebruikt = dict(nieuw)  # one may still be added to what was there
        if not gebruikt:
            return
        per_soort: dict[str, dict[str, datetime]] = defaultdict(dict)
        for bewijs, moment in gebruikt.items():
            soort, hash_ = ontleed(bewijs)
            per_soort[soort][hash_] = moment
        try:
            with schrijvend(self.engine) as verbinding:
                partijtabel.gebruikt(verbinding, per_soort["token"])
                certificaattabel.gebruikt(verbinding, per_soort["certificaat"])
        except SQLAlchemyError:
            self._gebruikt = gebruikt | self._gebruikt
            raise

    def partij(self, code: str) -> Partij | None:
        """The party with this code."""
        return self.afspraken.partij(code)

    def rol_in_vsp(self, code: str) -> VspRol:
        """What a party is in VSP; of a code that is none here, by its form."""
        return self.afspraken.rol_in_vsp(code)

    def van_token(self, token: str) -> Aanmelding | None:
        """What this token gives, as far as is known here."""
        return self.afspraken.bewijzen.get(van_token(token))

    def van_certificaat(self, der: bytes) -> Aanmelding | None:
        """What this certificate gives, as far as is known here. Whether it is good now, is for the caller to see."""
        return self.afspraken.bewijzen.get(van_certificaat(der))

    def mag_indienen(self, indiener: Partij, afzender: str) -> bool:
        """Whether a party may send for this one: for itself always, for another by a mandate."""
        return self.afspraken.mag_indienen(indiener, afzender)

    def bord(self) -> Schakelbord:
        """What is switched."""
        return self.afspraken.bord

    @property
    def indeling(self) -> Indeling:
        """The gemeenten there are, were and will be."""
        return self.afspraken.indeling

    def _te_oud(self) -> bool:
        return self.seconden() - self._gezien > self.hoogstens_oud

    def _lees(self) -> None:
        with momentopname(self.engine) as verbinding:
            nieuw = Afspraken.van(verbinding)
        eerder, self._afspraken = self._afspraken, nieuw
        self._onbekend = set()
        vervallen = nieuw.vervallen(eerder)
        if vervallen and self.na_intrekken is not None:
            self.na_intrekken(vervallen)

    def _noteer_soms(self) -> None:
        """Write down what was used when it is time; that this cannot be done now keeps nobody out, and it is tried again later."""
        if self.seconden() - self._genoteerd <= _GEBRUIK_ELKE:
            return
        try:
            self.noteer_gebruik()
        except SQLAlchemyError as fout:
            log.warning("gebruik van tokens is nog niet genoteerd", fout=spoor(fout))

    def _kijk_steeds(self) -> None:
        while not self._einde.wait(_ADEM):
            self._roep.wait(self.elke)
            self._roep.clear()
            if self._einde.is_set():
                return
            with self._slot:
                straks, self._straks = self._straks, None  # who comes from here on, waits for the next look
            try:
                self.kijk()
            except Exception as fout:
                if not self._weg:
                    log.error("database is niet bereikbaar", fout=spoor(fout))
                self._weg = True
            else:
                if self._weg:
                    log.info("database is weer bereikbaar")
                self._weg = False
            if straks is not None and self._lus is not None:
                with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                    self._lus.call_soon_threadsafe(straks.set)
            if not self._weg:
                self._noteer_soms()
