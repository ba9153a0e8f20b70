"""A table as a workbook of Excel (XLSX), written as a stream: numbers are numbers, euros euros, days days, and text is text.

A library would first write all rows to a file, for which who asked would wait and in which people would be named. A workbook is a ZIP of
small parts that never change and one sheet; ``zipfile`` can write that to whoever takes the pieces. What does not fit on a sheet
(Excel has 1 048 576 rows) goes on to the next.
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from ..klok import NEDERLAND
from .bak import Bak
from .kolom import Kolom, Soort, rijen

MEDIATYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MEESTE_RIJEN = 1_048_576
"""That a sheet can have, with its heading."""

_MEESTE_TEKENS = 32_767
"""That a cell can have."""

_VOL = 1_900_000_000
"""Bytes of a sheet after which the next begins: up to 2 GiB needs no ZIP64, which not everything reads."""

_STUK = 256 * 1024
_NUL = date(1899, 12, 30).toordinal()
"""The day that Excel counts from."""

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAKKET = "http://schemas.openxmlformats.org/package/2006"
_SOORT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_KOP = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_GEWOON, _VET, _EURO, _DAG, _MOMENT = range(5)
_STIJLEN = (
    f'{_KOP}<styleSheet xmlns="{_NS}"><numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.00"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    + "".join(
        f'<xf numFmtId="{nummer}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for nummer in (164, 165, 166)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_BREEDTES = {Soort.TEKST: 18, Soort.GETAL: 12, Soort.EUROCENT: 14, Soort.DAG: 12, Soort.MOMENT: 20, Soort.JA_NEE: 8}
"""Of a column, in characters."""

_ONGELDIG = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot say; a text of a message has none of it."""

_ONTSNAPT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def schrijf(kolommen: Sequence[Kolom], items: Iterable[Any], titel: str = "Blad") -> Iterator[bytes]:
    """The file, piece by piece; sheets are called ``titel``, and ``titel`` 2."""
    bak = Bak()
    bron = rijen(kolommen, items)
    with ZipFile(bak, "w", ZIP_DEFLATED, compresslevel=1) as archief:
        archief.writestr("xl/styles.xml", _STIJLEN)
        bladen = 0
        rest: Iterator[list[Any]] | None = bron
        while rest is not None:
            bladen += 1
            rest = yield from _blad(archief, bak, f"xl/worksheets/sheet{bladen}.xml", kolommen, rest)
        for naam, inhoud in _delen(titel, bladen):
            archief.writestr(naam, _KOP + inhoud)
    yield bak.neem()


def _blad(
    archief: ZipFile, bak: Bak, naam: str, kolommen: Sequence[Kolom], bron: Iterator[list[Any]]
) -> Generator[bytes, None, Iterator[list[Any]] | None]:
    """Write one sheet; what is left for the next, or None."""
    schrijvers = [(_letters(plek), _ALS[kolom.soort]) for plek, kolom in enumerate(kolommen, 1)]
    with archief.open(naam, "w") as blad:
        wacht = [_KOP, _begin(kolommen)]
        gereed = 0
        geschreven = 0
        for nummer, rij in enumerate(bron, 2):
            cellen = [
                schrijf_cel(f"{letters}{nummer}", waarde)
                for (letters, schrijf_cel), waarde in zip(schrijvers, rij, strict=True)
                if waarde is not None
            ]
            tekst = f'<row r="{nummer}">{"".join(cellen)}</row>'
            wacht.append(tekst)
            gereed += len(tekst)
            if gereed > _STUK:
                geschreven += blad.write("".join(wacht).encode())
                wacht.clear()
                gereed = 0
                if stuk := bak.neem():  # else it is still being compressed
                    yield stuk
            if nummer == MEESTE_RIJEN or geschreven > _VOL:
                volgende = next(bron, None)
                break
        else:
            volgende = None
        wacht.append("</sheetData></worksheet>")
        blad.write("".join(wacht).encode())
    yield bak.neem()
    return chain([volgende], bron) if volgende is not None else None


def _begin(kolommen: Sequence[Kolom]) -> str:
    breedtes = "".join(
        f'<col min="{plek}" max="{plek}" width="{max(_BREEDTES[kolom.soort], len(kolom.naam) + 2)}" customWidth="1"/>'
        for plek, kolom in enumerate(kolommen, 1)
    )
    koppen = "".join(_tekst(f"{_letters(plek)}1", kolom.naam, _VET) for plek, kolom in enumerate(kolommen, 1))
    return (
        f'<worksheet xmlns="{_NS}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        f'state="frozen"/></sheetView></sheetViews><cols>{breedtes}</cols><sheetData><row r="1">{koppen}</row>'
    )


def _delen(titel: str, bladen: int) -> Iterator[tuple[str, str]]:
    """The parts that say what there is."""
    nummers = range(1, bladen + 1)
    delen = {
        "/xl/workbook.xml": "sheet.main",
        "/xl/styles.xml": "styles",
        **{f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in nummers},
    }
    soorten = "".join(
        f'<Override PartName="{pad}" ContentType="{_SOORT}.{soort}+xml"/>' for pad, soort in delen.items()
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PAKKET}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{soorten}</Types>",
    )
    yield "_rels/.rels", _verwijzingen([("officeDocument", "xl/workbook.xml")])
    namen = [titel if n == 1 else f"{titel} {n}" for n in nummers]
    bladlijst = "".join(
        f'<sheet name="{naam.translate(_ONTSNAPT)}" sheetId="{n}" r:id="rId{n}"/>' for n, naam in enumerate(namen, 1)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_NS}" xmlns:r="{_REL}"><bookViews><workbookView/></bookViews><sheets>{bladlijst}</sheets></workbook>',
    )
    bladen_en_stijl = [*(("worksheet", f"worksheets/sheet{n}.xml") for n in nummers), ("styles", "styles.xml")]
    yield "xl/_rels/workbook.xml.rels", _verwijzingen(bladen_en_stijl)


def _verwijzingen(doelen: Sequence[tuple[str, str]]) -> str:
    return (
        f'<Relationships xmlns="{_PAKKET}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{_REL}/{soort}" Target="{doel}"/>'
            for n, (soort, doel) in enumerate(doelen, 1)
        )
        + "</Relationships>"
    )


def _letters(plek: int) -> str:
    """What a column is called in a workbook, from 1."""
    letters = ""
    while plek:
        plek, rest = divmod(plek - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _tekst(plek: str, waarde: str, stijl: int = _GEWOON) -> str:
    eigen = f' s="{stijl}"' if stijl else ""
    if waarde.isalnum() and len(waarde) <= _MEESTE_TEKENS:  # nearly every text, with nothing in it to look for
        return f'<c r="{plek}" t="inlineStr"{eigen}><is><t>{waarde}</t></is></c>'
    veilig = _ONGELDIG.sub("\ufffd", str(waarde)[:_MEESTE_TEKENS]).translate(_ONTSNAPT)
    ruimte = ' xml:space="preserve"' if veilig != veilig.strip() or "\n" in veilig else ""
    return f'<c r="{plek}" t="inlineStr"{eigen}><is><t{ruimte}>{veilig}</t></is></c>'


def _getal(plek: str, waarde: int | Decimal, stijl: int = _GEWOON) -> str:
    eigen = f' s="{stijl}"' if stijl else ""
    return f'<c r="{plek}"{eigen}><v>{waarde}</v></c>'


def _dag(plek: str, waarde: date) -> str:
    dagen = waarde.toordinal() - _NUL
    return _getal(plek, dagen, _DAG) if dagen > _OUDSTE else _tekst(plek, waarde.isoformat())


def _moment(plek: str, waarde: datetime) -> str:
    hier = waarde.astimezone(NEDERLAND)
    seconden = hier.hour * 3600 + hier.minute * 60 + hier.second
    deel = f"{seconden / 86_400:.10f}".lstrip("0")
    return f'<c r="{plek}" s="{_MOMENT}"><v>{hier.toordinal() - _NUL}{deel}</v></c>'


_OUDSTE = 60
"""Before 1 March 1900 Excel counts a day that there was not."""

_ALS: Mapping[Soort, Callable[[str, Any], str]] = {
    Soort.TEKST: _tekst,
    Soort.GETAL: _getal,
    Soort.EUROCENT: lambda plek, eurocent: _getal(plek, Decimal(eurocent).scaleb(-2), _EURO),
    Soort.DAG: _dag,
    Soort.MOMENT: _moment,
    Soort.JA_NEE: lambda plek, waarde: _tekst(plek, "ja" if waarde else "nee"),
}
