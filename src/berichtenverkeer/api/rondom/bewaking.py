"""The watch over all connections of a process: how many there are, in all and from one address, and that none waits for ever.

A place is given to who comes, at the cost of a connection on which nothing is asked: so those keep nobody out.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Protocol

from ...grenzen import Grenzen
from ...instellingen import Netwerk
from .herkomst import is_vertrouwd, netwerk_van

SLEUTEL = "bewaking"
"""Under which key the watch stands in the state that the application gives to its server."""

_EIGEN_BESTANDEN = 256
"""Open files that are kept free of connections: for the database, other processes, and what is read."""

_GENOEG = 65_536
"""Open files that are asked of the system."""

_OM_DE = 1.0
"""Seconds between two looks at all connections; less when a limit is."""


class Bewaakt(Protocol):
    """A connection, as the watch sees it."""

    @property
    def ongebruikt(self) -> bool:
        """Whether nothing was ever asked on it."""

    @property
    def stil(self) -> bool:
        """Whether nothing is asked on it that is not answered yet, and all of the answer is gone."""

    def kijk(self, verstreken: float) -> None:
        """So many seconds have passed: close it when who is at the other end takes too long."""

    def sluit_stil(self) -> None:
        """Close it without an answer."""


class Bewaking:
    """The connections of one process. What comes from a trusted proxy is not counted by address."""

    def __init__(self, grenzen: Grenzen, vertrouwd: Sequence[Netwerk] = ()) -> None:
        self.grenzen = grenzen
        self._vertrouwd = vertrouwd
        self._hoogstens = min(grenzen.verbindingen, _bestanden() - _EIGEN_BESTANDEN)
        self._om_de = min(_OM_DE, grenzen.kop_tijd / 4, grenzen.lichaam_geduld / 4, grenzen.schrijf_geduld / 4)
        self._alle: dict[Bewaakt, str | None] = {}
        self._per_adres: dict[str, dict[Bewaakt, None]] = {}
        self._kijkt = False

    def open(self, verbinding: Bewaakt, adres: str | None) -> bool:
        """Count a new connection in; False when there is no place for it. To be called in the event loop."""
        groep = None
        if adres is not None and not (self._vertrouwd and is_vertrouwd(adres, self._vertrouwd)):
            groep = netwerk_van(adres)
        van_adres = self._per_adres.get(groep, {}) if groep is not None else {}
        if len(van_adres) >= self.grenzen.verbindingen_per_adres and not self._maak_plaats(van_adres):
            return False
        if len(self._alle) >= self._hoogstens and not self._maak_plaats(self._alle):
            return False
        self._alle[verbinding] = groep
        if groep is not None:
            self._per_adres.setdefault(groep, {})[verbinding] = None
        if not self._kijkt:
            self._kijkt = True
            asyncio.get_running_loop().call_later(self._om_de, self._kijk)
        return True

    def gesloten(self, verbinding: Bewaakt) -> None:
        """A connection has ended; it may have been counted out before."""
        groep = self._alle.pop(verbinding, None)
        if groep is not None:
            van_adres = self._per_adres[groep]
            del van_adres[verbinding]
            if not van_adres:
                del self._per_adres[groep]

    def _maak_plaats(self, onder: Iterable[Bewaakt]) -> bool:
        """Close the oldest on which nothing was ever asked, else the oldest on which nothing is asked now."""
        weg = next((een for een in onder if een.ongebruikt), None) or next((een for een in onder if een.stil), None)
        if weg is None:
            return False
        self.gesloten(weg)
        weg.sluit_stil()
        return True

    def _kijk(self) -> None:
        for verbinding in list(self._alle):
            verbinding.kijk(self._om_de)
        self._kijkt = bool(self._alle)
        if self._kijkt:
            asyncio.get_running_loop().call_later(self._om_de, self._kijk)


def meer_bestanden() -> None:
    """Let this process, and those it starts, open as many files as it needs, where the system allows it."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    zacht, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    doel = _GENOEG if hard == resource.RLIM_INFINITY else min(hard, _GENOEG)
    if zacht != resource.RLIM_INFINITY and zacht < doel:
        with suppress(ValueError, OSError):  # macOS allows less than it says: then it stays as it is
            resource.setrlimit(resource.RLIMIT_NOFILE, (doel, hard))


def _bestanden() -> int:
    """How many files this process may have open."""
    try:
        import resource
    except ImportError:
        return 2**31
    zacht, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2**31 if zacht == resource.RLIM_INFINITY else zacht
