"""A sheet as a file: a workbook of Excel, or a CSV as Excel, an ECD or a text editor writes it, with the names of its columns in
the first row.

Columns may be apart by ``;``, ``,`` or a tab, and the text may be UTF-8, UTF-16 or Windows-1252, with or without a byte order
mark. What each column means is for who asks for the sheet.
"""

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from .werkmap import BEGIN, Rij, WerkmapFout, lees_werkmap

SCHEIDINGEN = ";\t,"
"""What columns may be apart by; of two that occur as often the first."""

MEESTE_REGELS = 150_000
"""More lines are not read at all."""

HOOGSTENS = 20
"""How many faults the text of an error tells."""

_MERKEN = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ANDERS = (
    (
        b"\xd0\xcf\x11\xe0",
        "Dit is een oude Excel-werkmap, of een met een wachtwoord. Kies in Excel 'Opslaan als' en dan CSV.",
    ),
    (b"%PDF", "Dit is een PDF. Geef de lijst als CSV."),
    (b"<", "Dit is XML of een webpagina. Geef de lijst als CSV."),
)
_SEP = re.compile(r"\s*sep=(.)\r?\n", re.IGNORECASE)


class WerkbladFout(ValueError):
    """The file cannot be read as a sheet. The text is Dutch and says in which line and what to do."""

    def __init__(self, *fouten: str) -> None:
        rest = len(fouten) - HOOGSTENS
        super().__init__("\n".join([*fouten[:HOOGSTENS], *([f"en nog {rest} fouten."] if rest > 0 else [])]))


@dataclass(frozen=True, slots=True)
class Werkblad:
    """The names of the columns as they are written, and of each row that is not empty its line and its cells, trimmed."""

    kolommen: tuple[str, ...]
    rijen: tuple[tuple[int, tuple[str, ...]], ...]

    def met(self, namen: Sequence[str | None]) -> Iterator[tuple[int, Mapping[str, str]]]:
        """The rows by these names in the place of the own ones; a column without a name is left out."""
        for regel, cellen in self.rijen:
            yield regel, {naam: cel for naam, cel in zip(namen, cellen, strict=True) if naam is not None}


def lees_werkblad(data: bytes) -> Werkblad:
    """The sheet in a file. Raises ``WerkbladFout``."""
    rijen = _uit_werkmap(data) if is_werkmap(data) else _uit_tekst(data)
    if not rijen:
        raise WerkbladFout("Het bestand is leeg; zet de namen van de kolommen op de eerste regel.")
    return _gevuld(rijen[0][1], rijen[1:])


def is_werkmap(data: bytes) -> bool:
    """Whether it is a workbook: small as it is, it may hold much."""
    return data.startswith(BEGIN)


def _uit_werkmap(data: bytes) -> list[Rij]:
    """The rows of a workbook, all as broad as the first."""
    try:
        rijen = lees_werkmap(data)
    except WerkmapFout as fout:
        raise WerkbladFout(str(fout)) from None
    if len(rijen) > MEESTE_REGELS:
        raise _te_lang()
    breed = len(rijen[0][1]) if rijen else 0
    return [(regel, cellen + [""] * (breed - len(cellen))) for regel, cellen in rijen]


def _uit_tekst(data: bytes) -> list[Rij]:
    tekst = _tekst(data)
    ervoor, gezegd = 0, _SEP.match(tekst)
    if gezegd:  # Excel's own way to say it
        scheiding, tekst, ervoor = gezegd[1], tekst[gezegd.end() :], 1
    else:
        scheiding = _scheiding(next((regel for regel in tekst.splitlines() if regel.strip()), ""))
    lezer = csv.reader(StringIO(tekst, newline=""), delimiter=scheiding, strict=True)
    rijen: list[Rij] = []
    try:
        rijen.extend(
            (lezer.line_num + ervoor, [cel.strip() for cel in cellen])
            for cellen in lezer
            if any(map(str.strip, cellen))
        )
    except csv.Error:
        raise WerkbladFout(f"regel {lezer.line_num + ervoor}: geen CSV; controleer de aanhalingstekens.") from None
    return rijen


def sleutel(naam: str) -> str:
    """The name of a column without what people write in more ways: case, accents, spaces and signs."""
    kaal = unicodedata.normalize("NFKD", naam.lower())
    return re.sub(r"[^a-z0-9]", "", "".join(teken for teken in kaal if not unicodedata.combining(teken)))


def _tekst(data: bytes) -> str:
    if data.count(b"\n") > MEESTE_REGELS:
        raise _te_lang()
    for begin, melding in _ANDERS:
        if data.lstrip().startswith(begin):
            raise WerkbladFout(melding)
    for merk, codering in _MERKEN:
        if data.startswith(merk):
            return _gedecodeerd(data.removeprefix(merk), codering)
    if b"\x00" in data[:200]:
        return _gedecodeerd(data, "utf-16-be" if data[:1] == b"\x00" else "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _gedecodeerd(data, "cp1252")


def _te_lang() -> WerkbladFout:
    return WerkbladFout(f"Er zijn meer dan {MEESTE_REGELS} regels; splits het bestand.")


def _gedecodeerd(data: bytes, codering: str) -> str:
    try:
        tekst = data.decode(codering)
    except UnicodeDecodeError:
        tekst = "\x00"
    if "\x00" in tekst:
        raise WerkbladFout("Het bestand is geen tekst; bewaar de lijst als CSV, in UTF-8.")
    return tekst


def _scheiding(kop: str) -> str:
    """What the names of the columns are apart by."""
    buiten = re.sub(r'"[^"]*"', "", kop)
    return max(SCHEIDINGEN, key=lambda teken: (buiten.count(teken), -SCHEIDINGEN.index(teken)))


def _gevuld(kop: list[str], rijen: list[Rij]) -> Werkblad:
    """The rows with as many cells as there are names; empty cells behind those do not matter."""
    while kop and not kop[-1]:
        kop = kop[:-1]
    breed = len(kop)
    goed: list[tuple[int, tuple[str, ...]]] = []
    scheef: list[str] = []
    for regel, cellen in rijen:
        if len(cellen) < breed or any(cellen[breed:]):
            scheef.append(
                f"regel {regel}: {len(cellen)} kolommen in plaats van {breed}. Staat er een scheidingsteken in een cel, zet haar dan "
                "tussen aanhalingstekens."
            )
        goed.append((regel, tuple(cellen[:breed])))
    if scheef:
        raise WerkbladFout(*scheef)
    return Werkblad(tuple(kop), tuple(goed))
