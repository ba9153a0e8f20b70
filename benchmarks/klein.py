"""What small messages notice of what else goes on, and how much memory that takes."""

import http.client
import json
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from .mix import bsns, gang

_PAUZE = 0.01
"""Seconds between one time and the next."""


@dataclass
class Klein:
    """Small messages one after the other, over one connection."""

    poort: int
    tokens: dict[str, str]
    _berichten: Iterator[tuple[str, bytes]] = field(default_factory=lambda: _kleine())

    def stuur_tijdens(self, doe: Callable[[], object]) -> float:
        """p99 in milliseconds of what was sent while this was done."""
        return statistics.quantiles(self.tijden(doe), n=100)[98] * 1000

    def tijden(self, doe: Callable[[], object]) -> list[float]:
        """The seconds that each took of what was sent while this was done."""

        def stuur(verbinding: http.client.HTTPConnection) -> None:
            van, data = next(self._berichten)
            antwoord = vraag(verbinding, "POST", "/v1/berichten", self.tokens[van], data)
            assert antwoord["oordeel"] == "goedgekeurd", antwoord

        return tijden_van(stuur, self.poort, doe)


def tijden_van(
    steeds: Callable[[http.client.HTTPConnection], object], poort: int, doe: Callable[[], object]
) -> list[float]:
    """The seconds of each time that one thing was done, over one connection and with a pause between, while another was."""
    klaar, tijden = threading.Event(), list[float]()

    def herhaal() -> None:
        verbinding = http.client.HTTPConnection("127.0.0.1", poort)
        while not klaar.is_set():
            begin = time.perf_counter()
            steeds(verbinding)
            tijden.append(time.perf_counter() - begin)
            time.sleep(_PAUZE)
        verbinding.close()

    draad = threading.Thread(target=herhaal)
    draad.start()
    try:
        doe()
    finally:
        klaar.set()
        draad.join()
    return tijden


def vraag(
    verbinding: http.client.HTTPConnection, methode: str, pad: str, token: str, data: bytes | None = None
) -> dict[str, object]:
    """The answer to a request, which must be a good one."""
    kop = {"Authorization": f"Bearer {token}", "Content-Type": "application/xml"}
    verbinding.request(methode, pad, data, kop)
    antwoord = verbinding.getresponse()
    inhoud: dict[str, object] = json.loads(antwoord.read())
    if antwoord.status not in (200, 202):
        raise SystemExit(f"{methode} {pad}: {antwoord.status} {inhoud}")
    return inhoud


def _kleine() -> Iterator[tuple[str, bytes]]:
    for nummer, bsn in enumerate(bsns(), start=1_000_000):
        yield from gang(nummer, bsn)


@dataclass
class Geheugen:
    """Watches the most memory a process and those it started ever had, in MB."""

    pid: int
    _pieken: dict[int, float] = field(default_factory=dict)
    _klaar: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Geheugen":
        self._draad = threading.Thread(target=self._kijk)
        self._draad.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._klaar.set()
        self._draad.join()

    def server(self) -> float:
        """Of the process itself."""
        return self._pieken[self.pid]

    def kind(self) -> float:
        """Of the largest that it started; 0 when it started none."""
        return max((piek for pid, piek in self._pieken.items() if pid != self.pid), default=0.0)

    def _kijk(self) -> None:
        while not self._klaar.wait(0.02):
            with suppress(OSError):
                taken = Path(f"/proc/{self.pid}/task").glob("*/children")
                for pid in [self.pid, *(int(kind) for taak in taken for kind in taak.read_text().split())]:
                    with suppress(OSError, StopIteration):  # it has just ended
                        self._pieken[pid] = _piek(pid)


def _piek(pid: int) -> float:
    """The most memory a process ever had, in MB."""
    regels = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(regel.split()[1]) for regel in regels if regel.startswith("VmHWM")) / 1024
