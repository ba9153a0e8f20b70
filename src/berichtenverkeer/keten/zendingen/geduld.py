"""How long to leave alone what failed: the more often, the longer. Kept in memory: a new start tries everything at once."""

from collections.abc import Collection
from dataclasses import dataclass, field

from ...opslag.berichten.zendingen import Zendingsleutel

WACHT = (0.0, 60.0, 120.0, 300.0, 600.0, 1800.0)
"""Seconds after the first failure, the second, and so on; from then on the last. The first is for the next round (afgeleid)."""


@dataclass
class Geduld:
    """Which zendingen failed, how often, and from when each may be tried again. Moments are seconds of one clock that never
    goes back."""

    _mislukt: dict[Zendingsleutel, tuple[int, float]] = field(default_factory=dict)

    def mislukte(self, sleutel: Zendingsleutel, nu: float) -> None:
        """This zending failed now."""
        keren, _ = self._mislukt.get(sleutel, (0, nu))
        self._mislukt[sleutel] = keren + 1, nu + WACHT[min(keren, len(WACHT) - 1)]

    def mag(self, sleutel: Zendingsleutel, nu: float) -> bool:
        """Whether this zending may be tried now."""
        return self._mislukt.get(sleutel, (0, nu))[1] <= nu

    def vergeet(self, sleutel: Zendingsleutel) -> None:
        """This zending is done with."""
        self._mislukt.pop(sleutel, None)

    def onthoud_alleen(self, open_: Collection[Zendingsleutel]) -> None:
        """Only these are still to be done: another process may have done the others."""
        self._mislukt = {sleutel: stand for sleutel, stand in self._mislukt.items() if sleutel in open_}
