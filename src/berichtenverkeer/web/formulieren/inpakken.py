"""What a page carries along in a form until it is sent: bytes, packed as text. So nothing of it is stored here, what was shown is what
goes, and a file that was chosen need not be chosen again."""

import base64
import binascii
import lzma
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile

from .bestanden import Document
from .formulier import Onjuist

BERICHT = "bericht"
"""The field of a form in which a message comes along."""

MEESTE = 80_000
"""Characters of all messages that come along in one page."""

MEESTE_BESTAND = 30_000
"""Characters of a file that are carried along; a larger one is chosen again."""

_HOE_KLEIN = 100
"""No message or sheet becomes smaller than by this; it is not tried."""

_VORM = lzma.FORMAT_ALONE
_GEHEUGEN = 64 * 1024**2
_VLUG = 2
"""A preset that takes little memory; a message repeats itself so much that more gives little."""

_HOEVEEL = 64 * 1024


def pak(data: bytes) -> str:
    """As text for a hidden field."""
    return base64.b64encode(lzma.compress(data, _VORM, preset=_VLUG)).decode()


def te_pakken(data: bytes, hoogstens: int = MEESTE) -> str:
    """The same when it is no longer than that; empty when it is, or is sure to be."""
    tekst = pak(data) if len(data) <= _HOE_KLEIN * hoogstens else ""
    return tekst if len(tekst) <= hoogstens else ""


def pak_uit(tekst: str, hoogstens: int) -> bytes:
    """What was packed. Raises ``Onjuist`` for what is not, and for what would become larger than that."""
    lezer = lzma.LZMADecompressor(_VORM, _GEHEUGEN)
    uit = bytearray()
    try:
        rest = base64.b64decode(tekst, validate=True)
        while not lezer.eof and len(uit) <= hoogstens:
            deel = lezer.decompress(rest, _HOEVEEL)
            if not deel and lezer.needs_input:
                raise lzma.LZMAError("cut off")
            uit += deel
            rest = b""
    except (binascii.Error, lzma.LZMAError, MemoryError, ValueError):
        raise Onjuist({"": "wat in het formulier meekwam, is niet te lezen; kies het bestand opnieuw"}) from None
    if len(uit) > hoogstens:
        raise Onjuist({"": "wat in het formulier meekwam, is te groot"})
    return bytes(uit)


@dataclass(frozen=True, slots=True)
class Mee:
    """A field of files in a form: what was chosen, and as text to carry along; empty when it is too large for that."""

    document: Document | None = None
    tekst: str = ""

    @property
    def naam(self) -> str:
        """What the file is called, when it is carried along."""
        return self.document.naam if self.document is not None and self.tekst else ""


GEEN = Mee()
"""No file."""


def lees_mee(formulier: FormData, veld: str, hoogstens: int) -> Mee:
    """The file that was chosen in this field, else the one that came along. Raises ``Onjuist``."""
    gekozen = formulier.get(veld)
    if isinstance(gekozen, UploadFile) and gekozen.filename:
        document = Document(gekozen.filename, gekozen.file.read())
        if not document.data:
            raise Onjuist({veld: f"{gekozen.filename} is leeg"})
        return Mee(document, te_pakken(document.data, MEESTE_BESTAND))
    tekst, naam = formulier.get(f"{veld}-mee"), formulier.get(f"{veld}-naam")
    if isinstance(tekst, str) and isinstance(naam, str) and tekst:
        return Mee(Document(naam, pak_uit(tekst, hoogstens)), tekst)
    return GEEN


def lees_alle(formulier: FormData, veld: str, hoogstens: int) -> Sequence[Document]:
    """All that came along packed in fields of this name, together no larger than that. Raises ``Onjuist``."""
    uit = []
    for tekst in formulier.getlist(veld):
        if isinstance(tekst, str) and tekst:
            uit.append(Document("", pak_uit(tekst, hoogstens)))
            hoogstens -= len(uit[-1].data)
    return uit
