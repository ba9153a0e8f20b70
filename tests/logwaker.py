"""Nothing that a node logs in a test tells of a person: every line of every node, in this process and of servers that a test starts, is read
once when that test has ended.

A fictive Bsn is one that passes the 11-proef among those that tests use; names are those of the messages of tests.
"""

import logging
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import structlog
from stdnum.nl import bsn

from berichtenverkeer import logregels

LOG = "BV_TEST_LOG"
"""The variable that names the file in which the lines of this test run are, for servers that it starts."""

NAMEN = (
    "Voorbeeld",
    "Fictief",
    "Merkwaardig",
    "Voorbeeldstraat",
    "Voorbeeldstad",
    "1234AB",
    "0600000001",
    "0600000002",
)
"""What stands of a person in the messages of tests, as itself: no word of ours."""

_BSN = re.compile(rb"(?<![0-9a-fA-F.])9999[0-9]{5}(?![0-9a-fA-F])")
_NAAM = re.compile(rb"\b(?:" + "|".join(map(re.escape, sorted(NAMEN))).encode() + rb")\b")
_VAN_WIE_VRAAGT = ("httpx", "httpcore")


def van_personen(tekst: bytes) -> list[str]:
    """What there is of persons in this text."""
    nummers = [gevonden.decode() for gevonden in _BSN.findall(tekst)]
    return [nummer for nummer in nummers if bsn.is_valid(nummer)] + [naam.decode() for naam in _NAAM.findall(tekst)]


@dataclass
class Logwaker:
    """The lines of one process of tests."""

    bestand: Path
    _uit: IO[str] = field(init=False)
    _gelezen: int = 0

    def __post_init__(self) -> None:
        self._uit = self.bestand.open("a", encoding="utf-8", buffering=1)

    @classmethod
    def begin(cls) -> "Logwaker":
        """Read from now on what is logged in this process, or by a server that it starts."""
        nummer, naam = tempfile.mkstemp(suffix=".log")
        os.close(nummer)
        os.environ[LOG] = naam
        waker = cls(Path(naam))
        structlog.reset_defaults()
        logregels.stel_in("tekst", "debug", waker.schrijf)
        van_server = logging.StreamHandler(waker._uit)
        van_server.setFormatter(logging.Formatter("%(name)s %(message)s"))
        van_server.addFilter(lambda regel: not regel.name.startswith(_VAN_WIE_VRAAGT))
        for logger in (logging.getLogger(), logging.getLogger("uvicorn")):
            logger.addHandler(van_server)
        return waker

    def schrijf(self, regel: str) -> None:
        """A line of a node in this process. It is not on stderr: a test may hold that a command tells nothing there."""
        self._uit.write(f"{regel}\n")

    def nieuw(self) -> bytes:
        """The lines that were not read yet."""
        if self.bestand.stat().st_size == self._gelezen:
            return b""
        with self.bestand.open("rb") as bestand:
            bestand.seek(self._gelezen)
            nieuw = bestand.read()
        return nieuw[: nieuw.rfind(b"\n") + 1]

    def lees(self) -> None:
        """Read what came. Raises ``AssertionError`` when it tells of a person."""
        nieuw = self.nieuw()
        self._gelezen += len(nieuw)
        gevonden = van_personen(nieuw)
        assert not gevonden, f"the log of a node names {sorted(set(gevonden))}"

    def sluit(self) -> None:
        """Read the rest, and take the file away."""
        try:
            self.lees()
        finally:
            self.bestand.unlink(missing_ok=True)
