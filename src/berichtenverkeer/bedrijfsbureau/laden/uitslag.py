"""What a file comes to: what is new in it, what is wrong, and how it is to be written."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...hoofdaannemer.laden.lezen import Fout, Rij
from ..bureau import Zitting


@dataclass(frozen=True, slots=True)
class Uitslag:
    """Of rows that were read: how many are new, take the place of another, or change nothing; and every fault."""

    nieuw: int
    gewijzigd: int
    gelijk: int
    fouten: Sequence[Fout]
    schrijf: Callable[[Zitting], None]


Oordeel = Callable[[Zitting, Sequence[Rij], datetime], Uitslag]
"""Holds rows against what is kept, at a moment."""


def fout(rij: Rij, kolom: str, melding: str, advies: str) -> Fout:
    """What is wrong with a cell of a row that could be read."""
    waarde = rij.waarden.get(kolom)
    return Fout(rij.nummer, kolom, "" if waarde is None else str(waarde), melding, advies)


def onbekende_partners(zitting: Zitting, rijen: Iterable[Rij]) -> Iterator[Fout]:
    """The rows whose partner is not on the list."""
    melding, advies = (
        "Deze partner staat niet op de lijst.",
        "Kies een partner van de lijst, of laad eerst de partners.",
    )
    return _onbekende(rijen, "partner", zitting.afspraken.partners, melding, advies)


def onbekende_segmenten(zitting: Zitting, rijen: Iterable[Rij]) -> Iterator[Fout]:
    """The rows whose segment is not known."""
    melding, advies = "Dit segment is niet bekend.", "Kies een segment van de lijst, of laad eerst de segmenten."
    return _onbekende(rijen, "segment", zitting.segmenten.segmenten, melding, advies)


def _onbekende(rijen: Iterable[Rij], kolom: str, bekend: Container[str], melding: str, advies: str) -> Iterator[Fout]:
    """The rows that name in this column what is not known; one that names none, or none that could be read, is passed over."""
    for rij in rijen:
        waarde = rij.waarden.get(kolom)
        if waarde is not None and waarde not in bekend:
            yield fout(rij, kolom, melding, advies)


def onbekende_toewijzing(rij: Rij) -> Fout:
    """No such toewijzing of this hoofdaannemer."""
    return fout(
        rij,
        "toewijzingnummer",
        "Deze toewijzing is er niet: geen met dit nummer, van deze gemeente en onder deze wet.",
        "Kijk gemeente, toewijzingnummer en domein na.",
    )
