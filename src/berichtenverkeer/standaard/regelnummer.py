"""On which line an element stands, also from line 65 535 on, where libxml2 stops counting.

What libxml2 says of an element further on is a guess from the text around it. So the start tags are counted in the
bytes themselves; only a document of that many lines pays for it.
"""

import re
from collections.abc import Container, Mapping
from typing import cast

from lxml import etree

_GRENS = 65_535
_BEGIN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<([^/!?])", re.DOTALL)


def regelnummer(element: etree._Element, verre: Mapping[etree._Element, int]) -> int:
    """The line of an element; ``verre`` holds the lines that libxml2 does not know."""
    regel = cast("int | None", element.sourceline) or 1
    return regel if regel < _GRENS else verre.get(element, regel)


def verre_regels(
    wortel: etree._Element, data: bytes, gezocht: Container[etree._Element] | None = None
) -> dict[etree._Element, int]:
    """The lines of the elements that libxml2 cannot place: of all, or of those that are asked for.

    ``wortel`` is what ``xml.ontleed`` made of ``data``. Comments, CDATA and processing instructions are passed over;
    anywhere else XML allows a ``<`` only where a tag begins.
    """
    if data.count(b"\n") < _GRENS - 1:
        return {}
    regels = {}
    regel, vorige = 1, 0
    plekken = (gevonden.start() for gevonden in _BEGIN.finditer(data) if gevonden[1])
    for element, plek in zip(wortel.iter(), plekken, strict=True):
        regel += data.count(b"\n", vorige, plek)
        vorige = plek
        if regel >= _GRENS and (gezocht is None or element in gezocht):
            regels[element] = regel
    return regels
