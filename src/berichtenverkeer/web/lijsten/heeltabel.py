"""A list that comes whole, as a table on a page: in the order of a column that its address names, and so many rows at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from ...api.tabel import Gedaante
from ..gezegd import VELDEN
from .lijstpagina import PER_BLAD, SORTEER, VORM, VORMEN
from .volgorde import Kopcel, gesorteerd, kopcel

VANAF = "vanaf"
"""The field of an address that says how many rows are passed over."""

_EENMALIG = frozenset({VORM, *VELDEN})
"""Fields of an address that are of one answer only."""

_VERST = 7
"""Digits of such a number; a list has no more rows."""


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column: its name in an address, its heading, what an item is sorted by, and the cell: a value, or a value with where it leads."""

    naam: str
    titel: str
    lees: Callable[[Any], Any]
    toon: Callable[[Any], Any] | None = None

    def cel(self, item: Any) -> Any:
        """What stands in it."""
        return (self.toon or self.lees)(item)


def veld(naam: str, titel: str, toon: Callable[[Any], Any] | None = None) -> Kolom:
    """The column of a field of a model."""
    return Kolom(naam, titel, attrgetter(naam), toon)


def sleutel(naam: str, titel: str, toon: Callable[[Any], Any] | None = None) -> Kolom:
    """The column of a key of a row."""
    return Kolom(naam, titel, itemgetter(naam), toon)


@dataclass(frozen=True, slots=True)
class Blad:
    """A page of a table."""

    koppen: list[Kopcel]
    rijen: list[list[Any]]
    aantal: int
    volgende: str | None
    begin: str | None


def blad(request: Request, items: Sequence[Any], kolommen: Sequence[Kolom]) -> Blad:
    """The page of a list that the address asks for."""
    vraag = request.query_params
    op, tekst = vraag.get(SORTEER, ""), vraag.get(VANAF, "")
    vanaf = int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) <= _VERST else 0
    kolom = next((een for een in kolommen if een.naam == op.removeprefix("-")), None)
    rijen = gesorteerd(items, kolom.lees, op) if kolom is not None else items
    tot = vanaf + PER_BLAD
    return Blad(
        koppen=[kopcel(een.naam, een.titel, op, lambda naam: adres(request, **{SORTEER: naam, VANAF: ""})) for een in kolommen],
        rijen=[[een.cel(item) for een in kolommen] for item in rijen[vanaf:tot]],
        aantal=len(items),
        volgende=adres(request, **{VANAF: str(tot)}) if tot < len(items) else None,
        begin=adres(request, **{VANAF: ""}) if vanaf else None,
    )  # fmt: skip


def adres(request: Request, **anders: str) -> str:
    """The address of this list, asked otherwise; what becomes empty is left out."""
    vraag = {**dict(request.query_params), **anders}
    gevuld = {naam: waarde for naam, waarde in vraag.items() if waarde and (naam in anders or naam not in _EENMALIG)}
    return f"{request.url.path}?{urlencode(gevuld)}" if gevuld else request.url.path


def als_bestanden(request: Request) -> list[tuple[str, str]]:
    """Where the same list is as a file, by the name of its form."""
    return [(een.upper(), adres(request, **{VORM: een, VANAF: "", SORTEER: ""})) for een in VORMEN]


def gevraagde_vorm(request: Request) -> Gedaante:
    """As what the address asks for the list."""
    return VORMEN.get(request.query_params.get(VORM, ""), Gedaante.JSON)
