"""How much was played in how long: messages a second, and per kind of message how long it took."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .verloop import Verloop


@dataclass(frozen=True, slots=True)
class Duren:
    """How long ``aantal`` messages of one kind took, in seconds: half of them at most ``p50``, 95 of a hundred at most ``p95``."""

    soort: str
    aantal: int
    p50: float
    p95: float
    hoogste: float


@dataclass(frozen=True, slots=True)
class Belasting:
    """What was handed in, in ``seconden`` from the first play to the end of the last; looking at the node counts as well."""

    berichten: int
    seconden: float
    soorten: tuple[Duren, ...]

    @property
    def per_seconde(self) -> float:
        return self.berichten / self.seconden if self.seconden else 0.0


def meet(verlopen: Iterable[Verloop], seconden: float) -> Belasting:
    """Count the messages of all plays, and order their times by kind."""
    duren: dict[str, list[float]] = defaultdict(list)
    for verloop in verlopen:
        for stap in verloop.stappen:
            if stap.soort:
                duren[stap.soort].append(stap.duur)
    soorten = tuple(_duren(soort, sorted(bij)) for soort, bij in sorted(duren.items()))
    return Belasting(sum(soort.aantal for soort in soorten), seconden, soorten)


def _duren(soort: str, bij: Sequence[float]) -> Duren:
    return Duren(soort, len(bij), _rang(bij, 0.5), _rang(bij, 0.95), bij[-1])


def _rang(bij: Sequence[float], deel: float) -> float:
    """The smallest value that this part of them do not exceed."""
    return bij[max(math.ceil(deel * len(bij)), 1) - 1]
