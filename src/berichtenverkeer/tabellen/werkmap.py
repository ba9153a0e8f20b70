"""A workbook of Excel (XLSX): one sheet of it, each cell as the text that people see.

It comes from outside: what it takes unpacked is bounded, the small parts are read as any document from outside (``standaard.xml``),
and sheets and texts as streams (``blad``). It is refused before more is unpacked than may be.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import chain
from posixpath import join, normpath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from ..standaard.fouten import Onleesbaar, TeGroot
from ..standaard.xml import ontleed
from .blad import Rij, Stuk, lees_blad, lees_teksten
from .fouten import GeenTabel
from .opmaak import INGEBOUWD, Formaat, Opmaak

BEGIN = b"PK\x03\x04"
"""How a ZIP with something in it begins, and a workbook is one."""

MEESTE_BYTES = 128 * 1024 * 1024
"""Unpacked, all that is read of a workbook together; a million rows of which nothing is filled take some hundred MB."""

_MEESTE_BIJZAAK = 2 * 1024 * 1024
"""Unpacked, a part that says how the others are to be read."""

_MEESTE_INGANGEN = 1000
_STUKJE = 256 * 1024
_INGANG = b"PK\x01\x02"
_VERSLEUTELD = 0x0001 | 0x0040 | 0x2000
_WERKMAP, _VERWIJZINGEN = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEKSTEN, _STIJLEN = "xl/sharedStrings.xml", "xl/styles.xml"
_STUK = (
    Stuk,
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
_TE_GROOT = "De werkmap is te groot; splits de lijst, of bewaar alleen dit blad als CSV."


def lees_werkmap(data: bytes, *, eerste: bool = False, formules: bool = False) -> Iterator[Rij]:
    """The rows that are not empty of the one visible sheet that has any, or of the ``eerste`` visible sheet; none when all are
    empty. ``formules``: give a formula itself and not what Excel made of it. Raises ``GeenTabel``, also halfway."""
    if data.count(_INGANG) > _MEESTE_INGANGEN:
        raise GeenTabel(f"Er zitten te veel bestanden in deze werkmap. {_CSV}")
    try:
        with ZipFile(BytesIO(data)) as archief:
            delen = _Delen(archief, {ingang.filename for ingang in archief.infolist()})
            yield from _rijen(delen, eerste, formules)
    except GeenTabel:
        raise
    except TeGroot:
        raise GeenTabel(_TE_GROOT) from None
    except (*_STUK, Onleesbaar):
        raise GeenTabel(f"Deze Excel-werkmap is niet te lezen. {_CSV}") from None


@dataclass
class _Delen:
    """The parts of a workbook; of all together no more is unpacked than ``MEESTE_BYTES``."""

    archief: ZipFile
    namen: set[str]
    over: int = MEESTE_BYTES

    def lees(self, naam: str) -> etree._Element | None:
        """A small part; None when it is not there."""
        if naam not in self.namen:
            return None
        inhoud = bytearray()
        for stuk in self.stukken(naam):
            inhoud += stuk
            if len(inhoud) > _MEESTE_BIJZAAK:
                raise GeenTabel(_TE_GROOT)
        return ontleed(bytes(inhoud), _MEESTE_BIJZAAK)

    def stukken(self, naam: str) -> Iterator[bytes]:
        """A part as a stream; nothing when it is not there."""
        if naam not in self.namen:
            return
        ingang = self.archief.getinfo(naam)
        if ingang.flag_bits & _VERSLEUTELD or ingang.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise GeenTabel(f"Deze werkmap heeft een wachtwoord of een vorm die niet te lezen is. {_CSV}")
        if ingang.file_size > self.over:
            raise GeenTabel(_TE_GROOT)
        with self.archief.open(ingang) as bestand:
            while stuk := bestand.read(_STUKJE):
                self.over -= len(stuk)
                if self.over < 0:
                    raise GeenTabel(_TE_GROOT)
                yield stuk


def _rijen(delen: _Delen, eerste: bool, formules: bool) -> Iterator[Rij]:
    boek, verwijzingen = delen.lees(_WERKMAP), delen.lees(_VERWIJZINGEN)
    if boek is None or verwijzingen is None:
        raise GeenTabel(f"Dit is een ZIP of een ander soort werkmap dan XLSX. {_CSV}")
    doelen = {een.get("Id"): een.get("Target", "") for een in verwijzingen}
    teksten = lees_teksten(delen.stukken(_TEKSTEN)) if _TEKSTEN in delen.namen else []
    opmaak = Opmaak(_formaten(delen.lees(_STIJLEN)), _begin(boek))
    zichtbaar = [
        een for lijst in _kinderen(boek, "sheets") for een in lijst if een.get("state", "visible") == "visible"
    ]
    gevuld: list[tuple[str, Iterable[Rij]]] = []
    for blad in zichtbaar[:1] if eerste else zichtbaar:
        pad = _pad(doelen.get(_relatie(blad), ""))
        rijen = lees_blad(delen.stukken(pad), teksten, opmaak, formules) if pad in delen.namen else iter(())
        for een in rijen:
            gevuld.append((blad.get("name", "?"), chain([een], rijen)))
            break
    if len(gevuld) > 1:
        namen = ", ".join(naam for naam, _ in gevuld[:10])
        raise GeenTabel(f"De werkmap heeft meer bladen met inhoud: {namen}. Bewaar alleen het blad met de lijst.")
    for _, rest in gevuld:
        yield from rest


def _formaten(stijlen: etree._Element | None) -> list[Formaat]:
    """The format of each style of a cell."""
    eigen = {een.get("numFmtId"): een.get("formatCode", "") for lijst in _kinderen(stijlen, "numFmts") for een in lijst}
    nummers = [een.get("numFmtId", "0") for lijst in _kinderen(stijlen, "cellXfs") for een in lijst]
    return [Formaat.van(eigen.get(nummer) or INGEBOUWD.get(int(nummer), "")) for nummer in nummers]


def _begin(boek: etree._Element) -> date:
    """The day 0: Excel counts 29 February 1900, which there was not."""
    eigenschappen: Mapping[str, str] = next((dict(een.attrib) for een in _kinderen(boek, "workbookPr")), {})
    return date(1904, 1, 1) if eigenschappen.get("date1904") in ("1", "true") else date(1899, 12, 30)


def _kinderen(deel: etree._Element | None, naam: str) -> Iterator[Any]:
    """The children of this name, in whatever namespace: there are two of XLSX."""
    return iter(()) if deel is None else deel.iterchildren(f"{{*}}{naam}")


def _relatie(blad: etree._Element) -> str | None:
    return next((str(waarde) for naam, waarde in blad.attrib.items() if str(naam).endswith("}id")), None)


def _pad(doel: str) -> str:
    return doel.removeprefix("/") if doel.startswith("/") else normpath(join("xl", doel))
