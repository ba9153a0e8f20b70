"""A table from a file: a workbook of Excel or a CSV, with the names of its columns in the first row that is not empty.

Rows are counted as a spreadsheet counts them. What each column means is for who asks for the table.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .blad import Rij
from .fouten import GeenTabel
from .tekst import lees_tekst, weiger_anders
from .werkmap import BEGIN, lees_werkmap

MEESTE_RIJEN = 150_000
"""More rows with something in them are not read at all."""

_ALS_WERKMAP = (
    "Dit is geen Excel-werkmap (XLSX), al is het zo aangeboden. Bewaar de lijst als XLSX, of bied haar aan als CSV."
)
_ALS_CSV = "Dit is een Excel-werkmap, al is het als CSV aangeboden. Bied het aan als XLSX, of kies in Excel 'Opslaan als' en dan CSV."


@dataclass(frozen=True, slots=True)
class Vorm:
    """What is taken for a table: what columns of a CSV are apart by, whether it must be UTF-8, whether only the first sheet of a
    workbook counts, and whether a formula counts as itself."""

    scheidingen: str
    alleen_utf8: bool
    eerste_blad: bool
    formules: bool


RUIM = Vorm(scheidingen=";\t,", alleen_utf8=False, eerste_blad=False, formules=False)
"""Whatever the software of others exports: also tabs, UTF-16 and Windows-1252, and the one sheet that has something."""

STRENG = Vorm(scheidingen=";,", alleen_utf8=True, eerste_blad=True, formules=True)
"""What can be read in one way only, for what is kept and paid by: a formula is no value."""


@dataclass(frozen=True, slots=True)
class Tabel:
    """The names of the columns as they are written, the row in which they stand, and the rows that are not empty: each with its
    number and its cells, trimmed, of which there may be fewer or more than names."""

    koppen: tuple[str, ...]
    koprij: int
    rijen: tuple[tuple[int, tuple[str, ...]], ...]

    def recht(self) -> "Tabel":
        """The same, each row with as many cells as there are names; raises ``GeenTabel`` when one has fewer, or a filled one more."""
        breed = len(self.koppen)
        if scheef := [rij for rij in self.rijen if len(rij[1]) < breed or any(rij[1][breed:])]:
            raise GeenTabel(
                *(
                    f"regel {nummer}: {len(cellen)} kolommen in plaats van {breed}. Staat er een scheidingsteken in een cel, zet haar dan "
                    "tussen aanhalingstekens."
                    for nummer, cellen in scheef
                )
            )
        return Tabel(self.koppen, self.koprij, tuple((nummer, cellen[:breed]) for nummer, cellen in self.rijen))

    def met(self, namen: Sequence[str | None]) -> Iterator[tuple[int, Mapping[str, str]]]:
        """The rows by these names in the place of the own ones; a column without a name is left out."""
        for nummer, cellen in self.rijen:
            yield nummer, {naam: cel for naam, cel in zip(namen, cellen, strict=True) if naam is not None}


def lees_tabel(data: bytes, vorm: Vorm = RUIM, *, als_werkmap: bool | None = None) -> Tabel:
    """The table in a file; ``als_werkmap`` is whether it was sent as a workbook, where that was said. Raises ``GeenTabel``."""
    if als_werkmap is not None and als_werkmap is not is_werkmap(data):
        weiger_anders(data)
        raise GeenTabel(_ALS_WERKMAP if als_werkmap else _ALS_CSV)
    if is_werkmap(data):
        rijen = lees_werkmap(data, eerste=vorm.eerste_blad, formules=vorm.formules)
    else:
        rijen = lees_tekst(data, vorm.scheidingen, alleen_utf8=vorm.alleen_utf8)
    for koprij, kop in rijen:
        while kop and not kop[-1]:
            kop = kop[:-1]
        return Tabel(tuple(kop), koprij, tuple(_begrensd(rijen, len(kop) if is_werkmap(data) else 0)))
    raise GeenTabel("Het bestand is leeg; zet de namen van de kolommen op de eerste regel.")


def is_werkmap(data: bytes) -> bool:
    """Whether it is a workbook: small as it is, it may hold much."""
    return data.startswith(BEGIN)


def sleutel(naam: str) -> str:
    """The name of a column without what people write in more ways: case, accents, spaces and signs."""
    kaal = unicodedata.normalize("NFKD", naam.lower())
    return re.sub(r"[^a-z0-9]", "", "".join(teken for teken in kaal if not unicodedata.combining(teken)))


def _begrensd(rijen: Iterator[Rij], breed: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows, at least this broad: a workbook does not write what is empty."""
    for telling, (nummer, cellen) in enumerate(rijen, 1):
        if telling > MEESTE_RIJEN:
            raise GeenTabel(f"Er zijn meer dan {MEESTE_RIJEN} regels; splits het bestand.")
        yield nummer, (*cellen, *[""] * (breed - len(cellen)))
