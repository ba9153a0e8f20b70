"""A table as Parquet, for who reckons with many rows: the columns of the CSV, each with its type. An amount is eurocent, a whole
number; a moment is in UTC.

It needs pyarrow, which ``pip install berichtenverkeer[parquet]`` brings along.
"""

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any

from .bak import Bak
from .kolom import Kolom, Soort, rijen

MEDIATYPE = "application/vnd.apache.parquet"

_GROEP = 10_000
"""Rows that are in memory at a time."""


def is_er() -> bool:
    """Whether pyarrow is installed."""
    return find_spec("pyarrow") is not None


def schrijf(kolommen: Sequence[Kolom], items: Iterable[Any]) -> Iterator[bytes]:
    """The file, piece by piece."""
    pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    soorten = {
        Soort.TEKST: pa.string(),
        Soort.GETAL: pa.int64(),
        Soort.EUROCENT: pa.int64(),
        Soort.DAG: pa.date32(),
        Soort.MOMENT: pa.timestamp("us", tz="UTC"),
        Soort.JA_NEE: pa.bool_(),
    }
    schema = pa.schema([pa.field(kolom.naam, soorten[kolom.soort]) for kolom in kolommen])
    bak = Bak()
    bron = rijen(kolommen, items)
    with parquet.ParquetWriter(bak, schema, compression="zstd") as schrijver:
        while groep := list(islice(bron, _GROEP)):
            waarden = zip(*groep, strict=True)
            reeksen = [pa.array(reeks, veld.type) for reeks, veld in zip(waarden, schema, strict=True)]
            schrijver.write_batch(pa.record_batch(reeksen, schema=schema))
            yield bak.neem()
    yield bak.neem()
