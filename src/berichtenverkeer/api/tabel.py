"""A list in the form that is asked for (``Accept``): a page as JSON, or all of it as a table, CSV or XLSX, in one stream.

A stream sees the list as it was when it began. It holds a connection with the database as long as who asked for it reads, so
there are few at a time.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from threading import BoundedSemaphore
from typing import Annotated, Any, TypeVar, get_args

from anyio import CancelScope
from fastapi import Depends, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from ..opslag.database import momentopname
from ..tabellen import csv_uit, xlsx_uit
from ..tabellen.kolom import Kolom
from ..tabellen.model import kolommen
from .antwoord.accept import gekozen
from .antwoord.problemen import Probleem, antwoorden
from .rondom.knooppunt import Knooppunt

T = TypeVar("T")
P = TypeVar("P")
U = TypeVar("U", bound=BaseModel)

PER_BLAD = 1_000
"""Rows of a table that are in memory at a time."""


class Gedaante(StrEnum):
    """The forms of a list, by their media type; the first where none is asked for."""

    JSON = "application/json"
    CSV = "text/csv"
    XLSX = xlsx_uit.MEDIATYPE


_SCHRIJF: dict[Gedaante, tuple[str, Callable[[Sequence[Kolom], Iterable[Any]], Iterator[bytes]]]] = {
    Gedaante.CSV: ("csv", csv_uit.schrijf),
    Gedaante.XLSX: ("xlsx", xlsx_uit.schrijf),
}


async def gevraagde_gedaante(request: Request) -> Gedaante:
    """The form that the caller likes best (RFC 9110, Accept). Raises problem 406 when it is none of ours."""
    return Gedaante(gekozen(request, tuple(Gedaante)))


DeGedaante = Annotated[Gedaante, Depends(gevraagde_gedaante)]


def lijst_antwoorden(*statussen: int) -> dict[int | str, dict[str, Any]]:
    """What the API description says of the answers of a list. A table has no schema: with one, clients that are generated take every
    answer for bytes."""
    tabellen: dict[str, Any] = {Gedaante.CSV: {}, Gedaante.XLSX: {}}
    return antwoorden(*statussen, 406) | {200: {"content": tabellen, "description": "De lijst, in de gevraagde vorm"}}


def in_bladen(haal: Callable[[P | None], Sequence[tuple[P, T]]], na: P | None) -> Iterator[list[T]]:
    """The pages after a place, as ``haal`` gives them: each item with its place. An empty one is the end."""
    while gevonden := haal(na):
        yield [item for _, item in gevonden]
        na = gevonden[-1][0]


def stroom(
    knooppunt: Knooppunt,
    gedaante: Gedaante,
    naam: str,
    model: type[U],
    bladen: Callable[[Connection], Iterable[Iterable[U]]],
) -> Response:
    """All of a list as a table; ``bladen`` gives its pages. Raises problem 503 when too many streams are under way."""
    uitgang, schrijf = _SCHRIJF[gedaante]
    if not knooppunt.stromen.acquire(blocking=False):
        raise Probleem(
            503,
            "druk",
            "Er worden nu al veel lijsten opgehaald.",
            "Vraag het straks opnieuw, of laat de lijst klaarzetten met een export.",
            {"Retry-After": "10"},
        )
    stukken = _stukken(knooppunt, knooppunt.stromen, schrijf, model, bladen)
    eerste = next(stukken)  # what goes wrong at once is an answer of its own
    return _Stroom(eerste, stukken, _media(gedaante), f"{naam}.{uitgang}")


def als_tabel(gedaante: Gedaante, naam: str, kolommen_: Sequence[Kolom], items: Iterable[Any]) -> Response:
    """A table of what is in memory already."""
    uitgang, schrijf = _SCHRIJF[gedaante]
    koppen = _bestand(f"{naam}.{uitgang}")
    return StreamingResponse(schrijf(kolommen_, items), headers=koppen, media_type=_media(gedaante))


def in_gedaante(gedaante: Gedaante, naam: str, uit: U, veld: str = "items") -> U | Response:
    """A list that is in memory as a whole: as it is, or what is in ``veld`` as a table."""
    if gedaante is Gedaante.JSON:
        return uit
    (model,) = get_args(type(uit).model_fields[veld].annotation)
    return als_tabel(gedaante, naam, kolommen(model), getattr(uit, veld))


def _media(gedaante: Gedaante) -> str:
    return csv_uit.MEDIATYPE if gedaante is Gedaante.CSV else str(gedaante)


def _bestand(naam: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{naam}"'}


def _stukken(
    knooppunt: Knooppunt,
    plaats: BoundedSemaphore,
    schrijf: Callable[[Sequence[Kolom], Iterable[Any]], Iterator[bytes]],
    model: type[U],
    bladen: Callable[[Connection], Iterable[Iterable[U]]],
) -> Generator[bytes, None, None]:
    try:
        with momentopname(knooppunt.engine) as verbinding:
            yield from schrijf(kolommen(model), chain.from_iterable(bladen(verbinding)))
    finally:
        plaats.release()


class _Stroom(StreamingResponse):
    """Gives back what it holds when who reads it goes away, too."""

    def __init__(self, eerste: bytes, rest: Generator[bytes, None, None], media: str, bestand: str) -> None:
        super().__init__(chain([eerste], rest), headers=_bestand(bestand), media_type=media)
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One answer of ASGI."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await run_in_threadpool(self._rest.close)
