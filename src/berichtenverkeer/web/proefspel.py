"""Proefmodus: flows of the library that are played, and counterparts that answer by a script, each by the command that does so, in a process of
its own. Flows are played at a node of their own, which is gone afterwards; a counterpart calls this node.

The processes are in the memory of the one that began them. Pages stand under what plays, so they ask its commands.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from ..pakket import meegeleverd

_EINDE = ".flow.yaml"
_TEGELIJK = {"flow": 2, "tegenpartij": 6}
"""So many processes of a kind at a time."""

_BEWAARD = 30
"""So many plays are remembered, the newest."""

_GEDULD = 10.0
"""Seconds in which what is stopped must have ended by itself."""

_MEESTE_UITVOER = 2_000_000
"""Bytes of what a process tells that are read."""


class Vol(Exception):
    """As many are being played as may be."""


@dataclass(frozen=True, slots=True)
class Bibliotheekflow:
    """A flow of the library: its name there, and what it is about."""

    naam: str
    omschrijving: str


@cache
def bibliotheek() -> Mapping[str, Bibliotheekflow]:
    """The flows of the library, by name."""
    plek = meegeleverd("fixtures") / "flows"
    namen = {str(pad.relative_to(plek)).removesuffix(_EINDE): pad for pad in sorted(Path(plek).rglob(f"*{_EINDE}"))}
    return {naam: Bibliotheekflow(naam, _omschrijving(pad)) for naam, pad in namen.items()}


def _omschrijving(pad: Path) -> str:
    gelezen = yaml.safe_load(pad.read_text(encoding="utf-8"))
    return str(gelezen.get("omschrijving", ""))


@dataclass
class Spel:
    """Something that is played. ``einde`` runs once, when it is over: also when it ends by itself."""

    id: str
    soort: str
    naam: str
    voor: str
    begonnen_op: datetime
    proces: "subprocess.Popen[bytes]"
    uitvoer: BinaryIO
    einde: Callable[[], None] = lambda: None
    _slot: threading.Lock = field(default_factory=threading.Lock)

    def rond_af(self) -> None:
        """Do what is to be done when it is over, unless that was done; it is done on return."""
        with self._slot:
            einde, self.einde = self.einde, lambda: None
            einde()

    def wacht(self) -> None:
        """Until it is over."""
        self.proces.wait()
        self.rond_af()

    @property
    def bezig(self) -> bool:
        """Whether it still runs."""
        return self.proces.poll() is None

    def regels(self) -> list[str]:
        """What it told, line by line."""
        tekst = os.pread(self.uitvoer.fileno(), _MEESTE_UITVOER, 0).decode("utf-8", "replace")
        return [regel for regel in tekst.splitlines() if regel.strip()]

    def uitkomsten(self) -> list[dict[str, Any]]:
        """What came of a flow, for each law."""
        return [json.loads(regel) for regel in self.regels() if regel.startswith("{")]


@dataclass
class Spelkamer:
    """What this process plays."""

    _spelen: dict[str, Spel] = field(default_factory=dict)
    _slot: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        atexit.register(self.stop_alles)

    def speel(self, flow: str, nu: datetime) -> Spel:
        """Begin to play a flow of the library. Raises ``Vol``."""
        return self._begin("flow", flow, "", ["replay", f"bibliotheek:{flow}", "--json"], b"", nu)

    def laat_antwoorden(
        self, script: str, code: str, token: str, url: str, nu: datetime, einde: Callable[[], None]
    ) -> Spel:
        """Let a script answer for a party at the node at this address. Raises ``Vol``."""
        opdracht = ["tegenpartij", script, "--base-url", url, "--code", code]
        return self._begin("tegenpartij", script, code, opdracht, f"{token}\n".encode(), nu, einde)

    def geef(self, id_: str, soort: str) -> Spel | None:
        """The one of this kind with this id."""
        spel = self._spelen.get(id_)
        return spel if spel is not None and spel.soort == soort else None

    def alle(self, soort: str) -> list[Spel]:
        """Those of a kind, the newest first."""
        return [spel for spel in reversed(self._spelen.values()) if spel.soort == soort]

    def stop(self, spel: Spel) -> None:
        """End it."""
        if spel.bezig:
            spel.proces.terminate()
            try:
                spel.proces.wait(_GEDULD)
            except subprocess.TimeoutExpired:
                spel.proces.kill()
        spel.rond_af()

    def sluit(self) -> None:
        """End all that runs, and what goes with it: the node ends, and its database is still there."""
        self.stop_alles()
        for spel in self._spelen.values():
            spel.rond_af()

    def stop_alles(self) -> None:
        """End all that runs: the process ends."""
        for spel in self._spelen.values():
            if spel.bezig:
                spel.proces.kill()

    def _begin(
        self,
        soort: str,
        naam: str,
        voor: str,
        opdracht: Sequence[str],
        invoer: bytes,
        nu: datetime,
        einde: Callable[[], None] = lambda: None,
    ) -> Spel:
        with self._slot:
            if sum(spel.bezig for spel in self.alle(soort)) >= _TEGELIJK[soort]:
                raise Vol
            uitvoer = tempfile.TemporaryFile()  # noqa: SIM115  # it lives as long as the play is remembered
            omgeving = {naam_: waarde for naam_, waarde in os.environ.items() if not naam_.startswith("BV_")}
            proces = subprocess.Popen(
                [sys.executable, "-u", "-m", "berichtenverkeer", *opdracht],
                stdin=subprocess.PIPE,
                stdout=uitvoer,
                stderr=subprocess.STDOUT,
                env=omgeving,
            )
            assert proces.stdin is not None
            proces.stdin.write(invoer)
            proces.stdin.close()
            spel = Spel(str(uuid.uuid4()), soort, naam, voor, nu, proces, uitvoer, einde)
            self._spelen[spel.id] = spel
            threading.Thread(target=spel.wacht, name=f"spel {spel.id}", daemon=True).start()
            oud = [een for een in self._spelen.values() if not een.bezig]
            for een in oud[: max(0, len(self._spelen) - _BEWAARD)]:
                een.uitvoer.close()
                del self._spelen[een.id]
            return spel
