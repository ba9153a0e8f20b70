"""From bytes to a tree, for documents from outside: no DTD, no entities, no network, bounded in size and depth.

OP192 asks for UTF-8. A byte order mark is accepted on reading (many senders add one; OP192 tells them), never written.
"""

import re

from lxml import etree

from .fouten import Onleesbaar, TeGroot
from .woordenboek import vergeet_namen

MAX_BYTES = 25 * 1024 * 1024
"""The largest message taken in: 25 MiB (OP179 says 25 MB and leaves the unit open)."""

GROOT = 30_000
"""From this many bytes on a document gets checks that a small one, which is nearly every message, does not need."""

MAX_DIEPTE = 256
"""The deepest nesting that libxml2 takes in; the deepest message of the standard has nine levels."""

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

BOM = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8."""

_ANDERE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_CODERING = re.compile(rb"""<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"'>]*)""")
_VOOR_HET_HOOFDELEMENT = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_MEESTE_TAGS, _MEESTE_ATTRIBUTEN = 2_000_000, 1_000_000
"""The largest message there can be has half as many tags and hardly an attribute; of the shortest elements there are, 25 MB
would take 800 MB in memory."""

_MEESTE_NAMESPACES = 100_000_000
_BYTES_PER_TAG = 16
"""A message has more; without indentation or prefixes some 23."""

_LANGE_NAMESPACE = re.compile(rb"""xmlns[^\s=]*\s*=\s*(?:"[^"]{1000}|'[^']{1000})""")
_TE_LANG = re.compile("too (big|long)|size limit")
_UTF8_ADVIES = "Lever het bericht aan als UTF-8, en noem in de XML-declaratie geen andere codering (OP192)."


def ontleed(data: bytes, max_bytes: int = MAX_BYTES, *, lange_tekst: bool = False) -> etree._Element:
    """Parse a document and return its root element; comments and processing instructions are left out.

    ``lange_tekst`` allows a text of more than ten million characters, which only the file in an envelope has.

    Raises ``TeGroot`` over ``max_bytes``, else ``Onleesbaar``, with the line where that is known; ``MemoryError`` when this process
    may have no more memory.
    """
    if len(data) > max_bytes:
        raise TeGroot(
            f"Het bericht is {len(data)} bytes groot; hoogstens {max_bytes} bytes mag.",
            "Splits het bericht in kleinere berichten.",
        )
    kaal = data.removeprefix(BOM)
    _eis_utf8(kaal)
    _weiger_doctype(kaal)
    if len(data) > GROOT:
        _weiger_overdaad(data)
    vergeet_namen(len(data))
    try:
        wortel = etree.fromstring(data, _parser(lange_tekst))
    except etree.XMLSyntaxError as fout:
        if fout.code == etree.ErrorTypes.ERR_NO_MEMORY:  # type: ignore[attr-defined]  # unknown to the stubs
            raise MemoryError from None
        raise _onleesbaar(fout) from None
    if b"chemaLocation" in data:  # a hint by which libxml2 would open files of the sender's choosing
        etree.strip_attributes(wortel, f"{XSI}schemaLocation", f"{XSI}noNamespaceSchemaLocation")
    return wortel


def is_zwaar(data: bytes, vanaf: int) -> bool:
    """Whether reading this may take long: it has more bytes than ``vanaf``, or more tags than a message of that size has."""
    return len(data) > vanaf or (len(data) > GROOT and data.count(b"<") > vanaf // _BYTES_PER_TAG)


def _parser(lange_tekst: bool) -> etree.XMLParser:
    """A new one for every document: threads that share a parser wait for each other."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=lange_tekst,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
        collect_ids=False,
    )


def _eis_utf8(data: bytes) -> None:
    if data.startswith(_ANDERE_BOMS) or b"\x00" in data[:4]:
        raise Onleesbaar("Het document is UTF-16 of UTF-32, geen UTF-8.", _UTF8_ADVIES, 1)
    if (codering := _CODERING.match(data)) and codering[1].lower() not in (b"utf-8", b"utf8"):
        raise Onleesbaar("De XML-declaratie noemt een andere codering dan UTF-8.", _UTF8_ADVIES, 1)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fout:
        raise Onleesbaar(
            "Op de genoemde regel staat een teken dat geen geldig UTF-8 is.",
            _UTF8_ADVIES,
            data.count(b"\n", 0, fout.start) + 1,
        ) from None


def _weiger_doctype(data: bytes) -> None:
    """A DOCTYPE can only stand before the root element, so only that part is looked at."""
    voor = _VOOR_HET_HOOFDELEMENT.match(data)
    if voor and data.startswith(b"<!DOCTYPE", voor.end()):
        raise Onleesbaar(
            "Het document heeft een DOCTYPE; dat is niet toegestaan.",
            "Verwijder de DOCTYPE-declaratie; berichten gebruiken geen DTD of entiteiten.",
            data.count(b"\n", 0, voor.end()) + 1,
        )


def _weiger_overdaad(data: bytes) -> None:
    """Raise for what takes libxml2 and lxml far more memory or time than its bytes: an ``xsi:type`` holds a prefix, for which all
    namespaces are gone through, and the name of every element is made with its namespace written out."""
    namespaces = data.count(b"xmlns")
    if data.count(b"<") > _MEESTE_TAGS or data.count(b"=") > _MEESTE_ATTRIBUTEN:
        veel = "veel elementen of attributen"
    elif data.count(b":type") * namespaces > _MEESTE_NAMESPACES:
        veel = "veel namespaces"
    elif namespaces and _LANGE_NAMESPACE.search(data):
        veel = "lange namespaces"
    else:
        return
    raise Onleesbaar(
        f"Het document heeft uitzonderlijk {veel}.",
        "Controleer of dit een bericht van iWmo of iJw is, en declareer alleen de namespaces die het daarvoor nodig heeft.",
    )


def _onleesbaar(fout: etree.XMLSyntaxError) -> Onleesbaar:
    """A Dutch error from what libxml2 says; its own text is left out, for it quotes the document."""
    regelnummer = fout.lineno or None
    tekst = fout.msg or ""
    if tekst.startswith("Excessive depth"):
        return Onleesbaar(
            f"Het document is dieper genest dan {MAX_DIEPTE} elementen.",
            "Controleer of dit een bericht van iWmo of iJw is; die zijn hoogstens negen niveaus diep.",
            regelnummer,
        )
    if _TE_LANG.search(tekst):
        return Onleesbaar(
            "Het document bevat een tekst, een naam of een attribuut van uitzonderlijke lengte.",
            "Controleer het document op de genoemde regel; een tekst mag hoogstens tien miljoen tekens lang zijn.",
            regelnummer,
        )
    return Onleesbaar(
        "Het document is geen welgevormde XML.",
        "Controleer het document op de genoemde regel: "
        "een niet gesloten element, een losse & of <, een stuurteken, of tekst na het einde.",
        regelnummer,
    )
