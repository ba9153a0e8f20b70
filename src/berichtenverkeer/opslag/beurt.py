"""Whose turn it is to write in SQLite, where one writes at a time."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .wachttijd import DatabaseWeg, vergeefs

_NAWERKING = 1.0
"""Seconds after a wait that was in vain in which nobody waits again."""


class Beurt:
    """Within this process writers wait here, in memory and without a connection. When another process holds the file locked one
    of them waits for it to the limit, and those behind it no more: they would only find the same, one after the other."""

    def __init__(self, hoogstens: float, seconden: Callable[[], float] = time.monotonic) -> None:
        self._hoogstens = hoogstens
        self._seconden = seconden
        self._wissel = threading.Condition()
        self._bezet = False
        self._vergeefs = float("-inf")

    @contextmanager
    def neem(self) -> Iterator[float]:
        """Write now; gives how many seconds to wait for another process. Raises ``DatabaseWeg`` when this process itself was
        writing all the time."""
        self._wacht()
        hoogstens = 0.0 if self._seconden() - self._vergeefs < _NAWERKING else self._hoogstens
        try:
            yield hoogstens
        except Exception as fout:
            if hoogstens and vergeefs(fout):
                self._vergeefs = self._seconden()
            raise
        finally:
            with self._wissel:
                self._bezet = False
                self._wissel.notify()

    def _wacht(self) -> None:
        tot = self._seconden() + self._hoogstens
        with self._wissel:
            while self._bezet:
                if not self._wissel.wait(tot - self._seconden()) and self._bezet:
                    raise DatabaseWeg("others were writing all the time")
            self._bezet = True
