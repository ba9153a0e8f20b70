"""A workbook of Excel (XLSX): the one sheet in it that has something, each cell as the text that people see.

It comes from outside: it is unpacked with bounded memory and read as any document from outside (``xml``). Formulas are not
reckoned; what Excel last made of them counts.
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from .fouten import Onleesbaar, TeGroot
from .xml import ontleed

BEGIN = b"PK\x03\x04"
"""How a ZIP with something in it begins, and a workbook is one."""

MEESTE_BYTES = 50 * 1024 * 1024
"""Unpacked, all that is read of a workbook together."""

MEESTE_KOLOMMEN = 200

_MEESTE_INGANGEN = 1000
_INGANG = b"PK\x01\x02"
_VERSLEUTELD = 0x0001 | 0x0040 | 0x2000
_WERKMAP, _VERWIJZINGEN = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEKSTEN, _STIJLEN = "xl/sharedStrings.xml", "xl/styles.xml"
_STUK = (
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    ArithmeticError,
    LookupError,
)
"""What ``zipfile`` raises for a file that is no ZIP, or a broken one, and what comes of numbers that are none."""

_CSV = "Kies in Excel 'Opslaan als' en dan CSV."

_INGEBOUWD = {
    2: "0.00", 4: "#,##0.00", 5: '"€" 0', 6: '"€" 0', 7: '"€" 0.00', 8: '"€" 0.00', 39: "0.00", 40: "0.00", 42: '"€" 0', 43: "0.00", 44: '"€" 0.00',
    **dict.fromkeys((14, 15, 16, 22), "yyyy-mm-dd"), 17: "mmm-yy", **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h:mm"),
}  # fmt: skip
"""The formats that a workbook names by a number only (ECMA-376 part 1, 18.8.30), as far as they make another text of a number."""

_LETTERLIJK = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!\$|h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""What in a format is text to be shown, room, or a colour or condition."""


class WerkmapFout(ValueError):
    """The workbook cannot be read. The text is Dutch and says what to do."""


Rij = tuple[int, list[str]]
"""The number of a row, and its cells from the first column on."""


def lees_werkmap(data: bytes) -> list[Rij]:
    """The rows that are not empty of the one visible sheet that has any; none when all are empty. Raises ``WerkmapFout``."""
    if data.count(_INGANG) > _MEESTE_INGANGEN:
        raise WerkmapFout(f"Er zitten te veel bestanden in deze werkmap. {_CSV}")
    try:
        with ZipFile(BytesIO(data)) as archief:
            return _rijen(_Delen(archief, {ingang.filename for ingang in archief.infolist()}))
    except WerkmapFout:
        raise
    except TeGroot:
        raise WerkmapFout(_TE_GROOT) from None
    except (*_STUK, Onleesbaar):
        raise WerkmapFout(f"Deze Excel-werkmap is niet te lezen. {_CSV}") from None


_TE_GROOT = "De werkmap is te groot; splits de lijst, of bewaar alleen dit blad als CSV."


@dataclass
class _Delen:
    """The parts of a workbook; of all together no more is unpacked than ``MEESTE_BYTES``."""

    archief: ZipFile
    namen: set[str]
    over: int = MEESTE_BYTES

    def lees(self, naam: str) -> etree._Element | None:
        """A part; None when it is not there."""
        if naam not in self.namen:
            return None
        ingang = self.archief.getinfo(naam)
        if ingang.flag_bits & _VERSLEUTELD or ingang.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise WerkmapFout(f"Deze werkmap heeft een wachtwoord of een vorm die niet te lezen is. {_CSV}")
        with self.archief.open(ingang) as bestand:
            inhoud = bestand.read(self.over + 1)
        self.over -= len(inhoud)
        if self.over < 0:
            raise WerkmapFout(_TE_GROOT)
        return ontleed(inhoud, MEESTE_BYTES)


def _rijen(delen: _Delen) -> list[Rij]:
    boek, verwijzingen = delen.lees(_WERKMAP), delen.lees(_VERWIJZINGEN)
    if boek is None or verwijzingen is None:
        raise WerkmapFout(f"Dit is een ZIP of een ander soort werkmap dan XLSX. {_CSV}")
    doelen = {een.get("Id"): een.get("Target", "") for een in verwijzingen}
    teksten = [_tekst(een).strip() for een in _kinderen(delen.lees(_TEKSTEN), "si")]  # once: many cells may share one
    vorm = _Vorm(_formaten(delen.lees(_STIJLEN)), _begin(boek))
    gevuld = []
    for blad in (een for lijst in _kinderen(boek, "sheets") for een in lijst):
        if blad.get("state", "visible") != "visible":
            continue
        rijen = list(_blad(delen.lees(_pad(doelen.get(_relatie(blad), ""))), teksten, vorm))
        if rijen:
            gevuld.append((blad.get("name", "?"), rijen))
    if len(gevuld) > 1:
        namen = ", ".join(naam for naam, _ in gevuld[:10])
        raise WerkmapFout(f"De werkmap heeft meer bladen met inhoud: {namen}. Bewaar alleen het blad met de lijst.")
    return gevuld[0][1] if gevuld else []


def _blad(blad: etree._Element | None, teksten: Sequence[str], vorm: "_Vorm") -> Iterator[Rij]:
    nummer = 0
    for rij in (een for lijst in _kinderen(blad, "sheetData") for een in _kinderen(lijst, "row")):
        nummer = int(rij.get("r", nummer + 1))
        cellen: list[str] = []
        plek = 0
        for cel in _kinderen(rij, "c"):
            plek = _kolom(cel.get("r", "")[:10].rstrip("0123456789")) or plek + 1
            tekst = vorm.cel(cel, teksten).strip()
            if tekst and plek > MEESTE_KOLOMMEN:
                raise WerkmapFout(
                    f"regel {nummer}: er staat iets voorbij kolom {MEESTE_KOLOMMEN}; maak de lijst smaller."
                )
            if tekst:
                cellen.extend([""] * (plek - len(cellen)))
                cellen[plek - 1] = tekst
        if cellen:
            yield nummer, cellen


@dataclass(frozen=True, slots=True)
class _Formaat:
    """How a number is shown: as a day, a month or a time, or with so many decimals and in euros."""

    is_dag: bool = False
    is_maand: bool = False
    is_tijd: bool = False
    decimalen: int = 0
    in_euro: bool = False

    @classmethod
    def van(cls, code: str) -> "_Formaat":
        """That of a code, of which only the part for numbers above zero counts."""
        kaal = _LETTERLIJK.sub(_alleen_euro, code[:_LANGSTE_FORMAAT].partition(";")[0])
        letters = re.sub(r"\[\$[^\]]*\]", "", kaal).lower()
        decimalen = re.search(r"\.([0#?]+)", letters)
        return cls(
            is_dag="d" in letters,
            is_maand="y" in letters,
            is_tijd="h" in letters or "[m" in letters,
            decimalen=len(decimalen[1]) if decimalen else 0,
            in_euro="€" in kaal,
        )


_LANGSTE_FORMAAT = 255
"""Excel takes no longer one."""


def _alleen_euro(stuk: re.Match[str]) -> str:
    """Of text that is shown a euro sign; as wide as one is not one."""
    return "€" if "€" in stuk[0] and stuk[0][0] in '"\\' else ""


_GEWOON = _Formaat()


@dataclass(frozen=True, slots=True)
class _Vorm:
    """How numbers are shown: the format of each style, and the day that is 0."""

    formaten: Sequence[_Formaat]
    begin: date

    def cel(self, cel: etree._Element, teksten: Sequence[str]) -> str:
        """The text of a cell."""
        soort = cel.get("t", "n")
        if soort == "inlineStr":
            return "".join(map(_tekst, _kinderen(cel, "is")))
        waarde = "".join([een.text or "" for een in _kinderen(cel, "v")])
        if not waarde or soort in ("str", "e", "d"):
            return waarde
        if soort == "s":
            return teksten[int(waarde)]
        if soort == "b":
            return "WAAR" if waarde == "1" else "ONWAAR"
        stijl = int(cel.get("s", 0))
        return self.getal(Decimal(waarde), self.formaten[stijl] if stijl < len(self.formaten) else _GEWOON)

    def getal(self, waarde: Decimal, formaat: _Formaat) -> str:
        """A number as a Dutch Excel shows it: a day or month, hours and minutes, euros, or with a decimal comma; digits that are not
        shown are kept."""
        if not waarde.is_finite() or waarde.adjusted() >= _CIJFERS:
            return str(waarde)
        if formaat.is_dag or formaat.is_maand:
            dag = str(self.begin + timedelta(days=int(waarde)))
            return dag if formaat.is_dag else dag[:7]
        if formaat.is_tijd:
            minuten = round(waarde * 24 * 60)
            return f"{minuten // 60}:{minuten % 60:02}"
        kaal = f"{Decimal(f'{waarde:.{_CIJFERS}g}'):f}"
        heel, _, breuk = kaal.partition(".")
        breuk = breuk.rstrip("0").ljust(formaat.decimalen, "0")
        breuk += "0" * (len(breuk) == 3)  # with three the comma could be one between thousands
        return ("€ " if formaat.in_euro else "") + (f"{heel},{breuk}" if breuk else heel)


_CIJFERS = 15
"""Excel knows no more digits."""


def _formaten(stijlen: etree._Element | None) -> list[_Formaat]:
    """The format of each style of a cell."""
    eigen = {een.get("numFmtId"): een.get("formatCode", "") for lijst in _kinderen(stijlen, "numFmts") for een in lijst}
    nummers = [een.get("numFmtId", "0") for lijst in _kinderen(stijlen, "cellXfs") for een in lijst]
    return [_Formaat.van(eigen.get(nummer) or _INGEBOUWD.get(int(nummer), "")) for nummer in nummers]


def _begin(boek: etree._Element) -> date:
    """The day 0: Excel counts 29 February 1900, which there was not."""
    eigenschappen: Mapping[str, str] = next((dict(een.attrib) for een in _kinderen(boek, "workbookPr")), {})
    return date(1904, 1, 1) if eigenschappen.get("date1904") in ("1", "true") else date(1899, 12, 30)


def _kinderen(deel: etree._Element | None, naam: str) -> Iterator[Any]:
    """The children of this name, in whatever namespace: there are two of XLSX."""
    return iter(()) if deel is None else deel.iterchildren(f"{{*}}{naam}")


def _tekst(deel: etree._Element) -> str:
    """Text in one piece or in more; how Japanese sounds is left out."""
    stukken = [een for een in deel if etree.QName(een).localname in ("t", "r")]
    return "".join(een.text or "" if etree.QName(een).localname == "t" else _tekst(een) for een in stukken)


def _relatie(blad: etree._Element) -> str | None:
    return next((str(waarde) for naam, waarde in blad.attrib.items() if str(naam).endswith("}id")), None)


def _pad(doel: str) -> str:
    return doel.removeprefix("/") if doel.startswith("/") else normpath(join("xl", doel))


@lru_cache(1000)
def _kolom(letters: str) -> int:
    """The number of a column by its letters, from 1; 0 for none, and for more than there are."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        return 0
    nummer = 0
    for letter in letters:
        nummer = nummer * 26 + ord(letter) - 64
    return nummer
