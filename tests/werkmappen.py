"""Workbooks of Excel, as small as can be."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMATEN = {
    "0": "", "dag": "14", "maand": "17", "uren": "20", "euro": "44",
    "eigen euro": '_-"€"\\ * #,##0.00_-;\\-"€"\\ * #,##0.00_-', "euro van hier": "[$€-413]\\ #,##0", "twee": "#,##0.00\\ _€",
    "lange dag": "[$-413]d\\ mmmm\\ yyyy;@", "veel uren": "[h]:mm:ss", "dagen": '0" dagen"', "rood": "[Red]0.0",
}  # fmt: skip
SOORTEN = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>"
)
STIJL = {naam: nummer for nummer, naam in enumerate(FORMATEN)}


def maak(
    *bladen: str, anders: Mapping[str, str | bytes] | None = None, eigenschappen: str = "", staat: str = ""
) -> bytes:
    """A workbook of these sheets, each the inside of a ``sheetData``."""
    nummers = range(1, len(bladen) + 1)
    formaten = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for n, code in enumerate(FORMATEN.values())
    )
    stijlen = "".join(
        f'<xf numFmtId="{code if code.isdigit() else 164 + n if code else 0}"/>'
        for n, code in enumerate(FORMATEN.values())
    )
    delen: dict[str, str | bytes] = {
        "[Content_Types].xml": SOORTEN,
        "_rels/.rels": _verwijzingen(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{NS}" xmlns:r="{REL}">{eigenschappen}<sheets>'
        + "".join(f'<sheet name="Blad{n}" r:id="rId{n}" {staat if n > 1 else ""}/>' for n in nummers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _verwijzingen(*(("worksheet", f"worksheets/sheet{n}.xml") for n in nummers)),
        "xl/styles.xml": f'<styleSheet xmlns="{NS}"><numFmts>{formaten}</numFmts><cellXfs>{stijlen}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{NS}"><si><t>uren</t></si><si><r><t>twee </t></r><r><t>stukken</t></r>'
        "<rPh><t>niet</t></rPh></si></sst>",
    }
    delen |= {
        f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{NS}"><sheetData>{blad}</sheetData></worksheet>'
        for n, blad in zip(nummers, bladen, strict=True)
    }
    uit = BytesIO()
    with ZipFile(uit, "w", ZIP_DEFLATED) as archief:
        for naam, inhoud in (delen | dict(anders or {})).items():
            archief.writestr(naam, inhoud)
    return uit.getvalue()


def _verwijzingen(*doelen: tuple[str, str]) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{REL}/{soort}" Target="{doel}"/>'
            for n, (soort, doel) in enumerate(doelen, 1)
        )
        + "</Relationships>"
    )


def cel(waarde: str, stijl: str = "0", soort: str = "n") -> str:
    return f'<c s="{STIJL[stijl]}" t="{soort}"><v>{waarde}</v></c>'


def van_rijen(*rijen: tuple[str, ...]) -> bytes:
    """A workbook of one sheet with these cells as text."""
    cellen = ("".join(f'<c t="inlineStr"><is><t>{tekst}</t></is></c>' for tekst in rij) for rij in rijen)
    return maak("".join(f"<row>{rij}</row>" for rij in cellen))
