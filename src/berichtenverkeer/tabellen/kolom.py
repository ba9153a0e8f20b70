"""The columns of a table that is written: what each is called, what kind of value it has, and where that is found."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class Soort(Enum):
    """What a column holds. Of each a cell may be empty."""

    TEKST = auto()
    GETAL = auto()
    """A whole number, or a ``Decimal``."""

    EUROCENT = auto()
    """Eurocent, written as euros."""

    DAG = auto()
    MOMENT = auto()
    """A moment, written in Dutch time."""

    JA_NEE = auto()


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column: its heading, what it holds, and how that is read from an item."""

    naam: str
    soort: Soort
    lees: Callable[[Any], Any]


def rijen(kolommen: Sequence[Kolom], items: Iterable[Any]) -> Iterator[list[Any]]:
    """The cells of each item, as values."""
    lezers = [kolom.lees for kolom in kolommen]
    for item in items:
        yield [lees(item) for lees in lezers]
