"""Where a writer that wants a file can leave its pieces, for who takes them one by one."""

from io import RawIOBase
from typing import Any


class Bak(RawIOBase):
    """It holds what was not taken yet."""

    def __init__(self) -> None:
        self._stukken: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, stuk: Any) -> int:
        """Keep this until it is taken."""
        self._stukken.append(bytes(stuk))
        return len(stuk)

    def neem(self) -> bytes:
        """What was written since."""
        stuk = b"".join(self._stukken)
        self._stukken.clear()
        return stuk
