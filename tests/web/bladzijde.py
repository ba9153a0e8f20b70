"""A page without a browser: what it is made of, so that what was looked at in a browser need not be looked at again; where it leads; and
what is wrong with it whatever it looks like."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from lxml import etree

from berichtenverkeer.web.scherm import MAG

_LOS = {
    "html",
    "head",
    "body",
    "main",
    "section",
    "form",
    "fieldset",
    "tbody",
    "ul",
    "ol",
    "dl",
    "select",
    "pre",
    "svg",
    "g",
}
"""What holds parts of which the number and the order make no other page: each kind of part in it is a part by itself."""

_WAARDE_TELT = re.compile(
    r"class|role|type|lang|scope|tabindex|hidden|disabled|open|autocomplete|required|rel"
    r"|aria-(hidden|current|expanded|invalid|live|sort)"
)
"""Attributes that make an element look or act otherwise by what they say; of others only that they are there counts."""

_NIET_OPENEN = ("/docs", "/statisch/", "/v1/")
_KOP = re.compile(r"h[1-6]")


class Bladzijde:
    """A page as a node at ``url`` answered it."""

    def __init__(self, url: str, antwoord: httpx.Response) -> None:
        self.url = url
        self.antwoord = antwoord
        self.boom = etree.HTML(antwoord.text)

    @property
    def tekst(self) -> str:
        """What a reader may come to see, also of what is folded."""
        return " ".join(str(deel) for deel in self.boom.itertext())

    def delen(self) -> set[str]:
        """What it is made of, whatever its words and numbers are: the parts of what is loose, and which heading follows which. A page of which every part was on another looks and is used as that one."""
        delen: set[str] = set()
        _vorm(self.boom, delen)
        koppen = [str(een.tag) for een in self.boom.iter(etree.Element) if _KOP.fullmatch(str(een.tag))]
        return delen | {f"{een} {ander}" for een, ander in pairwise(koppen)}

    def links(self) -> Iterator[str]:
        """The pages of the node that it leads to."""
        for element in self.boom.iterfind(".//a[@href]"):
            if element.get("download") is None:
                link = urldefrag(urljoin(str(self.antwoord.url), element.get("href", "")))[0]
                if link.startswith(self.url) and not urlsplit(link).path.startswith(_NIET_OPENEN):
                    yield link.removeprefix(self.url) or "/"

    def fouten(self) -> Iterator[str]:
        """What no page may have."""
        if len(self.antwoord.content) > 200_000:
            yield f"{len(self.antwoord.content)} bytes"
        if len(self.boom.findall(".//h1")) != 1:
            yield "not one h1"
        if self.antwoord.headers["Content-Security-Policy"] != MAG:
            yield "it allows something else"
        yield from (
            f"the id {id_} twice"
            for id_, keer in Counter(een.get("id") for een in self.boom.iterfind(".//*[@id]")).items()
            if keer > 1
        )


def _vorm(element: etree._Element, delen: set[str]) -> str:
    """How an element is built; what is loose in it goes to ``delen``."""
    soort = str(element.tag)  # of a comment it is a function
    attributen = ((str(naam), str(waarde)) for naam, waarde in element.items())
    telt = sorted(f"{naam}={waarde}" if _WAARDE_TELT.fullmatch(naam) else naam for naam, waarde in attributen)
    teksten = (element.text, *(kind.tail for kind in element))
    tekst = soort != "td" and any(deel and deel.strip() for deel in teksten)  # an empty cell is no other cell
    eigen = f"{soort}[{' '.join(telt)}]{'t' if tekst else ''}"
    kinderen = [_vorm(kind, delen) for kind in element]
    # The head of a table that is sorted by another column is no other head.
    kop = soort == "tr" and all(kind.tag == "th" for kind in element)
    if soort not in _LOS and not kop:
        return f"{eigen}({''.join(kinderen)})"
    delen |= {f"{eigen}>{kind}" for kind in kinderen}
    return f"{eigen}(…)"
