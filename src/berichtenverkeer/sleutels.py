"""The secret keys of this node, in one place: by which a person is known in the log without the Bsn, by which the log is sealed, and in
which the keys of what is kept of persons are wrapped (``versleuteling``).

They stand in a file that ``BV_SLEUTELS`` names, one a line, the newest first, or in ``BV_HOOFDSLEUTELS`` itself, with a comma between: at least
32 bytes in hexadecimal. The newest is written with; the others are there to read what was written before. Without any there is one key
that everybody can know: good enough for trying out, and a node with real data says that it is missing.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from .zegbaar import Zegbaar

OMGEVING = "BV_SLEUTELS"
"""The variable that names their file."""

ZELF = "BV_HOOFDSLEUTELS"
"""The variable that holds them, in the place of a file."""

BOS = "BV_SLEUTELBOS"
"""The variable that names the file of the keys that are wrapped in them; without it that stands beside their own file."""

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
        return _ring([regel.strip() for regel in pad.read_text("ascii").splitlines() if regel.strip()], OMGEVING)
    except (OSError, UnicodeDecodeError):
        return _ring([], OMGEVING)


_HOE = {
    OMGEVING: f"Het bestand met sleutels ({OMGEVING}) is niet te gebruiken. Zet er één sleutel per regel in, de nieuwste vooraan; "
    "'berichtenverkeer sleutel maak' doet dat.",
    ZELF: f"De sleutels in {ZELF} zijn niet te gebruiken. Geef 64 tot 128 hexadecimale tekens per sleutel, met een komma ertussen en de "
    "nieuwste vooraan; 'openssl rand -hex 32' maakt er een.",
}


def _ring(regels: Sequence[str], waar: str) -> Sleutelring:
    if not regels or not all(_REGEL.fullmatch(regel) for regel in regels):
        raise SleutelsOnleesbaar(_HOE[waar])
    return Sleutelring(tuple(Sleutel.van(bytes.fromhex(regel[: len(regel) // 2 * 2])) for regel in regels), geheim=True)


class Plaats(NamedTuple):
    """Where the keys of a process come from: their file, or what was set; and the file of those that are wrapped in them."""

    bestand: Path | None
    waarden: str
    bos: Path

    def lees(self) -> Sleutelring:
        """The keys. Raises ``SleutelsOnleesbaar``."""
        return lees(self.bestand) if self.bestand is not None else _ring(self.waarden.replace(",", " ").split(), ZELF)


def pad_bij(geheimen: Path) -> Path:
    """Where the keys are that are wrapped by those in this file, unless another place was set."""
    return Path(f"{geheimen}.bos")


def plaats(bestand: Path | None, waarden: str | None, bos: Path | None) -> Plaats | None:
    """Where the keys are by what was set; None when nothing was. Raises ``SleutelsOnleesbaar`` when that does not go together."""
    if waarden and bestand is not None:
        raise SleutelsOnleesbaar(
            f"Zet {OMGEVING} of {ZELF}, niet allebei: het knooppunt weet anders niet welke sleutels gelden."
        )
    if waarden and bos is None:
        raise SleutelsOnleesbaar(
            f"Zet naast {ZELF} ook {BOS}: het bestand van de sleutelbos, dat op schijf blijft staan."
        )
    if waarden and bos is not None:
        return Plaats(None, waarden, bos)
    return None if bestand is None else Plaats(bestand, "", bos or pad_bij(bestand))


def uit_omgeving() -> Plaats | None:
    """Where the environment says that they are. Raises ``SleutelsOnleesbaar``."""
    bestand, bos = (Path(waarde) if (waarde := os.environ.get(naam)) else None for naam in (OMGEVING, BOS))
    return plaats(bestand, os.environ.get(ZELF), bos)


class _Ring:
    """The keys of this process: read once, when they are first needed or when the node is put together."""

    gelezen: Sleutelring | None = None
    plaats: Plaats | None = None


def gebruik(van: Plaats | None) -> Sleutelring:
    """Read the keys of this process from here; without a place there is none."""
    ring = ZONDER if van is None else van.lees()
    _Ring.gelezen, _Ring.plaats = ring, van
    return ring


def hier() -> Plaats | None:
    """Where the keys of this process are."""
    sleutelring()
    return _Ring.plaats


def sleutelring() -> Sleutelring:
    """The keys of this process."""
    return _Ring.gelezen if _Ring.gelezen is not None else gebruik(uit_omgeving())
