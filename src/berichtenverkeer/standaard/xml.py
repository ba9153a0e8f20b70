"""From bytes to a tree, for documents from outside: no DTD, no entities, no network, bounded in size and depth.

OP192 asks for UTF-8. A byte order mark is accepted on reading (many senders add one), never written.
"""

import re

from lxml import etree

from .fouten import Onleesbaar, TeGroot

MAX_BYTES = 25 * 1024 * 1024
"""The largest message taken in: 25 MiB (OP179 says 25 MB and leaves the unit open)."""

MAX_DIEPTE = 256
"""The deepest nesting that libxml2 takes in; the deepest message of the standard has nine levels."""

_BOM = b"\xef\xbb\xbf"
_ANDERE_BOM = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_DECLARATIE = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_XSI_HINTS = [f"{{http://www.w3.org/2001/XMLSchema-instance}}{n}" for n in ("schemaLocation", "noNamespaceSchemaLocation")]
_UTF8_ADVIES = "Lever het bericht aan als UTF-8 (OP192)."


def ontleed(data: bytes, max_bytes: int = MAX_BYTES) -> etree._Element:
    """Parse a document and return its root element; comments and processing instructions are left out.

    Raises ``TeGroot`` over ``max_bytes``, else ``Onleesbaar``, with the line where that is known.
    """
    if len(data) > max_bytes:
        raise TeGroot(
            f"Het bericht is groter dan {max_bytes} bytes.",
            "Splits het bericht; een bericht mag hoogstens 25 MiB groot zijn.",
        )
    data = data.removeprefix(_BOM)
    _eis_utf8(data)
    if (plek := _doctype(data)) is not None:
        raise Onleesbaar(
            "Het document heeft een DOCTYPE; dat is niet toegestaan.",
            "Verwijder de DOCTYPE-declaratie; berichten gebruiken geen DTD of entiteiten.",
            data.count(b"\n", 0, plek) + 1,
        )
    try:
        wortel = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as fout:
        raise _onleesbaar(fout) from None
    if b"chemaLocation" in data:  # a hint by which libxml2 would open files of the sender's choosing
        for element in wortel.iter():
            for hint in _XSI_HINTS:
                element.attrib.pop(hint, None)
    return wortel


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
        collect_ids=False,
    )


def _eis_utf8(data: bytes) -> None:
    if (codering := _ANDERE_BOM.get(data[:2])) or b"\x00" in data[:4]:
        raise Onleesbaar(f"Het document is {codering or 'UTF-16 of UTF-32'}, geen UTF-8.", _UTF8_ADVIES, 1)
    if (verklaard := _DECLARATIE.match(data)) and verklaard[1].lower() not in (b"utf-8", b"utf8"):
        raise Onleesbaar(f"De XML-declaratie noemt codering {verklaard[1].decode('ascii')}.", _UTF8_ADVIES, 1)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fout:
        raise Onleesbaar(
            f"Byte {fout.start + 1} is geen geldig UTF-8.", _UTF8_ADVIES, data.count(b"\n", 0, fout.start) + 1
        ) from None


def _doctype(data: bytes) -> int | None:
    """Where a DOCTYPE stands, if there is one. It can only stand before the root element, so only that is looked at."""
    plek = 0
    while True:
        while data[plek : plek + 1].isspace():
            plek += 1
        if data.startswith(b"<?", plek):
            einde = data.find(b"?>", plek)
            stap = 2
        elif data.startswith(b"<!--", plek):
            einde = data.find(b"-->", plek + 4)
            stap = 3
        else:
            return plek if data.startswith(b"<!DOCTYPE", plek) else None
        if einde < 0:
            return None  # broken: the parser says how
        plek = einde + stap


def _te_diep(regelnummer: int | None) -> Onleesbaar:
    return Onleesbaar(
        f"Het document is dieper genest dan {MAX_DIEPTE} elementen.",
        "Controleer of dit een bericht van iWmo of iJw is; die zijn hoogstens negen niveaus diep.",
        regelnummer,
    )


def _onleesbaar(fout: etree.XMLSyntaxError) -> Onleesbaar:
    """A Dutch error from what libxml2 says; its own text is left out, for it quotes the document."""
    regelnummer = fout.lineno or None
    if "depth" in str(fout.msg).lower():
        return _te_diep(regelnummer)
    return Onleesbaar(
        "Het document is geen welgevormde XML.",
        "Controleer het document op de genoemde regel: een niet gesloten element, een losse & of <, of tekst na het einde.",
        regelnummer,
    )
