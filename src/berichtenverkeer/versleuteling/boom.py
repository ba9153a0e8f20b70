"""A key for each of 2³² places, each of which can be destroyed for good: the tree of Goldreich, Goldwasser and Micali, punctured.

From the key of a node follow those of its two children, never the other way. All of it follows from one key at first; to destroy a place,
the keys on the way to it are replaced by those beside that way, thirty-two of them. So parties and clients need no key in a table,
nobody looks one up, and yet each has its own.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

DIEPTE = 32

PLEKKEN = 1 << DIEPTE
"""How many places there are."""


@dataclass(frozen=True, slots=True, repr=False)
class Boom:
    """The keys that are left, by the depth of their node and its place there."""

    knopen: Mapping[tuple[int, int], bytes]

    @classmethod
    def van(cls, wortel: bytes) -> "Boom":
        """A tree in which nothing was destroyed."""
        return cls({(0, 0): wortel})

    def blad(self, plek: int) -> bytes | None:
        """The key of a place; None when it was destroyed."""
        diepte = self._gedekt(plek)
        if diepte is None:
            return None
        sleutel = self.knopen[diepte, plek >> (DIEPTE - diepte)]
        for onder in range(diepte + 1, DIEPTE + 1):
            sleutel = _kind(sleutel, plek >> (DIEPTE - onder) & 1)
        return sleutel

    def zonder(self, plek: int) -> "Boom":
        """The tree in which this place has no key, and never gets it back."""
        diepte = self._gedekt(plek)
        if diepte is None:
            return self
        knopen = dict(self.knopen)
        sleutel = knopen.pop((diepte, plek >> (DIEPTE - diepte)))
        for onder in range(diepte + 1, DIEPTE + 1):
            hier = plek >> (DIEPTE - onder)
            knopen[onder, hier ^ 1] = _kind(sleutel, hier & 1 ^ 1)
            sleutel = _kind(sleutel, hier & 1)
        return Boom(knopen)

    def _gedekt(self, plek: int) -> int | None:
        """At which depth there is a key from which that of the place follows."""
        return next((d for d in range(DIEPTE + 1) if (d, plek >> (DIEPTE - d)) in self.knopen), None)


def _kind(sleutel: bytes, kant: int) -> bytes:
    return hmac.digest(sleutel, bytes([kant]), "sha256")
