"""Writing many rows at once.

PostgreSQL takes them with COPY: one command for any number of rows, and less work in this process than binding each row
(measured: about a third less processor time a message in groups of 64, little in groups of 16). On SQLite there is no
network between, and rows are bound one by one.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import JSON, Connection, Table, delete, insert

from . import personen

T = TypeVar("T")

PER_VRAAG = 5000
"""How many keys one query asks for; databases bound the number of parameters."""


def batched(waarden: Sequence[T], aantal: int) -> Iterator[Sequence[T]]:
    """The values in parts of at most so many."""
    for begin in range(0, len(waarden), aantal):
        yield waarden[begin : begin + aantal]


def voeg_toe(verbinding: Connection, tabel: Table, rijen: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; each holds every column of the table."""
    if not rijen:
        return
    if verbinding.dialect.name != "postgresql":
        verbinding.execute(insert(tabel), [personen.als_in(tabel, rij) for rij in rijen])
        return
    opdracht, json_kolommen = _copy(tabel)
    with verbinding.connection.cursor() as cursor, cursor.copy(opdracht) as stroom:  # type: ignore[attr-defined]
        for rij in (personen.als_in(tabel, rij) for rij in rijen):
            stroom.write_row(
                [json.dumps(rij[kolom.name]) if kolom.name in json_kolommen else rij[kolom.name] for kolom in tabel.c]
            )


def zet(verbinding: Connection, tabel: Table, rijen: Sequence[Mapping[str, Any]]) -> None:
    """Put rows in the place of those with the same ``id``, or beside them."""
    for deel in batched(rijen, PER_VRAAG):
        verbinding.execute(delete(tabel).where(tabel.c.id.in_([rij["id"] for rij in deel])))
    voeg_toe(verbinding, tabel, rijen)


@cache
def _copy(tabel: Table) -> tuple[str, frozenset[str]]:
    namen = ", ".join(kolom.name for kolom in tabel.c)
    return f"COPY {tabel.name} ({namen}) FROM STDIN", frozenset(k.name for k in tabel.c if isinstance(k.type, JSON))
