"""From bytes to a typed message."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from .berichten import Bericht
from .berichten.onderdeel import Onderdeel
from .berichtsoort import OP_NAMESPACE, Berichtsoort
from .fouten import OnbekendBericht, Onleesbaar, TeGroot
from .geen_bericht import van_bytes, van_wortel
from .regelnummer import regelnummer, verre_regels
from .schema import Schemas
from .uitleg import afwijkingen, leg_uit
from .vorm import WORTEL, Vorm, vorm
from .xml import GROOT, MAX_BYTES, ontleed

_NA_NAMESPACE = f"}}{WORTEL}"
_LANG = 1000
_IN_DE_DECLARATIE = 2
"""Question marks that an XML declaration has."""


@dataclass(eq=False)
class Gelezen:
    """A document that is valid by its XSD: what kind it is, its typed content, and what it was read from. Of a large one, that can
    be let go while others still hold this."""

    soort: Berichtsoort
    bericht: Bericht
    wortel: etree._Element = field(repr=False)
    data: bytes = field(default=b"", repr=False)
    _lijsten: dict[etree._Element, list[etree._Element]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def element(self, pad: str) -> etree._Element:
        """The element at an indexed path, or its nearest ancestor that is there."""
        return op_pad(self.wortel, pad, self._lijsten)

    def regelnummer(self, pad: str) -> int:
        """The line of the element at an indexed path, or of its nearest ancestor that is there."""
        return self.regelnummers((pad,))[0]

    def regelnummers(self, paden: Iterable[str]) -> list[int]:
        """The same for more paths: of a long document the lines are counted once, and kept of these elements only."""
        elementen = [self.element(pad) for pad in paden]
        verre = verre_regels(self.wortel, self.data, set(elementen)) if elementen else {}
        return [regelnummer(element, verre) for element in elementen]

    def laat_los(self, over: Bericht | None = None) -> None:
        """Let go of the tree, which takes more memory than all else: from here on nothing can be asked of its elements.
        With ``over``, of the message too, but for this part of it."""
        self.bericht = over or self.bericht
        self._lijsten.clear()
        vars(self).pop("wortel", None)


def op_pad(
    wortel: etree._Element, pad: str, lijsten: dict[etree._Element, list[etree._Element]] | None = None
) -> etree._Element:
    """The element of a tree at an indexed path, or its nearest ancestor that is there. ``lijsten`` keeps what is in each list, for who
    asks for more of one tree."""
    lijsten = {} if lijsten is None else lijsten
    hier = wortel
    for stap in pad.split("/")[2:]:
        naam, _, nummer = stap.partition("[")
        if nummer:  # an item of a list, and nothing else stands in a list
            items = lijsten.get(hier) or lijsten.setdefault(hier, list(hier))
            volgende = items[plek] if (plek := int(nummer[:-1]) - 1) < len(items) else None
        else:
            volgende = hier.find(f"{{*}}{naam}")
        if volgende is None:
            break
        hier = volgende
    return hier


def lees(data: bytes, schemas: Schemas, max_bytes: int = MAX_BYTES) -> Gelezen:
    """Read a message: parse, recognise, validate by its XSD, and turn it into its typed form.

    Raises ``Onleesbaar`` (not XML that is taken in), ``OnbekendBericht`` (not a message of a release that is read) or
    ``OngeldigBericht`` (with every XSD error).
    """
    soort, wortel = keur(data, schemas, max_bytes)
    vorm_ = vorm(soort)
    try:
        bericht = _onderdeel(wortel, vorm_)
    except ValueError:  # XSD allows a year 12026, Python does not
        raise leg_uit(wortel, soort, schemas, data) from None
    assert isinstance(bericht, Bericht)
    return Gelezen(soort, bericht, wortel, data)


def keur(data: bytes, schemas: Schemas, max_bytes: int = MAX_BYTES) -> tuple[Berichtsoort, etree._Element]:
    r"""The kind of message and the tree of a document that is valid by its XSD. Raises what ``lees`` raises.

    What libxml2 could spend minutes on goes past our own explanation first: a large document, since lxml notes the path
    of every error and libxml2 counts all elements beside it for that; and a long text, since the pattern ``.*[^\s].*`` of
    the standard costs libxml2 time with the square of its length.
    """
    try:
        wortel = ontleed(data, max_bytes)
    except TeGroot:
        raise
    except Onleesbaar as onleesbaar:
        if oorzaak := van_bytes(data):
            raise Onleesbaar(*oorzaak, onleesbaar.regelnummer) from None
        raise
    soort = herken(wortel)
    if (len(data) > GROOT or _kan_lang_zijn(data)) and (fout := afwijkingen(wortel, soort, schemas, data)):
        raise fout
    if not schemas.geldig(soort, wortel):
        raise leg_uit(wortel, soort, schemas, data)
    return soort, wortel


def _kan_lang_zijn(data: bytes) -> bool:
    """Whether a text may have a thousand characters: in one piece, or pieced together around comments and CDATA."""
    # one character is found many times quicker than two of which the first is everywhere
    return (
        (b"!" in data and b"<!" in data)
        or (data.count(b"?") > _IN_DE_DECLARATIE and data.find(b"<?", 4) >= 0)
        or heeft_lang_stuk(data)
    )


def heeft_lang_stuk(data: bytes) -> bool:
    """Whether so many bytes that are no ``<`` stand behind a ``<`` anywhere. Of all within reach of one, only the last can be it."""
    hier = data.find(b"<")
    while 0 <= hier < len(data) - _LANG:
        verder = data.rfind(b"<", hier + 1, hier + 1 + _LANG)
        if verder < 0:
            return True
        hier = verder
    return False


def herken(wortel: etree._Element) -> Berichtsoort:
    """The kind of message by the name of its root element. Raises ``OnbekendBericht`` with the reason."""
    tag = wortel.tag
    if tag.endswith(_NA_NAMESPACE) and (soort := OP_NAMESPACE.get(tag[1 : -len(_NA_NAMESPACE)])):
        return soort
    naam = etree.QName(wortel).localname
    melding, advies = van_wortel(wortel)
    raise OnbekendBericht(melding, advies, regelnummer(wortel, {}), f"/{WORTEL}" if naam == WORTEL else "/*")


def _onderdeel(element: etree._Element, vorm_: Vorm) -> Onderdeel:
    """The class that a valid element is. Raises ``ValueError`` for a value that XSD allows and Python cannot hold."""
    inhoud = vorm_.leeg.copy()
    op_tag = vorm_.op_tag
    for kind in element.getchildren():  # type: ignore[attr-defined]  # faster than iterating; unknown to the stubs
        naam, onder, is_lijst, van_tekst = op_tag[kind.tag]
        if is_lijst:
            inhoud[naam] = tuple([_onderdeel(item, onder) if onder else item.text or "" for item in kind.getchildren()])
        elif onder is not None:
            inhoud[naam] = _onderdeel(kind, onder)
        elif van_tekst is None:
            inhoud[naam] = kind.text or ""
        else:
            inhoud[naam] = van_tekst(kind.text)
    return vorm_.met(inhoud)
