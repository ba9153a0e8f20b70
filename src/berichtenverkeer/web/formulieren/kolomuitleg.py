"""The columns of a file as one fills them in. How a cell is written is what its reader says of one that is not."""

from typing import NamedTuple

from ...hoofdaannemer.laden.cel import GeenWaarde
from ...hoofdaannemer.laden.soorten import Kolom, Soort

_NIETS = "\x00"
"""What no cell can be but text."""


class Kolomuitleg(NamedTuple):
    """A column: its name, how it is filled, and whether it may be empty."""

    naam: str
    zo: str
    mag_leeg: bool


def kolommen_van(soort: Soort) -> list[Kolomuitleg]:
    """Those of a kind of file."""
    return [Kolomuitleg(kolom.naam, _zo(kolom), kolom.leeg) for kolom in soort.kolommen]


def _zo(kolom: Kolom) -> str:
    try:
        kolom.lees(_NIETS)
    except GeenWaarde as advies:
        return str(advies)
    return "Tekst."
