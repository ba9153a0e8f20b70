"""In proefmodus only Bsn's that nobody has: the test series of the standard (CS002). One check for all doors.

What was read is held to that series. Of what is refused, or not read yet, nothing is kept when a Bsn of somebody may be in it,
wherever it stands: in an element, in free text, in what is no XML at all, in base64 or in a ZIP.
"""

import binascii
import re
import zlib
from collections.abc import Iterator
from enum import Enum, auto

from ..oordeel.weigering import Reden, Weigering
from ..standaard.bsn import voldoet
from ..standaard.xml import MAX_BYTES

MELDING = "Dit is een proefomgeving, en er staat een Bsn in dat van iemand kan zijn."
ADVIES = "Gebruik fictieve Bsn's, uit de testreeks van de standaard: die beginnen met 9999."

_ANDER_BSN = re.compile(rb"<(?:[^\s<>:/!?]+:)?Bsn(?:\s[^<>]*)?>(?!\s*9999[0-9]{5}\s*</)")
"""A Bsn that is not of the test series, or is not plainly written. Sought in the bytes, for of a large declaratie there is
no tree."""

_NUMMERS = frozenset(
    b"ToewijzingNummer ReferentieNummer VorigReferentieNummer DeclaratieNummer DeclaratieNummerRetour ReferentieAanbieder "
    b"Identificatie IdentificatieRetour Telefoonnummer referentienummer crossRefnummer".split()
)
"""Elements that hold another number, which may happen to look like a Bsn (afgeleid)."""

_CIJFERS = {
    b"00000000": re.compile(rb"[0-9]{8,}"),
    b"000.00": re.compile(rb"[0-9]{3,4}[. ][0-9]{2,3}[. ][0-9]{3}"),
}
"""What may be a Bsn, in one piece or in groups; in its own element the nought in front may be lost. By what is always in it, with each digit
as a nought and each space as a dot: that is sought ten times as fast."""

_ALS_NUL = bytes.maketrans(b"123456789 ", b"000000000.")

_ELEMENT = re.compile(rb"<(?:[^\s<>:/!?]+:)?([^\s<>:/!?]+)(?:\s[^<>]*)?>\s*\Z")
_BEGIN_VAN_ELEMENT = 200
"""Bytes before a number in which the element that it stands in is looked for."""

_CIJFER = re.compile(rb"&#(?:0*(4[89]|5[0-7])|[xX]0*3([0-9]));|\\u003([0-9])")
"""A digit that is written otherwise: as a reference in XML, or an escape in JSON."""

_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
_KORTSTE = 12
_KORTSTE_IN_VEEL = 40
_VEEL = 100_000
"""Characters of base64 from which there may be a Bsn in it; among so many bytes only what may be a message is looked into."""

_ZIP = b"PK\x03\x04"
_ZO_ALS_HET_IS, _DEFLATE = 0, 8
_METHODEN = frozenset({*range(21), *range(93, 100)})
"""The ways to pack that a ZIP can have (APPNOTE 4.4.5). With another it is none, and nobody can unpack it."""

_MEESTE = 2 * MAX_BYTES
"""Bytes that are looked at of what comes out of one piece."""

_DIEPTE = 3
"""Pieces in pieces: a ZIP, in base64, in an envelope."""


class Inhoud(Enum):
    """What bytes may hold."""

    FICTIEF = auto()
    ECHT = auto()
    ONBEKEND = auto()
    """They cannot be looked into: encrypted, or far too much."""


def eis_fictief(data: bytes) -> None:
    """Raise ``Weigering`` for a message, of which the bytes were read, with a Bsn that may be somebody's."""
    if _ANDER_BSN.search(data) or _in_tekst(data):
        raise Weigering(Reden.BSN_NIET_FICTIEF, MELDING, ADVIES)


def kijk_na(data: bytes, diepte: int = _DIEPTE) -> Inhoud:
    """What these bytes, of whatever form, may hold."""
    if _in_tekst(data):
        return Inhoud.ECHT
    gezien = (
        {kijk_na(deel, diepte - 1) if deel is not None else Inhoud.ONBEKEND for deel in _delen(data)}
        if diepte
        else set()
    )
    return next((een for een in (Inhoud.ECHT, Inhoud.ONBEKEND) if een in gezien), Inhoud.FICTIEF)


def _in_tekst(data: bytes) -> bool:
    """Whether a Bsn that may be somebody's can be read in this text, in any encoding in which digits are ASCII or nearly so."""
    if b"\x00" in data:
        data = data.replace(b"\x00", b"")  # UTF-16 and UTF-32
    if b"&#" in data or b"\\u003" in data:
        data = _CIJFER.sub(lambda m: chr(int(m[1])).encode() if m[1] else m[2] or m[3], data)
    if b"<!" in data:
        return _staat_in(data) or _staat_in(_zonder_tekens(data))
    return _staat_in(data)


def _zonder_tekens(data: bytes) -> bytes:
    """The same without what may stand in the midst of a number in XML."""
    delen, begin = [], 0
    while (plek := data.find(b"<!--", begin)) >= 0 and (einde := data.find(b"-->", plek)) >= 0:
        delen.append(data[begin:plek])
        begin = einde + 3
    return b"".join((*delen, data[begin:])).replace(b"<![CDATA[", b"").replace(b"]]>", b"")


def _staat_in(data: bytes) -> bool:
    nullen = data.translate(_ALS_NUL)
    vormen = [vorm for deel, vorm in _CIJFERS.items() if deel in nullen]
    return any(_kan_echt(data, *gevonden.span()) for vorm in vormen for gevonden in vorm.finditer(data))


def _kan_echt(data: bytes, van: int, tot: int) -> bool:
    cijfers = data[van:tot].translate(None, b". ")
    if len(cijfers) > 9 or cijfers.startswith(b"9999") or not voldoet(cijfers.decode().zfill(9)):
        return False
    if data[tot : tot + 1].isalnum() or (data[van - 1 : van].isalnum() and data[van - 3 : van].lower() != b"bsn"):
        return False  # part of a longer number, or of a code
    element = _ELEMENT.search(data, max(0, van - _BEGIN_VAN_ELEMENT), van)
    naam = element[1] if element else b""
    return naam == b"Bsn" if len(cijfers) < 9 else naam not in _NUMMERS


def _delen(data: bytes) -> Iterator[bytes | None]:
    """What is packed in these bytes; None for what cannot be unpacked."""
    plek = data.find(_ZIP)
    if plek >= 0:
        while plek >= 0:
            yield _uitgepakt(data, plek)
            plek = data.find(_ZIP, plek + len(_ZIP))
        return
    kortste = _KORTSTE if len(data) < _VEEL else _KORTSTE_IN_VEEL
    for gevonden in _BASE64.finditer(data):
        kaal = gevonden[0].translate(None, b" \t\r\n\v\f=")
        if len(kaal) >= kortste:
            heel = binascii.a2b_base64(kaal[: len(kaal) // 4 * 4])
            yield heel
            for begin in (
                () if heel.lstrip().startswith((b"<", b"PK")) else (1, 2, 3)
            ):  # it may begin halfway a character
                yield binascii.a2b_base64(kaal[begin : begin + (len(kaal) - begin) // 4 * 4])


def _uitgepakt(data: bytes, plek: int) -> bytes | None:
    """What one file in a ZIP holds, as far as it can be read; None when it cannot be, or is too much."""
    kop = data[plek : plek + 30]
    if len(kop) < 30:
        return b""
    vlaggen, soort = (int.from_bytes(kop[van : van + 2], "little") for van in (6, 8))
    begin = plek + 30 + sum(int.from_bytes(kop[van : van + 2], "little") for van in (26, 28))
    if soort not in _METHODEN:
        return b""
    if vlaggen & 1 or soort not in (_ZO_ALS_HET_IS, _DEFLATE):
        return None
    if soort == _ZO_ALS_HET_IS:
        return b""  # it stands there as it is
    try:
        lezer = zlib.decompressobj(-15)
        uit = lezer.decompress(memoryview(data)[begin:], _MEESTE + 1)
    except zlib.error:
        return b""
    return uit if len(uit) <= _MEESTE else None
