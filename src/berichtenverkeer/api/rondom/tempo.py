"""How often one address may ask: so many a second, and so many at once after a rest."""

import time
from collections.abc import Callable

_MEESTE = 10_000
"""Addresses that are remembered; those that asked longest ago are forgotten first."""


class Tempo:
    """A token bucket for each address, kept as the moment at which it will be full again (GCRA)."""

    def __init__(self, per_seconde: float, ineens: int, seconden: Callable[[], float] = time.monotonic) -> None:
        self._elke = 1 / per_seconde
        self._vooruit = (ineens - 1) / per_seconde
        self._seconden = seconden
        self._vol_op: dict[str, float] = {}

    def wacht(self, adres: str) -> float:
        """Seconds until this address may ask again; 0.0 when it may now, and then this counts as asked."""
        nu = self._seconden()
        vol_op = max(self._vol_op.pop(adres, nu), nu)
        te_vroeg = vol_op - nu - self._vooruit
        self._vol_op[adres] = vol_op if te_vroeg > 0 else vol_op + self._elke
        if len(self._vol_op) > _MEESTE:
            del self._vol_op[next(iter(self._vol_op))]
        return max(te_vroeg, 0.0)
