"""A CSV file as rows of text, numbered as a spreadsheet counts them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

SCHEIDINGEN = (";", ",")
"""What may stand between columns; the one that the first row has most of counts."""


class Onleesbaar(ValueError):
    """The file is no table at all. The text says why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Tabel:
    """The names of the columns, and the rows that are not empty: each with its number and its cells by column."""

    koppen: tuple[str, ...]
    rijen: tuple[tuple[int, tuple[str, ...]], ...]


def lees_csv(inhoud: bytes) -> Tabel:
    """The table in a CSV file of UTF-8, with or without a byte order mark. Raises ``Onleesbaar``."""
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = inhoud.count(b"\n", 0, fout.start) + 1
        raise Onleesbaar(f"Het bestand is geen UTF-8 (regel {regel}). Bewaar het als CSV UTF-8.") from None
    if "\0" in tekst:
        raise Onleesbaar("Het bestand is geen tekst. Bewaar het als CSV, of geef een XLSX.")
    eerste = tekst.lstrip("\r\n").partition("\n")[0]
    if "\t" in eerste and not any(scheiding in eerste for scheiding in SCHEIDINGEN):
        raise Onleesbaar("Tussen de kolommen staan tabs. Zet er een puntkomma of een komma tussen.")
    scheiding = max(SCHEIDINGEN, key=eerste.count)
    try:
        return van_rijen(csv.reader(StringIO(tekst, newline=""), delimiter=scheiding, strict=True))
    except csv.Error:
        raise Onleesbaar(
            "Een cel begint met een aanhalingsteken en eindigt nergens. Zet het er dubbel, of haal het weg."
        ) from None


def van_rijen(rijen: Iterator[list[str]]) -> Tabel:
    """The table that these rows are, of a CSV or a sheet; the first names the columns. Raises ``Onleesbaar`` when there is none."""
    koppen: tuple[str, ...] | None = None
    uit: list[tuple[int, tuple[str, ...]]] = []
    for nummer, rij in enumerate(rijen, start=1):
        cellen = tuple(cel.strip() for cel in rij)
        if koppen is None:
            koppen = tuple(kop.lower() for kop in cellen)
        elif any(cellen):
            uit.append((nummer, cellen))
    if not koppen or not any(koppen):
        raise Onleesbaar("De eerste rij is leeg; daar horen de namen van de kolommen.")
    return Tabel(koppen, tuple(uit))
