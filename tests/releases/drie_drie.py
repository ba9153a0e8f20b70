"""A release 3.3 that is made up: an element more, a field in another message, a code gone and one new, an element gone, a rule changed, a rule new, a rule that is no more.

Its XSDs are those of 3.2 with these changes. Nothing in ``src/`` knows of it.
"""

import re
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from berichtenverkeer.regels.bevinding import Niveau, Overtreding
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.regel import regel, vervalt
from berichtenverkeer.standaard.berichten import start, toewijzing
from berichtenverkeer.standaard.berichten import typen as t
from berichtenverkeer.standaard.berichten.kop import Header
from berichtenverkeer.standaard.berichten.onderdeel import Na
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.release import Release

NUMMER = "3.3"
VOORRANG_VANAF = date(2026, 7, 1)
"""From this day on, by the Ingangsdatum, a toewijzing says whether it goes first."""

_NIEUW = '<xs:element name="Voorrang" type="{wet}:LDT_JaNee" minOccurs="0"/>'
_OP_AFSTAND = '<xs:element name="OpAfstand" type="{wet}:LDT_JaNee" minOccurs="0"/>'
_NIEUWE_CODE = """<xs:enumeration value="91">
        <xs:annotation><xs:documentation>Overgang naar een andere regeling</xs:documentation></xs:annotation>
      </xs:enumeration>"""
_WORTEL = Path(__file__).parents[2] / "xsd"


class ToegewezenProduct(toewijzing.ToegewezenProduct):
    """With an element more, in the middle."""

    Voorrang: Annotated[t.JaNee | None, Na("Omvang")] = None


class StartProduct(start.StartProduct):
    """With a field of its own: whether the care is given at a distance."""

    OpAfstand: Annotated[t.JaNee | None, Na("Begindatum")] = None


def maak_xsds(map_: Path) -> Path:
    """The XSDs of the release, made of those of 3.2."""
    for domein in Domein:
        hier = map_ / domein
        hier.mkdir(parents=True, exist_ok=True)
        for pad in (_WORTEL / domein / "3.2").glob("*.xsd"):
            tekst = pad.read_text(encoding="utf-8").replace("/3_2/", "/3_3/").replace("release>3.2<", "release>3.3<")
            tekst = re.sub(r'(name="BerichtSubversie">.*?<xs:pattern value=)"2"', r'\1"3"', tekst, flags=re.DOTALL)
            if pad.stem[-3:] in ("301", "302"):
                tekst = re.sub(
                    r'(<xs:element name="Omvang" [^>]*/>)', rf"\1{_NIEUW.format(wet=domein)}", tekst, count=1
                )
                tekst = re.sub(r'<xs:element name="JuridischeStatus" [^>]*/>', "", tekst)
            if pad.stem[-3:] in ("305", "306"):
                tekst = re.sub(
                    r'(<xs:element name="Begindatum" [^>]*/>)', rf"\1{_OP_AFSTAND.format(wet=domein)}", tekst, count=1
                )
            if pad.stem == "basisschema":
                begin = tekst.index('simpleType name="LDT_RedenWijziging"')
                tekst = tekst[:begin] + re.sub(
                    r'<xs:enumeration value="01">.*?</xs:enumeration>',
                    _NIEUWE_CODE,
                    tekst[begin:],
                    count=1,
                    flags=re.DOTALL,
                )
            (hier / pad.name).write_text(tekst, encoding="utf-8")
    return map_


RELEASE = Release(
    NUMMER,
    xsd=maak_xsds(Path(tempfile.mkdtemp(prefix="release-3.3-"))),
    klassen={toewijzing.ToegewezenProduct: ToegewezenProduct, start.StartProduct: StartProduct},
    weg={toewijzing.Client301: frozenset({"JuridischeStatus"})},
)


@regel(
    Niveau.EXTERNE_BRON,
    "S300",
    "301",
    toewijzing.ToegewezenProduct,
    release=NUMMER,
    vanaf=VOORRANG_VANAF,
    tot=date(2026, 12, 31),
)
def TR901(product: ToegewezenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Voorrang is gevuld bij een toewijzing die ingaat op of na 1 juli 2026, tot 2027."""
    if product.Voorrang is None:
        yield Overtreding(product, "Voorrang", "Voorrang ontbreekt.", "Vul 1 (ja) of 2 (nee).")


VOORRANG_ANDERS = date(2027, 1, 1)
"""From this day on only 1 will do, by the same rule."""


@regel(
    Niveau.EXTERNE_BRON,
    "S300",
    "301",
    toewijzing.ToegewezenProduct,
    release=NUMMER,
    vanaf=VOORRANG_ANDERS,
    code="TR901",
)
def alleen_voorrang(product: ToegewezenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Voorrang is 1 bij een toewijzing die ingaat op of na 1 januari 2027."""
    if product.Voorrang != "1":
        yield Overtreding(product, "Voorrang", "Voorrang is niet 1.", "Vul 1 (ja).")


@regel(Niveau.EXTERNE_BRON, "8848", "301 305 307 315 317 319 323 325", Header, release=NUMMER)
def TR135(header: Header, kennis: Kennis) -> Iterator[Overtreding]:
    """BerichtIdentificatie/Dagtekening is die van vandaag."""
    if header.BerichtIdentificatie.Dagtekening != kennis.vandaag:
        yield Overtreding(
            header, "BerichtIdentificatie/Dagtekening", "Dagtekening is niet van vandaag.", "Vul vandaag in."
        )


vervalt(NUMMER, "SAP301")
