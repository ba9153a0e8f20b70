"""The forms in which a list is put ready, and the files in which it comes."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ...tabellen import csv_uit, parquet_uit
from ...tabellen.model import kolommen

_ALLEEN_EIGENAAR = 0o600
_STUK = 64 * 1024


class Exportvorm(StrEnum):
    """What it is called, and how a file of it ends."""

    NDJSON = "ndjson"
    CSV = "csv"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Vorm:
    """How a file is announced, and how items of a model are written as one."""

    mediatype: str
    schrijf: Callable[[type[BaseModel], Iterable[Any]], Iterator[bytes]]


def _ndjson(_: type[BaseModel], items: Iterable[BaseModel]) -> Iterator[bytes]:
    """An item a line, as it is in the list."""
    bak = bytearray()
    for item in items:
        bak += item.model_dump_json().encode() + b"\n"
        if len(bak) > _STUK:
            yield bytes(bak)
            bak.clear()
    yield bytes(bak)


VORMEN: Mapping[Exportvorm, Vorm] = {
    Exportvorm.NDJSON: Vorm("application/x-ndjson", _ndjson),
    Exportvorm.CSV: Vorm(csv_uit.MEDIATYPE, lambda model, items: csv_uit.schrijf(kolommen(model), items)),
    Exportvorm.PARQUET: Vorm(parquet_uit.MEDIATYPE, lambda model, items: parquet_uit.schrijf(kolommen(model), items)),
}


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file that is there: its name for who fetches it, how many items and bytes it has, their digest, and its name on the disk."""

    naam: str
    aantal: int
    bytes: int
    sha256: str
    op_schijf: str

    def als_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def schrijf_bestand(pad: Path, stukken: Iterable[bytes]) -> tuple[int, str]:
    """Write a file that only its owner may read, whole or not at all; how many bytes it has and their SHA-256."""
    bezig = pad.with_name(f"{pad.name}.deel")
    som, lengte = hashlib.sha256(), 0
    plek = os.open(bezig, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _ALLEEN_EIGENAAR)
    with os.fdopen(plek, "wb") as bestand:
        for stuk in stukken:
            bestand.write(stuk)
            som.update(stuk)
            lengte += len(stuk)
        bestand.flush()
        os.fsync(bestand.fileno())
    bezig.replace(pad)
    return lengte, som.hexdigest()
