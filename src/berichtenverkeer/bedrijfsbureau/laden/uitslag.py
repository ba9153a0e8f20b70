"""What a file comes to: what is new in it, what is wrong, and how it is to be written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
    """The rows whose partner is not on the list; a row that names none, or none that could be read, is passed over."""
    partners = zitting.afspraken.partners
    for rij in rijen:
        partner = rij.waarden.get("partner")
        if partner is not None and partner not in partners:
            yield fout(
                rij,
                "partner",
                "Deze partner staat niet op de lijst.",
                "Kies een partner van de lijst, of laad eerst de partners.",
            )


def onbekende_segmenten(zitting: Zitting, rijen: Iterable[Rij]) -> Iterator[Fout]:
    """The rows whose segment is not known, in the same way."""
    segmenten = zitting.segmenten.segmenten
    for rij in rijen:
        segment = rij.waarden.get("segment")
        if segment is not None and segment not in segmenten:
            yield fout(
                rij,
                "segment",
                "Dit segment is niet bekend.",
                "Kies een segment van de lijst, of laad eerst de segmenten.",
            )


def onbekende_toewijzing(rij: Rij) -> Fout:
    """No such toewijzing of this hoofdaannemer."""
    return fout(
        rij,
        "toewijzingnummer",
        "Deze toewijzing is er niet: geen met dit nummer, van deze gemeente en onder deze wet.",
        "Kijk gemeente, toewijzingnummer en domein na.",
    )
