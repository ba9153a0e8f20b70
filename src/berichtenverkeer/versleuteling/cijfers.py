"""A number of some digits as another number of as many digits, and back: FF1 of NIST SP 800-38G, of base ten and without a tweak.

It does what a keyed hash does (who has no key cannot tell which number it was, the same number always gives the same), it cannot collide,
and it needs no table to go back by. A hash would hide no more: of the 90 million numbers that can be a Bsn, who has the key tries all.
"""

import hmac
from collections.abc import Callable
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

RONDEN = 10
_BLOK = 16
_PER_CIJFER = 3.3219280948873623
"""Bits in a digit."""

ONTHOUDEN = 1 << 16
"""How many numbers are at hand, in either direction."""


class Cijfers:
    """The permutation that belongs to a key of 16 or 32 bytes. Numbers are texts of digits, at least six of them.

    >>> geheim = Cijfers(bytes(32))
    >>> geheim.terug(geheim.heen("999900006"))
    '999900006'
    """

    def __init__(self, sleutel: bytes) -> None:
        self._aes = AES(sleutel)
        self.heen: Callable[[str], str] = lru_cache(ONTHOUDEN)(self._heen)
        """The other number."""
        self.terug: Callable[[str], str] = lru_cache(ONTHOUDEN)(self._terug)
        """The number that it was."""

    def _heen(self, cijfers: str) -> str:
        ronde = _Ronde(self._aes, len(cijfers))
        links, rechts = ronde.gedeeld(cijfers)
        for nummer in range(RONDEN):
            links, rechts = rechts, (links + ronde(nummer, rechts)) % ronde.macht(nummer)
        return ronde.aaneen(links, rechts)

    def _terug(self, cijfers: str) -> str:
        ronde = _Ronde(self._aes, len(cijfers))
        links, rechts = ronde.gedeeld(cijfers)
        for nummer in reversed(range(RONDEN)):
            links, rechts = (rechts - ronde(nummer, links)) % ronde.macht(nummer), links
        return ronde.aaneen(links, rechts)

    def __repr__(self) -> str:
        return "Cijfers(…)"


class _Ronde:
    """The function of a round, for numbers of ``n`` digits."""

    def __init__(self, aes: AES, n: int) -> None:
        if n < 6:
            raise ValueError("too few digits to hide a number among")
        self._links = n // 2
        self._rechts = n - self._links
        self._bytes = -(-int(-(-self._rechts * _PER_CIJFER // 1)) // 8)
        self._uit = 4 * -(-self._bytes // 4) + 4
        assert self._uit <= _BLOK
        self._blok = Cipher(aes, ECB()).encryptor()  # one block at a time, chained here: CBC-MAC
        kop = bytes([1, 2, 1, 0, 0, 10, 10, self._links % 256]) + n.to_bytes(4, "big") + bytes(4)
        self._kop = int.from_bytes(self._blok.update(kop), "big")

    def __call__(self, nummer: int, helft: int) -> int:
        staart = bytes([nummer]) + helft.to_bytes(self._bytes, "big")
        vol = int.from_bytes(staart.rjust(_BLOK, b"\0"), "big") ^ self._kop
        return int.from_bytes(self._blok.update(vol.to_bytes(_BLOK, "big"))[: self._uit], "big")

    def macht(self, nummer: int) -> int:
        return int(10 ** (self._rechts if nummer % 2 else self._links))

    def gedeeld(self, cijfers: str) -> tuple[int, int]:
        return int(cijfers[: self._links]), int(cijfers[self._links :])

    def aaneen(self, links: int, rechts: int) -> str:
        return f"{links:0{self._links}}{rechts:0{self._rechts}}"


def afgeleid(geheim: bytes, doel: bytes) -> bytes:
    """The key for a purpose from a secret: 32 bytes."""
    return hmac.digest(geheim, doel, "sha256")
