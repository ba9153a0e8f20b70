"""Lists that a party searches and follows with a cursor: columns, filters, order, page, and one of it by its id.

Rows are in order of their number in ``orde``, so that who follows a list never misses one. That number and the id are the place of a
row. A filter costs one place when it asks for a column of that name to equal a value, and two when it means something else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, select, tuple_, union_all

from .eigenaar import kanten, van_partij


class Rij(Protocol):
    """What every row has."""

    @property
    def id(self) -> str:
        """Its id."""


R = TypeVar("R", bound=Rij)

Voorwaarde = Callable[[Any, date], ColumnElement[bool]]
"""What a filter asks for: by the value that was given, on a day."""


class Plek(NamedTuple):
    """The place of a row."""

    nummer: int
    id: str


@dataclass(frozen=True, slots=True)
class Lijst(Generic[R]):
    """A table that a party searches; ``rij`` has a field a column. ``anders`` has what the filters mean that are no column with a
    value. A filter that leaves few rows by itself, and has an index, is one of ``weinig``. ``ziet`` is the column of the party, as for
    ``eigenaar``."""

    naam: str
    tabel: Table
    rij: type[R]
    anders: Mapping[str, Voorwaarde] = field(default_factory=dict)
    weinig: frozenset[str] = frozenset()
    orde: str = "wijziging"
    ziet: str | None = None

    def geef(self, verbinding: Connection, partij: str, id_: str) -> R | None:
        """One of it, if this party may see it."""
        vraag = self._vraag().where(self.tabel.c.id == id_, van_partij(self.tabel, partij, self.ziet))
        rij = verbinding.execute(vraag).mappings().first()
        return None if rij is None else self.rij(**rij)

    def zoek(
        self,
        verbinding: Connection,
        partij: str,
        dag: date,
        limiet: int,
        filters: Mapping[str, Any],
        na: Plek | None = None,
        *,
        terug: bool = False,
    ) -> list[R]:
        """What a party sees of it with these filters after a place, at most so many; ``terug``: in the other order, so that after a
        place comes what was before it.

        The places are looked for first: for that the index is enough, where it has the columns of the filters.
        """
        nummer, id_ = self.tabel.c[self.orde], self.tabel.c.id
        plek = tuple_(nummer, id_)
        daarna = () if na is None else (plek < na if terug else plek > na,)
        delen = self._delen(partij, dag, filters, daarna)
        orde = [kolom.desc() if terug else kolom.asc() for kolom in (nummer, id_)]
        vragen = [select(nummer, id_).where(*deel).order_by(*orde).limit(limiet) for deel in delen]
        samen = union_all(*(select(vraag.subquery()) for vraag in vragen)) if vragen[1:] else vragen[0]
        plekken = samen.subquery()
        rijen = self._vraag().join(plekken, plekken.c.id == id_)
        kolommen = (plekken.c[self.orde], plekken.c.id)
        rijen = rijen.order_by(*(kolom.desc() if terug else kolom.asc() for kolom in kolommen)).limit(limiet)
        return [self.rij(*rij) for rij in verbinding.execute(rijen)]

    def tel(self, verbinding: Connection, partij: str, dag: date, filters: Mapping[str, Any]) -> int:
        """How many a party sees of it with these filters, on all pages."""
        delen = self._delen(partij, dag, filters, ())
        vragen = (select(func.count()).select_from(self.tabel).where(*deel) for deel in delen)
        return sum(verbinding.execute(vraag).scalar_one() for vraag in vragen)

    def _delen(
        self, partij: str, dag: date, filters: Mapping[str, Any], meer: Sequence[ColumnElement[bool]]
    ) -> list[tuple[ColumnElement[bool], ...]]:
        """The conditions of these filters, and more of them, in parts that share no row."""
        gevraagd = {naam: self._voorwaarde(naam, waarde, dag) for naam, waarde in filters.items()}
        eerst = [gevraagd.pop(naam) for naam in self.weinig & gevraagd.keys()]
        rest = [*gevraagd.values(), *meer]
        if eerst:
            return [(*eerst, achteraf(van_partij(self.tabel, partij, self.ziet), *rest))]
        return [(kant, *rest) for kant in kanten(self.tabel, partij, self.ziet)]

    def plek(self, rij: R) -> Plek:
        """Where a row of it stands."""
        return Plek(getattr(rij, self.orde), rij.id)

    def _vraag(self) -> Select[Any]:
        return select(*(self.tabel.c[veld.name] for veld in fields(self.rij)))  # type: ignore[arg-type]

    def _voorwaarde(self, naam: str, waarde: Any, dag: date) -> ColumnElement[bool]:
        anders = self.anders.get(naam)
        return self.tabel.c[naam] == waarde if anders is None else anders(waarde, dag)


def achteraf(*voorwaarden: ColumnElement[bool]) -> ColumnElement[bool]:
    """All these, in a form for which no index is used: a database without figures about its rows (SQLite) would walk through all
    rows of a party, in order, to find the few that are asked for."""
    return case((and_(*voorwaarden), 1), else_=0) == 1
