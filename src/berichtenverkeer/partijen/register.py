"""Who calls, and for whom: the parties, their credentials and their mandates, in memory."""

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Engine

from ..opslag import certificaten, partijen
from ..opslag.database import lees
from .partij import Partij, VspRol, partij_van, rol_bij, vsp_rol


class Roeper(Protocol):
    """Who hands in a message: a party, or a credential that may act for several."""

    def namens(self, code: str) -> Partij:
        """The party that acts when the message is one of this code."""


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """What a credential gives: the parties it may act for, never none, the one it was made for first; or only the one that was
    chosen. Outside ``geldig_van`` to ``geldig_tot`` it gives nothing; a token has neither."""

    partijen: tuple[Partij, ...]
    geldig_van: datetime | None = None
    geldig_tot: datetime | None = None

    @property
    def partij(self) -> Partij:
        """The party it acts for where only one can."""
        return self.partijen[0]

    @property
    def codes(self) -> tuple[str, ...]:
        """Those of all its parties."""
        return tuple(partij.code for partij in self.partijen)

    def namens(self, code: str) -> Partij:
        """The party that acts when a message is one of this code: the party itself if it may, else the first."""
        return next((partij for partij in self.partijen if partij.code == code), self.partij)

    def kies(self, code: str) -> "Aanmelding | None":
        """It, for this party only; None when it is not for that one."""
        partij = self.namens(code)
        return Aanmelding((partij,)) if partij.code == code else None


@dataclass(frozen=True, slots=True)
class _Stand:
    """What was read from the tables. Tokens and certificates by their hash, which are different sets."""

    partijen: dict[str, Partij]
    tokens: dict[str, Aanmelding]
    certificaten: dict[str, Aanmelding]
    mandaten: set[tuple[str, str]]

    @classmethod
    def van(cls, verbinding: Connection) -> "_Stand":
        """Read it. The parties come last: whatever is committed meanwhile, each one that a credential names is among them."""
        tokens, rijen = partijen.tokens(verbinding), certificaten.alle(verbinding)
        mandaten = partijen.mandaten(verbinding)
        bekend = {rij["code"]: partij_van(rij) for rij in partijen.alle(verbinding)}

        def voor(codes: tuple[str, ...]) -> tuple[Partij, ...]:
            return tuple(bekend[code] for code in codes)

        geldig = {
            rij["hash"]: Aanmelding(voor(codes), rij["geldig_van"], rij["geldig_tot"])
            for rij, codes in rijen
            if rij["ingetrokken_op"] is None
        }
        return cls(bekend, {hash_: Aanmelding(voor(codes)) for hash_, codes in tokens.items()}, geldig, mandaten)


class Register:
    """The parties and credentials in memory, so that a message costs no query for them.

    Read anew when older than ``houdbaar`` seconds, and at once (but at most every ``rust`` seconds) when a code or credential
    is not found: a party that was just added can act. A credential that was withdrawn works for ``houdbaar`` seconds more.
    """

    def __init__(
        self, engine: Engine, houdbaar: float = 5.0, rust: float = 0.2, seconden: Callable[[], float] = time.monotonic
    ) -> None:
        self._engine = engine
        self._houdbaar = houdbaar
        self._rust = rust
        self._seconden = seconden
        self._slot = threading.Lock()
        self._gelezen = float("-inf")
        self._stand = _Stand({}, {}, {}, set())

    def partij(self, code: str) -> Partij | None:
        """The party with this code."""
        return self._stand_met(lambda stand: code in stand.partijen).partijen.get(code)

    def rol_in_vsp(self, code: str) -> VspRol:
        """What a party is in VSP; of a code that is none here, by its form."""
        partij = self._stand.partijen.get(code)
        return partij.vsp if partij else vsp_rol(rol_bij(code))

    def van_token(self, token: str) -> Aanmelding | None:
        """What this token gives."""
        hash_ = partijen.vingerafdruk(token)
        return self._stand_met(lambda stand: hash_ in stand.tokens).tokens.get(hash_)

    def van_certificaat(self, der: bytes) -> Aanmelding | None:
        """What this certificate gives. Whether it is good now, is for the caller to see."""
        hash_ = hashlib.sha256(der).hexdigest()
        return self._stand_met(lambda stand: hash_ in stand.certificaten).certificaten.get(hash_)

    def mag_indienen(self, indiener: Partij, afzender: str) -> bool:
        """Whether a party may send for this one: for itself always, for another by a mandate."""
        mandaat = indiener.code, afzender
        return indiener.code == afzender or mandaat in self._stand_met(lambda stand: mandaat in stand.mandaten).mandaten

    def _stand_met(self, gevonden: Callable[[_Stand], bool]) -> _Stand:
        """What the tables held; newer when this is not found in it."""
        self._ververs(self._houdbaar)
        if not gevonden(self._stand):
            self._ververs(self._rust)
        return self._stand

    def _ververs(self, houdbaar: float) -> None:
        if self._seconden() - self._gelezen <= houdbaar:
            return
        with self._slot:
            if self._seconden() - self._gelezen <= houdbaar:
                return
            self._stand = lees(self._engine, _Stand.van)
            self._gelezen = self._seconden()
