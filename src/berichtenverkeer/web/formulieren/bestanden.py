"""The documents that someone pastes or chooses in a form: text, files, and what is in a ZIP; no more of them than there is room for."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from .formulier import Onjuist

TEKST, BESTAND = "xml", "bestand"
"""The fields of the form."""

MEESTE = 50
"""Documents at a time."""

_ZIP = b"PK\x03\x04", b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Document:
    """What was given; ``naam`` is empty for what was pasted."""

    naam: str
    data: bytes


async def lees_documenten(formulier: FormData, max_bytes: int) -> list[Document]:
    """What is in a form. Raises ``Onjuist`` for nothing, for too much, and for a ZIP that is none."""
    uit = []
    tekst = formulier.get(TEKST)
    if isinstance(tekst, str) and tekst.strip():
        uit.append(Document("", van_tekst(tekst)))
    for gegeven in formulier.getlist(BESTAND):
        if isinstance(gegeven, UploadFile) and gegeven.filename:
            data = await gegeven.read()
            if not data:
                raise Onjuist({BESTAND: f"{gegeven.filename} is leeg"})
            uit.append(Document(gegeven.filename, data))
    if not uit:
        raise Onjuist({TEKST: "plak een bericht, of kies een bestand"})
    return await run_in_threadpool(_uitgepakt, uit, max_bytes)


def van_tekst(tekst: str) -> bytes:
    """What was pasted as bytes: a form has its lines end in two characters."""
    return tekst.strip().replace("\r\n", "\n").encode()


def _uitgepakt(documenten: Sequence[Document], max_bytes: int) -> list[Document]:
    uit: list[Document] = []
    over = max_bytes
    for document in documenten:
        delen = _uit_zip(document, over) if document.data.startswith(_ZIP) else iter([document])
        for deel in delen:
            over -= len(deel.data)
            uit.append(deel)
            if over < 0:
                raise Onjuist(
                    {BESTAND: f"samen zijn zij groter dan {max_bytes // 1024**2} MiB; geef er minder tegelijk"}
                )
            if len(uit) > MEESTE:
                raise Onjuist({BESTAND: f"dit zijn er meer dan {MEESTE}; geef er minder tegelijk"})
    return uit


def _uit_zip(document: Document, over: int) -> Iterator[Document]:
    """The files in a ZIP; of each no more is unpacked than there is room for, whatever it says of itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(document.data)) as zip_:
            leden = [lid for lid in zip_.infolist() if not lid.is_dir()]
            if not leden:
                raise Onjuist({BESTAND: f"{document.naam} is een ZIP zonder bestanden"})
            for lid in leden[: MEESTE + 1]:
                with zip_.open(lid) as bestand:
                    data = bestand.read(over + 1)
                over -= len(data)
                yield Document(lid.filename, data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        melding = (
            f"{document.naam} is geen ZIP die hier te openen is (beschadigd, met een wachtwoord, of anders ingepakt)"
        )
        raise Onjuist({BESTAND: melding}) from None
