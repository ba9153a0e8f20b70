"""What a process counts of itself, and how that is written for Prometheus (its text format, 0.0.4).

Nothing here may tell of a person or a party: a label is a word of ours, such as a kind of message or the path of a route.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

Labels = tuple[str, ...]

SOORT = "text/plain; version=0.0.4; charset=utf-8"
"""The Content-Type of the format."""


class Stand(NamedTuple):
    """One value, with what it is the value of; ``achtervoegsel`` is what the format puts behind the name for it."""

    labels: Mapping[str, str]
    waarde: float
    achtervoegsel: str = ""


@dataclass(frozen=True, slots=True)
class Reeks:
    """All that has one name: ``soort`` is counter, gauge or histogram."""

    naam: str
    hulp: str
    soort: str
    standen: Sequence[Stand]

    def regels(self) -> Iterator[str]:
        """Its lines; without values it has none."""
        if not self.standen:
            return
        yield f"# HELP {self.naam} {self.hulp}"
        yield f"# TYPE {self.naam} {self.soort}"
        for stand in self.standen:
            labels = ",".join(f'{naam}="{_veilig(waarde)}"' for naam, waarde in stand.labels.items())
            haken = f"{{{labels}}}" if labels else ""
            yield f"{self.naam}{stand.achtervoegsel}{haken} {stand.waarde:.10g}"


def schrijf(reeksen: Iterable[Reeks]) -> str:
    """All of these, as they are asked for."""
    return "".join(f"{regel}\n" for reeks in reeksen for regel in reeks.regels())


@dataclass
class Teller:
    """Counts up, for each combination of labels; from any thread."""

    naam: str
    hulp: str
    labels: Labels
    _slot: threading.Lock = field(default_factory=threading.Lock)
    _aantallen: Counter[Labels] = field(default_factory=Counter)

    def tel(self, *labels: str, bij: int = 1) -> None:
        """So many more."""
        with self._slot:
            self._aantallen[labels] += bij

    def reeks(self) -> Reeks:
        """How it stands."""
        with self._slot:
            aantallen = sorted(self._aantallen.items())
        standen = [Stand(dict(zip(self.labels, welke, strict=True)), aantal) for welke, aantal in aantallen]
        return Reeks(self.naam, self.hulp, "counter", standen)


@dataclass
class Verdeling:
    """Counts how many values there were up to each of ``grenzen``, for each combination of labels; from any thread."""

    naam: str
    hulp: str
    labels: Labels
    grenzen: Sequence[float]
    _slot: threading.Lock = field(default_factory=threading.Lock)
    _vakken: dict[Labels, list[int]] = field(default_factory=dict)
    _sommen: dict[Labels, float] = field(default_factory=dict)

    def meet(self, waarde: float, *labels: str) -> None:
        """There was this value."""
        plek = next((plek for plek, grens in enumerate(self.grenzen) if waarde <= grens), len(self.grenzen))
        with self._slot:
            self._vakken.setdefault(labels, [0] * (len(self.grenzen) + 1))[plek] += 1
            self._sommen[labels] = self._sommen.get(labels, 0.0) + waarde

    def reeks(self) -> Reeks:
        """How it stands."""
        with self._slot:
            alles = [(welke, list(vakken), self._sommen[welke]) for welke, vakken in sorted(self._vakken.items())]
        standen: list[Stand] = []
        for welke, vakken, som in alles:
            labels = dict(zip(self.labels, welke, strict=True))
            standen += verdeeld(labels, self.grenzen, vakken, som)
        return Reeks(self.naam, self.hulp, "histogram", standen)


def verdeeld(labels: Mapping[str, str], grenzen: Sequence[float], vakken: Sequence[int], som: float) -> list[Stand]:
    """A histogram of how many values there were in each of these, the last of which has no end."""
    tot = list(accumulate(vakken))
    namen = [*(f"{grens:g}" for grens in grenzen), "+Inf"]
    standen = [Stand({**labels, "le": naam}, aantal, "_bucket") for naam, aantal in zip(namen, tot, strict=True)]
    return [*standen, Stand(labels, som, "_sum"), Stand(labels, tot[-1], "_count")]


def _veilig(waarde: str) -> str:
    """The value of a label, as the format wants it."""
    return waarde.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
