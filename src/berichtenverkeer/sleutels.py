"""The secret keys of this node, in one place: by which a person is known in the log without the Bsn, by which the log is sealed, and in
which the keys of what is kept of persons are wrapped (``versleuteling``).

They stand in a file that ``BV_SLEUTELS`` names, one a line, the newest first: at least 32 bytes in hexadecimal. The newest is written
with; the others are there to read what was written before. Without a file there is one key that everybody can know: good enough for
trying out, and a node with real data says that it is missing.
"""

import hashlib
import hmac
import os
import re
from dataclasses import dataclass
from pathlib import Path

from .zegbaar import Zegbaar

OMGEVING = "BV_SLEUTELS"

_REGEL = re.compile("[0-9a-fA-F]{64,128}")
_ID, _PERSOON = 8, 32


class SleutelsOnleesbaar(Zegbaar):
    """The file of keys cannot be used."""


@dataclass(frozen=True, slots=True, repr=False)
class Sleutel:
    """One secret, and what is derived from it: a purpose never has the key of another."""

    id: str
    """By which a row says what it was written with; tells nothing of the key."""

    _persoon: bytes
    _keten: bytes

    wikkel: bytes
    """The key in which others are wrapped, of AES-256."""

    @classmethod
    def van(cls, geheim: bytes) -> "Sleutel":
        """The key of this secret."""
        afgeleid = [hmac.digest(geheim, doel, hashlib.sha256) for doel in (b"id", b"persoon", b"keten", b"wikkel")]
        return cls(afgeleid[0].hex()[:_ID], *afgeleid[1:])

    def persoon(self, bsn: str) -> str:
        """What a person is called in the log: the same for the same Bsn, and without the key not to be led back to it."""
        return hmac.digest(self._persoon, bsn.encode(), "sha256").hex()[:_PERSOON]

    def zegel(self, tekst: str) -> str:
        """The seal on a text: who has no key cannot make it."""
        return hmac.digest(self._keten, tekst.encode(), "sha256").hex()


@dataclass(frozen=True, slots=True)
class Sleutelring:
    """The keys of a node, the newest first. ``geheim``: they are of this node alone."""

    sleutels: tuple[Sleutel, ...]
    geheim: bool

    @property
    def nieuwste(self) -> Sleutel:
        """What is written with."""
        return self.sleutels[0]

    def personen(self, bsn: str) -> list[str]:
        """What a person may be called in the log, by each key."""
        return [sleutel.persoon(bsn) for sleutel in self.sleutels]

    def met_id(self, id_: str) -> Sleutel | None:
        """The key that a row was written with; None when it is not here."""
        return next((sleutel for sleutel in self.sleutels if sleutel.id == id_), None)


ZONDER = Sleutelring((Sleutel.van(b"berichtenverkeer: geen sleutel gezet"),), geheim=False)
"""What there is without a file."""


def lees(pad: Path) -> Sleutelring:
    """The keys in a file. Raises ``SleutelsOnleesbaar``, which repeats nothing of what stands in it."""
    try:
        regels = [regel.strip() for regel in pad.read_text("ascii").splitlines() if regel.strip()]
    except (OSError, UnicodeDecodeError):
        regels = []
    if not regels or not all(_REGEL.fullmatch(regel) for regel in regels):
        raise SleutelsOnleesbaar(
            f"Het bestand met sleutels ({OMGEVING}) is niet te gebruiken. Zet er één sleutel per regel in, de nieuwste vooraan; "
            "'berichtenverkeer sleutel maak' doet dat."
        )
    return Sleutelring(tuple(Sleutel.van(bytes.fromhex(regel[: len(regel) // 2 * 2])) for regel in regels), geheim=True)


class _Ring:
    """The keys of this process: read once, when they are first needed or when the node is put together."""

    gelezen: Sleutelring | None = None
    pad: Path | None = None


def gebruik(pad: Path | None) -> Sleutelring:
    """Read the keys of this process from here; without a path there is none."""
    ring = lees(pad) if pad else ZONDER
    _Ring.gelezen, _Ring.pad = ring, pad
    return ring


def bestand() -> Path | None:
    """The file with the keys of this process."""
    sleutelring()
    return _Ring.pad


def sleutelring() -> Sleutelring:
    """The keys of this process."""
    if _Ring.gelezen is not None:
        return _Ring.gelezen
    pad = os.environ.get(OMGEVING)
    return gebruik(Path(pad) if pad else None)
