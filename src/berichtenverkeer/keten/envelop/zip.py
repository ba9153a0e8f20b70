"""The payload that an aanbieder submits: the XML of a message, or a ZIP with that one file in it.

A ZIP is unpacked with bounded memory: its index is looked at before it is read, only deflate and no compression are taken
(Python unpacks the others without a limit), and what comes out is counted, whatever the ZIP says of itself: over the limit it
is too large, also when it says that it is small.
"""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ...standaard.xml import MAX_BYTES
from .codes import BRS
from .fouten import Afgekeurd

_BEGIN = b"PK"
"""No XML begins with these letters, every ZIP does, the empty one too."""

_INGANG = b"PK\x01\x02"
_MEESTE_INGANGEN = 100
_VERSLEUTELD = 0x0001 | 0x0040 | 0x2000
_BLOK = 64 * 1024

_ONGELDIG = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""What ``zipfile`` raises for a file that is no ZIP, or a broken one."""

_ADVIES = "Lever het XML-bestand zelf aan, of een ZIP met alleen dat bestand, zonder map en zonder wachtwoord."


def is_zip(payload: bytes) -> bool:
    """Whether the payload says that it is a ZIP."""
    return payload.startswith(_BEGIN)


def uitgepakt(payload: bytes, max_bytes: int = MAX_BYTES) -> bytes:
    """The XML: the payload as it is, or the one file in the ZIP that it is.

    Raises ``Afgekeurd``, the first that applies: BRS15 (no valid ZIP), BRS29 (a folder), BRS17 (a password), BRS16 (more
    than one file), BRS21 (none), BRS19 (over ``max_bytes``, by its own word or in truth). How large the payload itself may
    be is not looked at here.
    """
    if not is_zip(payload):
        return payload
    if payload.count(_INGANG) > _MEESTE_INGANGEN:
        raise _fout("BRS16")
    try:
        with ZipFile(BytesIO(payload)) as archief:
            ingang = _enige(archief.infolist())
            if ingang.file_size > max_bytes:
                raise _fout("BRS19")
            if ingang.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise _fout("BRS15")
            gezegd = ingang.file_size
            ingang.file_size = max_bytes + 2 * _BLOK  # it would read no further than the ZIP says
            inhoud = _gelezen(archief, ingang, max_bytes)
            if len(inhoud) != gezegd:
                raise _fout("BRS15")
            return inhoud
    except _ONGELDIG:
        raise _fout("BRS15") from None


def _enige(ingangen: list[ZipInfo]) -> ZipInfo:
    namen = [naam for ingang in ingangen for naam in (ingang.filename, ingang.orig_filename)]
    if any("/" in naam or "\\" in naam for naam in namen):
        raise _fout("BRS29")
    if any(ingang.flag_bits & _VERSLEUTELD for ingang in ingangen):
        raise _fout("BRS17")
    if len(ingangen) != 1:
        raise _fout("BRS16" if ingangen else "BRS21")
    return ingangen[0]


def _gelezen(archief: ZipFile, ingang: ZipInfo, max_bytes: int) -> bytes:
    delen: list[bytes] = []
    gelezen = 0
    with archief.open(ingang) as bestand:
        while deel := bestand.read(_BLOK):
            gelezen += len(deel)
            if gelezen > max_bytes:
                raise _fout("BRS19")
            delen.append(deel)
    return b"".join(delen)


def _fout(code: str) -> Afgekeurd:
    return Afgekeurd(code, f"{BRS[code].betekenis}.", _ADVIES)
