"""A list in the form that is asked for (``Accept``): a page as JSON, or all of it as a table, CSV or XLSX, in one stream.

A stream sees the list as it was when it began. It holds a connection with the database as long as who asked for it reads, so
there are few at a time.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from threading import BoundedSemaphore
from typing import Annotated, Any, TypeVar

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
from .knooppunt import Knooppunt
from .problemen import Probleem, antwoorden

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
    gevraagd = [_bereik(deel) for kop in request.headers.getlist("accept") for deel in kop.split(",") if deel.strip()]
    if not gevraagd:
        return Gedaante.JSON
    keuzes = []
    for plek, gedaante in enumerate(Gedaante):
        passend = [(precies, q) for soort, q in gevraagd if (precies := _past(soort, gedaante))]
        if passend:
            precies, q = max(passend)
            keuzes.append((q, precies, -plek, gedaante))
    if not keuzes or max(keuzes)[0] <= 0:
        raise Probleem(
            406,
            "vorm-onbekend",
            "Deze lijst is er niet in de vorm die de header Accept vraagt.",
            f"Vraag om {', '.join(Gedaante)}.",
        )
    return max(keuzes)[3]


DeGedaante = Annotated[Gedaante, Depends(gevraagde_gedaante)]


def lijst_antwoorden(*statussen: int) -> dict[int | str, dict[str, Any]]:
    """What the API description says of the answers of a list."""
    tabellen: dict[str, Any] = {
        Gedaante.CSV: {"schema": {"type": "string"}, "example": "\ufeffid;domein\r\n"},
        Gedaante.XLSX: {"schema": {"type": "string", "format": "binary"}},
    }
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
    media = csv_uit.MEDIATYPE if gedaante is Gedaante.CSV else str(gedaante)
    return _Stroom(eerste, stukken, media, f"{naam}.{uitgang}")


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
        koppen = {"Content-Disposition": f'attachment; filename="{bestand}"'}
        super().__init__(chain([eerste], rest), headers=koppen, media_type=media)
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One answer of ASGI."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await run_in_threadpool(self._rest.close)


def _bereik(deel: str) -> tuple[str, float]:
    """A range of media types, and how much it is liked."""
    soort, *rest = (stuk.strip().lower() for stuk in deel.split(";"))
    q = next((stuk.removeprefix("q=") for stuk in rest if stuk.startswith("q=")), "1")
    try:
        return soort, min(max(float(q), 0.0), 1.0)
    except ValueError:
        return soort, 0.0


def _past(soort: str, gedaante: Gedaante) -> int:
    """How precisely a range names this form; 0 when it does not."""
    if soort == gedaante:
        return 3
    if soort == f"{gedaante.partition('/')[0]}/*":
        return 2
    return 1 if soort == "*/*" else 0
