"""On which line an element stands, also past line 65 534, where libxml2 stops counting.

What libxml2 says of an element further on is a guess from the text around it. So the start tags are counted in the
bytes themselves, which is only done for a document of that many lines.
"""

import re
from collections.abc import Container

from lxml import etree

_GRENS = 65_535
_BEGIN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<([^/!?])", re.DOTALL)


def regelnummer(element: etree._Element, verre: dict[etree._Element, int]) -> int:
    """The line of an element; ``verre`` holds those that libxml2 does not know."""
    regel = int(element.sourceline or 1)  # type: ignore[unreachable]  # the stubs have no type for sourceline
    return regel if regel < _GRENS else verre.get(element, regel)


def verre_regels(
    wortel: etree._Element, data: bytes, gezocht: Container[etree._Element] | None = None
) -> dict[etree._Element, int]:
    """The lines of the elements past the limit: of all, or of those that are asked for.

    ``wortel`` is what ``xml.ontleed`` made of ``data``. Comments, CDATA and processing instructions are passed over; a
    ``<`` anywhere else begins a tag, since XML allows it nowhere else.
    """
    if data.count(b"\n") < _GRENS - 1:
        return {}
    regels: dict[etree._Element, int] = {}
    regel, vorige = 1, 0
    plekken = (gevonden.start() for gevonden in _BEGIN.finditer(data) if gevonden[1])
    for element, plek in zip(wortel.iter(), plekken, strict=True):
        regel += data.count(b"\n", vorige, plek)
        vorige = plek
        if regel >= _GRENS - 1 and (gezocht is None or element in gezocht):
            regels[element] = regel
    return regels
