"""What a file comes to: what is new in it, what is wrong, and how it is to be written."""

from collections.abc import Callable, Sequence
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


def onbekende_partner(rij: Rij, kolom: str) -> Fout:
    """The partner is not on the list."""
    return fout(
        rij, kolom, "Deze partner staat niet op de lijst.", "Kies een partner van de lijst, of laad eerst de partners."
    )


def onbekende_toewijzing(rij: Rij) -> Fout:
    """No such toewijzing of this hoofdaannemer."""
    return fout(
        rij,
        "toewijzingnummer",
        "Deze toewijzing is er niet: geen met dit nummer, van deze gemeente en onder deze wet.",
        "Kijk gemeente, toewijzingnummer en domein na.",
    )
