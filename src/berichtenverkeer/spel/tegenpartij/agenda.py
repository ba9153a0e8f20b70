"""What is still to be handed in, and in which order: at its moment, and at the same moment in the order in which it was asked for."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from ..schrijven.opstellen import Opgesteld
from .brievenbus import Liggend
from .script import Doe


@dataclass(eq=False)
class Taak:
    """A message that is being dealt with: how many are ``over`` to hand in, and from when in real seconds."""

    liggend: Liggend
    doe: Doe
    vanaf: float
    over: int = 0
    gestopt: bool = False


Gepland = tuple[Taak, Sequence[Opgesteld]]
"""A message with all that is to be handed in for it."""


@dataclass(order=True)
class _Punt:
    moment: datetime
    rang: int
    nummer: int
    taak: Taak = field(compare=False)
    opgesteld: Opgesteld = field(compare=False)


class Agenda:
    """Of one party."""

    def __init__(self) -> None:
        self._punten: list[_Punt] = []
        self._taken: list[Taak] = []
        self._rangen = count()

    @property
    def momenten(self) -> list[datetime]:
        """When there is something to hand in, by the clock of the node."""
        return sorted(punt.moment for punt in self._punten)

    def deel_in(self, gepland: Sequence[Gepland]) -> None:
        """Give what came in together its place; those of ``omgekeerd`` change places with each other."""
        rangen = [next(self._rangen) for _ in gepland]
        om = [plek for plek, (taak, _) in enumerate(gepland) if taak.doe.omgekeerd]
        for plek, ander in zip(om, [rangen[plek] for plek in reversed(om)], strict=True):
            rangen[plek] = ander
        for rang, (taak, berichten) in zip(rangen, gepland, strict=True):
            taak.over = len(berichten)
            self._taken.append(taak)
            for nummer, opgesteld in enumerate(berichten):
                heapq.heappush(self._punten, _Punt(opgesteld.moment, rang, nummer, taak, opgesteld))

    def voer_uit(self, nu: datetime, tik: float, lever: Callable[[Taak, Opgesteld], bool]) -> bool:
        """Hand in what is due at ``nu``; whether there was anything. ``lever`` says whether what follows still makes sense; what it
        raises goes on, and that message stays where it was."""
        even: list[_Punt] = []
        gedaan = False
        try:
            while self._punten and self._punten[0].moment <= nu:
                punt = self._punten[0]
                if punt.taak.vanaf > tik:
                    even.append(heapq.heappop(self._punten))
                    continue
                if not punt.taak.gestopt:
                    punt.taak.gestopt = not lever(punt.taak, punt.opgesteld)
                heapq.heappop(self._punten)
                punt.taak.over -= 1
                gedaan = True
        finally:
            for punt in even:
                heapq.heappush(self._punten, punt)
        return gedaan

    def rond_af(self, bevestig: Callable[[Liggend], None]) -> None:
        """Acknowledge every message of which all was handed in."""
        for taak in [taak for taak in self._taken if taak.over == 0]:
            if not taak.doe.bevestig_niet:
                bevestig(taak.liggend)
            self._taken.remove(taak)
