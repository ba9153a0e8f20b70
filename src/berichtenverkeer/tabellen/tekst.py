"""A CSV as Excel, an ECD or a text editor writes it, as rows of cells.

A file may begin with ``sep=;``: Excel's own way to say what columns are apart by, and no row of it.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO

from .blad import Rij
from .fouten import MEESTE_KOLOMMEN, GeenTabel, te_breed

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
_ANDERE_SCHEIDINGEN = {"\t": "tabs", "|": "streepjes (|)"}
"""What columns may be apart by in files of others, as people call it."""

_GEEN_TEKST = "Het bestand is geen tekst; bewaar de lijst als CSV, in UTF-8."
_SEP = re.compile(r"\s*sep=(.)\r?\n", re.IGNORECASE)
_BEWAAKT = re.compile(r"'+[=+\-@]")


def lees_tekst(data: bytes, scheidingen: str, *, alleen_utf8: bool) -> Iterator[Rij]:
    """The rows that are not empty, with cells trimmed; columns are apart by one of ``scheidingen``, of two that occur as often the
    first. Raises ``GeenTabel``, also halfway."""
    tekst = _gedecodeerd(data, alleen_utf8)
    if gezegd := _SEP.match(tekst):
        scheiding, tekst = gezegd[1], tekst[gezegd.end() :]
    else:
        scheiding = _scheiding(next((regel for regel in tekst.splitlines() if regel.strip()), ""), scheidingen)
    nummer = 0
    try:
        for nummer, cellen in enumerate(csv.reader(StringIO(tekst, newline=""), delimiter=scheiding, strict=True), 1):
            kaal = [cel.strip() for cel in cellen[:MEESTE_KOLOMMEN]]
            if any(map(str.strip, cellen[MEESTE_KOLOMMEN:])):
                raise te_breed(nummer)
            if any(kaal):
                yield nummer, [cel[1:] if _BEWAAKT.match(cel) else cel for cel in kaal]
    except csv.Error:
        raise GeenTabel(
            f"regel {nummer + 1}: geen CSV; controleer de aanhalingstekens: er opent of sluit er een waar dat niet kan. Zet het er dubbel, of haal het weg."
        ) from None


def weiger_anders(data: bytes) -> None:
    """Raise ``GeenTabel`` for what is plainly another kind of file."""
    for begin, melding in _ANDERS:
        if data.lstrip().startswith(begin):
            raise GeenTabel(melding)


def _gedecodeerd(data: bytes, alleen_utf8: bool) -> str:
    weiger_anders(data)
    if alleen_utf8 and _is_utf16(data):
        raise GeenTabel("Het bestand is UTF-16 ('Unicode-tekst' in Excel) en geen UTF-8. Bewaar het als CSV UTF-8.")
    for codering in ("utf-8-sig",) if alleen_utf8 else _coderingen(data):
        try:
            tekst = data.decode(codering).removeprefix("\ufeff")
        except UnicodeDecodeError as fout:
            regel = data.count(b"\n", 0, fout.start) + 1
            continue
        if "\x00" in tekst:
            raise GeenTabel(_GEEN_TEKST)
        return tekst
    raise GeenTabel(
        f"Het bestand is geen UTF-8 (regel {regel}). Bewaar het als CSV UTF-8." if alleen_utf8 else _GEEN_TEKST
    )


def _is_utf16(data: bytes) -> bool:
    """By its mark, or because about every other byte of it is nothing."""
    begin = data[:200]
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or begin.count(0) * 3 > len(begin)


def _coderingen(data: bytes) -> tuple[str, ...]:
    """What the text may be written in, the likeliest first."""
    for merk, codering in _MERKEN:
        if data.startswith(merk):
            return (codering,)
    if b"\x00" in data[:200]:
        return ("utf-16-be" if data[:1] == b"\x00" else "utf-16-le",)
    return "utf-8", "cp1252"


def _scheiding(kop: str, scheidingen: str) -> str:
    """What the names of the columns are apart by. Raises ``GeenTabel`` when that is something else."""
    buiten = re.sub(r'"[^"]*"', "", kop)
    scheiding = max(scheidingen, key=lambda teken: (buiten.count(teken), -scheidingen.index(teken)))
    for teken, naam in _ANDERE_SCHEIDINGEN.items():
        if teken not in scheidingen and buiten.count(teken) > buiten.count(scheiding):
            raise GeenTabel(f"Tussen de kolommen staan {naam}. Zet er een puntkomma of een komma tussen.")
    return scheiding
