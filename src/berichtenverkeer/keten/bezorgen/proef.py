"""Proefmodus, for testers: the clock of a run, and what is made to go wrong when messages are fetched or pushed.

It is all in the memory of one process, and there is none of it outside proefmodus. A storing never touches what is stored:
it changes a request or an answer on its way, so when it is used up everything is there as it was.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from ...klok import NEDERLAND, Klok

Item = dict[str, Any]
"""What one message looks like in a list of what lies ready."""


class Kant(StrEnum):
    """Who begins: the party fetches, or the node pushes to its endpoint."""

    OPHALEN = "ophalen"
    BEZORGEN = "bezorgen"


@dataclass(frozen=True)
class Soort:
    """A kind of storing: on which side it happens, and what it does, in Dutch."""

    kant: Kant
    wat: str


SOORTEN: Mapping[str, Soort] = {
    "verberg": Soort(
        Kant.OPHALEN,
        "het oudste bericht staat niet in de lijst; in /v1/postvak ook niet wat erna komt, want de cursor wacht erop",
    ),
    "dubbel": Soort(Kant.OPHALEN, "het eerste bericht dat wordt bevestigd staat daarna nog eens in de lijst, vooraan"),
    "omgekeerd": Soort(Kant.OPHALEN, "de lijst staat achterstevoren, zodra er twee berichten of meer in staan"),
    "kwijt": Soort(Kant.OPHALEN, "de inhoud van een bericht geeft 404"),
    "http": Soort(
        Kant.BEZORGEN, "niets bezorgd; het antwoord is leeg, met deze status (300 tot en met 599, anders 503)"
    ),
    "geen_verbinding": Soort(Kant.BEZORGEN, "niets bezorgd; het eindpunt is niet te bereiken"),
    "time_out": Soort(Kant.BEZORGEN, "niets bezorgd; het antwoord bleef te lang uit, zonder dat u daarop wacht"),
    "antwoord_kwijt": Soort(Kant.BEZORGEN, "wel bezorgd; het antwoord raakt kwijt"),
    "verkeerd_crossrefnummer": Soort(Kant.BEZORGEN, "wel bezorgd; het antwoord is een Bv03 op een ander bericht"),
    "fo03": Soort(Kant.BEZORGEN, "niets bezorgd; het antwoord is een Fo03 met StUF046, waarna nog eens wordt bezorgd"),
}
"""The kinds of storing."""


@dataclass(frozen=True)
class Stand:
    """What the clock was set to; ``sinds`` is when, by the system clock, if it runs on from there."""

    moment: datetime
    sinds: datetime | None


@dataclass
class Proefklok:
    """A clock that can be set. As long as it is not, it gives the time of ``systeem``."""

    systeem: Klok
    stand: Stand | None = None

    def __call__(self) -> datetime:
        """The present moment of the run, in Dutch time."""
        stand = self.stand
        if stand is None:
            return self.systeem()
        if stand.sinds is None:
            return stand.moment
        verlopen = self.systeem().astimezone(UTC) - stand.sinds  # in UTC, for a Dutch day may have 23 or 25 hours
        return (stand.moment.astimezone(UTC) + verlopen).astimezone(NEDERLAND)

    def zet(self, moment: datetime, loopt: bool) -> None:
        """Set it; it stands still there, or runs on."""
        self.stand = Stand(moment, self.systeem().astimezone(UTC) if loopt else None)

    def wis(self) -> None:
        """Back to the system clock."""
        self.stand = None


@dataclass
class Storing:
    """Something that is to go wrong ``keer`` times. ``status`` is for ``http``; ``weer`` is what ``dubbel`` will show again,
    and at which door."""

    soort: str
    keer: int = 1
    status: int = 503
    weer: tuple[str, Item] | None = None


@dataclass
class Storingen:
    """What is to go wrong for each party: one after the other on each side, and neither side waits for the other (afgeleid).
    May be used from any thread."""

    _rijen: dict[str, list[Storing]] = field(default_factory=dict)
    _getoond: dict[tuple[str, str], dict[str, Item]] = field(default_factory=dict)
    _slot: threading.Lock = field(default_factory=threading.Lock)

    def zet(self, partij: str, storingen: Sequence[Storing]) -> None:
        """Let these go wrong for a party, in place of what was left."""
        with self._slot:
            self._rijen[partij] = [replace(storing) for storing in storingen]

    def over(self, partij: str) -> list[Storing]:
        """What is still to go wrong for a party."""
        with self._slot:
            return [replace(storing) for storing in self._rijen.get(partij, ())]

    def lijst(
        self, partij: str, deur: str, items: list[Item], id_van: Callable[[Item], str], *, op_cursor: bool
    ) -> list[Item]:
        """The list that a party gets to see at a door, of what lies ready there. With ``op_cursor`` the caller goes on after
        the last item it saw, and what was left out before that would be lost to it."""
        with self._slot:
            self._getoond[partij, deur] = {id_van(item).lower(): item for item in items}
            match storing := self._eerste(partij, Kant.OPHALEN):
                case Storing("verberg") if items:
                    self._verbruik(partij, storing)
                    return [] if op_cursor else items[1:]
                case Storing("omgekeerd") if len(items) > 1:
                    self._verbruik(partij, storing)
                    return items[::-1]
                case Storing("dubbel", weer=(waar, item)) if waar == deur:
                    self._verbruik(partij, storing)
                    return [item, *items]
            return items

    def bevestigd(self, partij: str, deur: str, id_: str) -> None:
        """A party acknowledged what it saw at this door."""
        with self._slot:
            storing = self._eerste(partij, Kant.OPHALEN)
            item = self._getoond.get((partij, deur), {}).get(id_.lower())
            if storing is not None and storing.soort == "dubbel" and storing.weer is None and item is not None:
                storing.weer = deur, item

    def raakt_kwijt(self, partij: str) -> bool:
        """Whether what a party fetches now is to be missing."""
        with self._slot:
            storing = self._eerste(partij, Kant.OPHALEN)
            if storing is None or storing.soort != "kwijt":
                return False
            self._verbruik(partij, storing)
            return True

    def bij_bezorgen(self, partij: str) -> Storing | None:
        """What goes wrong with what is pushed to a party now."""
        with self._slot:
            storing = self._eerste(partij, Kant.BEZORGEN)
            if storing is not None:
                self._verbruik(partij, storing)
            return storing

    def _eerste(self, partij: str, kant: Kant) -> Storing | None:
        return next((een for een in self._rijen.get(partij, ()) if SOORTEN[een.soort].kant is kant), None)

    def _verbruik(self, partij: str, storing: Storing) -> None:
        storing.keer -= 1
        if not storing.keer:
            self._rijen[partij] = [een for een in self._rijen[partij] if een is not storing]


@dataclass
class Proef:
    """What a node has in proefmodus only."""

    klok: Proefklok
    storingen: Storingen = field(default_factory=Storingen)
