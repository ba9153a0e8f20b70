"""A list as it is asked for: a page of it as JSON, all of it as a table, or as files that are made in the background."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from fastapi import Response
from pydantic import BaseModel
from sqlalchemy import Connection

from ..levensloop.kalender import Kalender
from ..opslag.database import lezend
from ..opslag.lijst import Lijst, Plek, Rij
from .antwoord import cursor
from .antwoord.lijst import Bladzijde, Vraag, plek_van
from .rondom.knooppunt import Knooppunt
from .tabel import PER_BLAD, Gedaante, stroom

R = TypeVar("R", bound=Rij)
U = TypeVar("U", bound=BaseModel)


class Kijker(NamedTuple):
    """Who looks, and on what day."""

    partij: str
    dag: date
    kalender: Kalender


def _filters(vraag: Vraag, _: Kijker) -> Mapping[str, Any]:
    return vraag.filters()


@dataclass(frozen=True, slots=True)
class Lijstbron(Generic[R, U]):
    """A list with the models of its items, of a page of them, and of what may be asked of it; ``maak`` makes items of rows, and
    ``filters`` says what the question means for the rows. Whoever adds a list adds one of these."""

    lijst: Lijst[R]
    item: type[U]
    bladzijde: type[Bladzijde[U]]
    vraag: type[Vraag]
    maak: Callable[[Connection, Sequence[R], Kijker], list[U]]
    filters: Callable[[Any, Kijker], Mapping[str, Any]] = _filters

    @property
    def naam(self) -> str:
        """What it is called."""
        return self.lijst.naam

    def lever(
        self, knooppunt: Knooppunt, partij: str, dag: date, vraag: Vraag, gedaante: Gedaante
    ) -> Bladzijde[U] | Response:
        """What is asked of it, in the form that is asked for. Raises problem 400 for a cursor that is not of this list."""
        kijker = Kijker(partij, dag, knooppunt.kalender)
        na = plek_van(vraag, self.naam)
        if gedaante is not Gedaante.JSON:
            return stroom(
                knooppunt,
                gedaante,
                self.naam,
                self.item,
                lambda verbinding: (items for items, _ in self.loop(verbinding, kijker, vraag, na, PER_BLAD)),
            )
        with lezend(knooppunt.engine) as verbinding:
            items, daarna = self.blad(verbinding, kijker, vraag, na, vraag.limiet)
            aantal = self._tel(verbinding, kijker, vraag) if vraag.aantal else None
        return self.bladzijde(items=items, volgende=cursor.schrijf(self.naam, *(daarna or ())), aantal=aantal)

    def blad(
        self, verbinding: Connection, kijker: Kijker, vraag: Vraag, na: Plek | None, limiet: int
    ) -> tuple[list[U], Plek | None]:
        """What comes after a place, at most so many, and the place after that."""
        filters = self.filters(vraag, kijker)
        rijen = self.lijst.zoek(verbinding, kijker.partij, kijker.dag, limiet, filters, na, terug=vraag.nieuwste_eerst)
        return self.maak(verbinding, rijen, kijker), self.lijst.plek(rijen[-1]) if rijen else na

    def loop(
        self, verbinding: Connection, kijker: Kijker, vraag: Vraag, na: Plek | None, per_blad: int
    ) -> Iterator[tuple[list[U], Plek]]:
        """Everything after a place, in pages, each with the place after it."""
        while True:
            items, na = self.blad(verbinding, kijker, vraag, na, per_blad)
            if na is None or not items:
                return
            yield items, na
            if len(items) < per_blad:
                return

    def _tel(self, verbinding: Connection, kijker: Kijker, vraag: Vraag) -> int:
        return self.lijst.tel(verbinding, kijker.partij, kijker.dag, self.filters(vraag, kijker))
