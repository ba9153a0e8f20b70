"""The file in an envelope: standard base64, which libxml2 checks so loosely that we do it ourselves."""

import binascii

from ....standaard.xml import MAX_BYTES
from ..fouten import Afgekeurd

_ENVELOP = 4096
"""More bytes than any envelope of ours takes around its file."""

_WITRUIMTE = b" \t\r\n"


def grootste_lading(max_bytes: int = MAX_BYTES) -> int:
    """The most bytes of a payload that an envelope of so many bytes can hold: base64 takes four bytes for three."""
    return (max_bytes - _ENVELOP) // 4 * 3


def codeer(payload: bytes) -> str:
    """The bytes in base64, in one piece."""
    return binascii.b2a_base64(payload, newline=False).decode("ascii")


def decodeer(tekst: str) -> bytes:
    """The bytes that base64 stands for; white space is passed over.

    Raises ``Afgekeurd`` IB014 for text that is empty or is not exactly the base64 of some bytes.
    """
    try:
        kaal = tekst.encode("ascii").translate(None, _WITRUIMTE)
        payload = binascii.a2b_base64(kaal, strict_mode=True)
        if kaal[-4:] != binascii.b2a_base64(payload[-(len(payload) % 3 or 3) :], newline=False):
            raise binascii.Error("bits are left over")
    except (UnicodeEncodeError, binascii.Error):
        raise Afgekeurd(
            "IB014",
            "Het bestand in de envelop is geen base64.",
            "Zet het bericht als base64 volgens RFC 4648 in de envelop.",
        ) from None
    if not payload:
        raise Afgekeurd("IB014", "Het bestand in de envelop is leeg.", "Zet het bericht in de envelop.")
    return payload
