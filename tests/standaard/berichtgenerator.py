"""Documents of every kind of message, drawn from the XSDs themselves, so that they owe nothing to our own writer.

Strategies for hypothesis: ``documenten(soort)`` gives valid documents as bytes, in every layout that XML allows,
``bomen(soort)`` their content, to be written with ``opgemaakt``, and ``berichten(soort)`` what they say, typed.

``voorbeeld(soort)`` is one document without chance or noise, with every element there is; ``element(wortel, naam)``
finds what to change in it.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from hypothesis import strategies as st
from lxml import etree

from berichtenverkeer.standaard.berichten import Bericht
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schema import Schemas
from berichtenverkeer.standaard.verklaring import Facetten, Verklaring

XSD_MAP = Path(__file__).parents[2] / "xsd"
SCHEMAS = Schemas(XSD_MAP)
SOORTEN = list(BERICHTSOORTEN.values())


@dataclass
class Knoop:
    """One element: its name in Clark notation, and its text or the elements in it."""

    tag: str
    inhoud: "str | list[Knoop]"

    @property
    def naam(self) -> str:
        """The name without namespace."""
        return self.tag.rpartition("}")[2]


def bomen(soort: Berichtsoort) -> st.SearchStrategy[Knoop]:
    """The content of a valid document of this kind."""
    return st.randoms(use_true_random=False).map(lambda random: boom(SCHEMAS.verklaring(soort), random))


def documenten(soort: Berichtsoort) -> st.SearchStrategy[bytes]:
    """A valid document of this kind, in any layout."""
    return st.builds(opgemaakt, bomen(soort), st.randoms(use_true_random=True))


def berichten(soort: Berichtsoort) -> st.SearchStrategy[Bericht]:
    """A message of this kind that the XSD approves."""
    return documenten(soort).map(lambda data: lees(data, SCHEMAS).bericht)


def voorbeeld(soort: Berichtsoort) -> etree._Element:
    """A valid document of this kind with every element there is, two items in every list, and one element a line."""
    knoop = boom(SCHEMAS.verklaring(soort), Random(str(soort)), volledig=True)
    wortel = etree.Element(knoop.tag, nsmap={"m": soort.namespace, "b": soort.basis_namespace})
    _vul(wortel, knoop)
    etree.indent(wortel)
    return wortel


def _vul(element: etree._Element, knoop: Knoop) -> None:
    if isinstance(knoop.inhoud, str):
        element.text = knoop.inhoud
    else:
        for kind in knoop.inhoud:
            _vul(etree.SubElement(element, kind.tag), kind)


def element(wortel: etree._Element, naam: str) -> etree._Element:
    """The first element of this name, in any namespace."""
    gevonden = wortel.find(f".//{{*}}{naam}")
    assert gevonden is not None, naam
    return gevonden


def als_bytes(wortel: etree._Element) -> bytes:
    """The document as it would be sent."""
    return etree.tostring(wortel, xml_declaration=True, encoding="utf-8")


def boom(verklaring: Verklaring, random: Random, volledig: bool = False) -> Knoop:
    """An element as its XSD declares it: each optional element there or not, lists of up to three items."""
    if verklaring.facetten is not None:
        return Knoop(verklaring.tag, waarde(verklaring.facetten, random))
    kinderen = []
    for kind in verklaring.kinderen:
        hoogstens = 3 if kind.hoogstens is None else kind.hoogstens
        aantal = min(hoogstens, 2) if volledig else random.randint(kind.minstens, hoogstens)
        kinderen += [boom(kind, random, volledig) for _ in range(aantal)]
    return Knoop(verklaring.tag, kinderen)


# values


def waarde(facetten: Facetten, random: Random) -> str:
    """A value that its type allows, often one at the border of what it allows."""
    if facetten.waarden:
        return random.choice(sorted(facetten.waarden))
    if facetten.basis == "string":
        return _tekst(facetten, random)
    if facetten.basis == "date":
        kaal = _datum(random)
    elif facetten.basis == "time":
        kaal = _tijd(random)
    else:
        kaal = _geheel(facetten, random)
    return random.choice([kaal] * 4 + [f" {kaal}", f"\n\t{kaal}\r "])


def _geheel(facetten: Facetten, random: Random) -> str:
    if facetten.patronen:  # BerichtVersie: one fixed number
        return facetten.patronen[-1]
    minimum, maximum = facetten.minimum or 0, facetten.maximum or 10**12
    getal = random.choice([minimum, maximum, random.randint(minimum, maximum)])
    return random.choice([f"{getal}"] * 4 + [f"+{getal}", f"000{getal}", f"{'-' if getal == 0 else ''}{getal}"])


def _datum(random: Random) -> str:
    vast = ["0001-01-01", "0999-12-31", "1900-02-28", "2000-02-29", "2024-02-29", "9999-12-31"]
    return random.choice([*vast, f"{date(1900, 1, 1) + timedelta(days=random.randrange(73_000))}"])


def _tijd(random: Random) -> str:
    vast = ["00:00:00", "24:00:00", "24:00:00.000", "23:59:59.999999", "12:30:00.5", "12:30:00.000001"]
    return random.choice([*vast, "{:02}:{:02}:{:02}".format(*map(random.randrange, (24, 60, 60)))])


_RIJ = "azAZ09 .,;:-_'\"&<>/\t\u00a0\u0085\u2028éÀỳĲß€日😀\u0301\ufeff]"
_VORMEN: dict[str, tuple[str, bool]] = {
    r"[0-9]*": ("0123456789", True),
    r"([a-zA-ZÀ-ỳ])+": ("azAZÀÿĲßỳ", True),
    r"([a-zA-Z0-9])+": ("azAZ09", True),
    r".*[^\s].*": (_RIJ, False),
    r"\s*\S[\s\S]*": (_RIJ + "\r\n", False),
}
"""The characters that a pattern takes, and whether a value of any of them is good; else one must be no white space."""


def _tekst(facetten: Facetten, random: Random) -> str:
    patroon = facetten.patronen[-1] if facetten.patronen else None
    if patroon and patroon.isalnum():  # BerichtCode: one fixed value
        return patroon
    if patroon and (cijfers := re.fullmatch(r"\[0-9\]\{(\d)\}", patroon)):
        return "".join(random.choices("0123456789", k=int(cijfers[1])))
    if patroon and patroon.startswith("(0|"):  # a version
        return ".".join(random.choice(["0", "1", "10", "999"]) for _ in range(3))
    tekens, alles_goed = _VORMEN[patroon] if patroon else (_RIJ + "\r\n", True)
    minimum, maximum = facetten.min_lengte or 0, facetten.max_lengte or 300
    lengte = random.choice([minimum, maximum, random.randint(minimum, min(maximum, 12))])
    tekst = "".join(random.choices(tekens, k=lengte))
    if not alles_goed and not tekst.strip(" \t\r\n"):
        plek = random.randrange(lengte)
        tekst = f"{tekst[:plek]}x{tekst[plek + 1 :]}"
    return tekst


# layout


def opgemaakt(knoop: Knoop, random: Random) -> bytes:
    """The document as bytes, in a layout that changes nothing of what it says."""
    opmaak = _Opmaak(random)
    einde = random.choice(["\n", "\r\n"])
    kop = random.choice(
        ["", '<?xml version="1.0"?>', "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>"]
        + ['<?xml version="1.0" encoding="UTF-8"?>'] * 3
    )
    tekst = kop + opmaak.ruis(einde=einde) + opmaak.element(knoop, {}) + opmaak.ruis(einde=einde)
    return random.choice([b"", b"", b"\xef\xbb\xbf"]) + tekst.replace("\n", einde).encode()


class _Opmaak:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._rumoerig = random.choice([0.0, 0.05, 0.5])
        self._inspringing = random.choice(["", "\n", "\n\t", "\n    "])
        self._uitgesproken = random.random() < 0.3  # every element says its own namespace
        self._teller = 0

    def element(self, knoop: Knoop, bekend: dict[str, str]) -> str:
        """One element; ``bekend`` are the namespaces in scope with their prefixes."""
        ruimte, naam = knoop.tag[1:].split("}")
        declaratie = ""
        if ruimte not in bekend or (self._uitgesproken and self._kans(0.3)):
            bekend = bekend | {ruimte: self._prefix(bekend)}
            declaratie = self._declaratie(bekend[ruimte], ruimte)
        prefix = bekend[ruimte]
        naam = f"{prefix}:{naam}" if prefix else naam
        if isinstance(knoop.inhoud, str):
            inhoud = self._tekst(knoop.inhoud)
        else:
            delen = (self.ruis() + self._inspringing + self.element(kind, bekend) for kind in knoop.inhoud)
            inhoud = "".join(delen) + self.ruis() + self._inspringing
        return f"<{naam}{declaratie}{self._soms(' ')}>{inhoud}</{naam}{self._soms(' ')}>"

    def ruis(self, einde: str = "") -> str:
        """Comments, processing instructions and white space, between elements."""
        soorten = ["<!-- een <opmerking> & -->", "<!---->", "<?doe iets?>", " ", "\n\n", "\t"]
        return "".join(self._random.choice(soorten) for _ in range(3) if self._kans(self._rumoerig))

    def _tekst(self, tekst: str) -> str:
        stukken = [tekst]
        if self._kans(self._rumoerig):
            plek = self._random.randint(0, len(tekst))
            tussen = self._random.choice(["", "<!-- in de tekst -->", "<?in de tekst?>"])
            stukken = [tekst[:plek], tussen, tekst[plek:]]
        return "".join(stuk if nummer == 1 else self._stuk(stuk) for nummer, stuk in enumerate(stukken))

    def _stuk(self, stuk: str) -> str:
        if self._kans(self._rumoerig) and "]]>" not in stuk and "\r" not in stuk:
            return f"<![CDATA[{stuk}]]>"
        tekens = (f"&#x{ord(teken):X};" if self._kans(self._rumoerig / 5) else escape(teken) for teken in stuk)
        return "".join(tekens).replace("\r", "&#13;")

    def _prefix(self, bekend: dict[str, str]) -> str:
        """A new prefix, or none where nothing else goes without one."""
        if "" not in bekend.values() and self._kans(0.5):
            return ""
        self._teller += 1
        return self._random.choice(["ns", "wmo", "_", "é", "iwmo.x-"]) + str(self._teller)

    def _declaratie(self, prefix: str, ruimte: str) -> str:
        wit, is_ = self._random.choice([(" ", "="), ("\n  ", " = ")])
        teken = self._random.choice("'\"")
        return f"{wit}xmlns{':' if prefix else ''}{prefix}{is_}{teken}{ruimte}{teken}"

    def _soms(self, tekst: str) -> str:
        return tekst if self._kans(self._rumoerig) else ""

    def _kans(self, kans: float) -> bool:
        return self._random.random() < kans
