"""How long is waited for the database, and what it means when waiting was in vain.

A server that is stopped or cut off says nothing at all, so limits of its own do not end a wait: each is held here, at our end.
"""

from dataclasses import dataclass

from sqlalchemy import exc


@dataclass(frozen=True, slots=True)
class Wachttijd:
    """Limits in seconds: to the next answer of the database, for what another holds locked, and for a connection: a new one, or
    one that others have in use."""

    antwoord: float
    slot: float
    verbinding: float

    @classmethod
    def verzoek(cls, seconden: float) -> "Wachttijd":
        """That of a server, with someone waiting for what it does."""
        return cls(antwoord=seconden, slot=seconden, verbinding=2)


ACHTERGROND = Wachttijd(antwoord=60, slot=60, verbinding=10)
"""That of long work for which nobody waits, and which is done again later."""

RUIM = Wachttijd(antwoord=3600, slot=60, verbinding=10)
"""That of a command: changing large tables takes long."""


class DatabaseWeg(exc.TimeoutError):
    """The database is known to be out of reach, or what it holds in memory here is too old to go by."""


class TeLangGewacht(Exception):
    """Mixed into an error of a driver: it is our own limit that passed."""


ONBEREIKBAAR = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)
"""What is raised when the database cannot be reached, is locked, or breaks off: trying again later may help."""

_POSTGRESQL = {
    "53300",  # too many connections
    "55P03",  # a lock was not to be had in time
    "57014",  # a statement took too long
}
_SQLITE = {5, 6, 10, 13, 14}
"""SQLITE_BUSY, LOCKED, IOERR, FULL and CANTOPEN."""


def vergeefs(fout: BaseException) -> bool:
    """Whether the database could not be reached or its locks could not be had in time: what else is tried now ends the same."""
    if isinstance(fout, exc.TimeoutError):
        return True
    if not isinstance(fout, exc.OperationalError):
        return False
    code = getattr(fout.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE
    if isinstance(fout.orig, TeLangGewacht):
        return True
    staat = getattr(fout.orig, "sqlstate", None)
    return not fout.connection_invalidated and (staat is None or staat in _POSTGRESQL)


def brak_af(fout: BaseException) -> bool:
    """Whether a connection that had been good broke off: a new one may do."""
    return isinstance(fout, exc.DBAPIError) and fout.connection_invalidated and not vergeefs(fout)
