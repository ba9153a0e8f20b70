"""A read replica: a standby of PostgreSQL that answers what is only read, as soon as it has all that was committed before it was asked.

Where the primary stands is asked of the primary itself, for each reading: then who wrote, by whatever process, and who was told of it by a
webhook or in a postvak, finds it. That costs the primary no table and no lock. A replica that lags longer than a moment, that is away, or that
became a primary itself, is left alone for a while, and the primary answers.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, exc, text

from ..zegbaar import Zegbaar

LEESKOPIE = "bv_leeskopie"
"""Execution option of an engine: the ``Leeskopie`` beside it."""

KOPIE, HOOFD = "leeskopie", "hoofddatabase"
"""Where was read, as ``/metrics`` names it."""

_WACHT = 0.1
"""Seconds that a reading waits for the replica to catch up; over a network it lags some milliseconds."""

_KIJK_ELKE = 0.005
_LOOPT_ACHTER = 1.0
"""Seconds that one which lags is left alone."""

_WEG = 5.0
"""Seconds that one which cannot be used is left alone."""

_STAND = text("SELECT CAST(pg_current_wal_flush_lsn() AS text)")
_BIJ = text("SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() >= CAST(:stand AS pg_lsn) END")


class GeenLeeskopie(Zegbaar):
    """A read replica is of PostgreSQL, and stands beside one."""

    def __init__(self) -> None:
        super().__init__(
            "Een leeskopie is er alleen van PostgreSQL: laat BV_DATABASE_URL_LEZEN weg, of zet in BV_DATABASE_URL en "
            "BV_DATABASE_URL_LEZEN allebei een database van PostgreSQL."
        )


def stand(verbinding: Connection) -> str:
    """Up to where the primary has committed, as a place in its log (LSN)."""
    gevonden: str = verbinding.execute(_STAND).scalar_one()
    return gevonden


@dataclass
class Leeskopie:
    """The replica behind this engine. ``gelezen`` counts how many readings it answered, and how many the primary did."""

    engine: Engine
    seconden: Callable[[], float] = time.monotonic
    gelezen: Counter[str] = field(default_factory=Counter)
    _rust_tot: float = float("-inf")

    def verbinding(self, hoofd: Callable[[], str]) -> Connection | None:
        """A connection with the replica, that has all that ``hoofd`` says is committed; None when the primary had better answer."""
        gevonden = self._bij(hoofd()) if self.seconden() >= self._rust_tot else None
        self.gelezen[HOOFD if gevonden is None else KOPIE] += 1
        return gevonden

    def laat_rusten(self, seconden: float = _WEG) -> None:
        """Ask it nothing for a while: it broke off, or cannot be used."""
        self._rust_tot = self.seconden() + seconden

    def _bij(self, tot: str) -> Connection | None:
        try:
            verbinding = self.engine.connect()
        except (exc.DBAPIError, exc.TimeoutError):
            self.laat_rusten()
            return None
        try:
            if self._wacht(verbinding.execution_options(isolation_level="AUTOCOMMIT"), tot):
                verbinding.rollback()
                return verbinding.execution_options(isolation_level="READ COMMITTED")
        except exc.DBAPIError:
            self.laat_rusten()
        except BaseException:
            verbinding.close()
            raise
        verbinding.close()
        return None

    def _wacht(self, verbinding: Connection, tot: str) -> bool:
        uiterlijk = self.seconden() + _WACHT
        while not (bij := verbinding.execute(_BIJ, {"stand": tot}).scalar_one()):
            if bij is None:  # it is a primary
                self.laat_rusten()
                return False
            if self.seconden() > uiterlijk:
                self.laat_rusten(_LOOPT_ACHTER)
                return False
            time.sleep(_KIJK_ELKE)
        return True
