"""From bytes to a typed message."""

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pydantic import ValidationError

from .berichten import Bericht
from .berichtsoort import BERICHTSOORTEN, Berichtsoort
from .domein import RELEASE
from .fouten import OnbekendBericht, OngeldigBericht, XsdFout
from .schema import Schemas
from .uitleg import leg_uit
from .vorm import WORTEL, Vorm, vorm
from .xml import MAX_BYTES, ontleed

_NAMESPACE = re.compile(r"http://www\.istandaarden\.nl/(iwmo|ijw)/(\d+)_(\d+)/((?:wmo|jw)\d{3})/schema")


@dataclass(frozen=True, slots=True)
class Gelezen:
    """A document that is valid by its XSD: what kind it is, its typed content, and the tree it was read from."""

    soort: Berichtsoort
    bericht: Bericht
    wortel: etree._Element

    def regelnummer(self, pad: str) -> int | None:
        """The line of the element at an indexed path, or of its nearest ancestor that is there."""
        return zoek(self.wortel, pad).sourceline


def lees(data: bytes, schemas: Schemas, max_bytes: int = MAX_BYTES) -> Gelezen:
    """Read a message: parse, recognise, validate by its XSD, and turn it into its typed form.

    Raises ``Onleesbaar`` (not XML that is taken in), ``OnbekendBericht`` (not a message of release 3.2) or
    ``OngeldigBericht`` (with every XSD error).
    """
    wortel = ontleed(data, max_bytes)
    soort = herken(wortel)
    if not schemas.geldig(soort, wortel):
        raise OngeldigBericht(soort.code, leg_uit(wortel, soort, schemas))
    vorm_ = vorm(soort)
    try:
        bericht = vorm_.klasse.model_validate(_inhoud(wortel, vorm_))
    except ValidationError as fout:
        raise OngeldigBericht(soort.code, _niet_voor_te_stellen(fout, wortel)) from None
    assert isinstance(bericht, Bericht)
    return Gelezen(soort, bericht, wortel)


def herken(wortel: etree._Element) -> Berichtsoort:
    """The kind of message by the namespace of its root element. Raises ``OnbekendBericht`` with the reason."""
    naam = etree.QName(wortel)
    gevonden = _NAMESPACE.fullmatch(naam.namespace or "")
    if not gevonden:
        raise OnbekendBericht(
            "Het hoofdelement is geen Bericht van iWmo of iJw.",
            "Controleer de namespace van het hoofdelement; verwacht wordt bijvoorbeeld "
            f"{BERICHTSOORTEN['WMO301'].namespace}.",
            wortel.sourceline,
            "/*",
        )
    _, hoofd, sub, code = gevonden.groups()
    if f"{hoofd}.{sub}" != RELEASE:
        raise OnbekendBericht(
            f"Het bericht is van release {hoofd}.{sub}; verwerkt wordt release {RELEASE}.",
            f"Lever het bericht aan in release {RELEASE}.",
            wortel.sourceline,
            f"/{WORTEL}",
        )
    soort = BERICHTSOORTEN.get(code.upper())
    if soort is None or soort.namespace != naam.namespace or naam.localname != WORTEL:
        raise OnbekendBericht(
            f"Release {RELEASE} kent geen bericht met deze namespace en dit hoofdelement.",
            f"Het hoofdelement heet {WORTEL}; de berichten zijn {', '.join(sorted(BERICHTSOORTEN))}.",
            wortel.sourceline,
            "/*",
        )
    return soort


def _inhoud(element: etree._Element, vorm_: Vorm) -> dict[str, Any]:
    """The elements below a valid element as text, lists and dicts: what pydantic takes."""
    inhoud: dict[str, Any] = {}
    for kind in element:
        veld = vorm_.op_tag[kind.tag]
        if veld.item_tag is not None:
            onder = veld.vorm
            inhoud[veld.naam] = [_inhoud(item, onder) for item in kind] if onder else [item.text for item in kind]
        elif veld.vorm is not None:
            inhoud[veld.naam] = _inhoud(kind, veld.vorm)
        else:
            tekst = kind.text or ""
            inhoud[veld.naam] = tekst.strip() if veld.knipt else tekst
    return inhoud


def _niet_voor_te_stellen(fout: ValidationError, wortel: etree._Element) -> tuple[XsdFout, ...]:
    """Values that XSD allows and a calendar does not: a year of more than four digits or before 1."""
    fouten = []
    for geval in fout.errors(include_url=False, include_context=False, include_input=False):
        pad, hier = f"/{WORTEL}", wortel
        for stap in geval["loc"]:
            if isinstance(stap, int):
                hier = hier[stap]
                pad += f"/{etree.QName(hier).localname}[{stap + 1}]"
            elif (volgende := hier.find(f"{{*}}{stap}")) is not None:
                hier = volgende
                pad += f"/{stap}"
        fouten.append(
            XsdFout(
                pad,
                etree.QName(hier).localname,
                hier.sourceline or 1,
                "De waarde is geen datum of tijd die bestaat in de jaren 0001 tot en met 9999.",
                "Vul een bestaande datum in de vorm EEJJ-MM-DD.",
            )
        )
    return tuple(fouten)


def zoek(wortel: etree._Element, pad: str) -> etree._Element:
    """The element at an indexed path, or the nearest ancestor that is there."""
    hier = wortel
    for stap in pad.split("/")[2:]:
        naam, _, nummer = stap.partition("[")
        gevonden = hier.findall(f"{{*}}{naam}")
        index = int(nummer[:-1]) - 1 if nummer else 0
        if index >= len(gevonden):
            break
        hier = gevonden[index]
    return hier
