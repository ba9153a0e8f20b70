"""The forms in which a list is put ready, and what is kept of each file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from ...tabellen import csv_uit, parquet_uit
from ...tabellen.model import kolommen

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
