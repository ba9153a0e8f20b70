"""What every work list is, how it is counted, and how it is read page by page.

A list is a module of ``lijsten`` with one ``LIJST``. Where its rows come from is a ``Bron``: a question to the database that
says who must act (``wie``) and from which day the term runs (``vanaf``). The last day of the term (``uiterlijk``) follows from
``vanaf`` and never goes back when ``vanaf`` goes on. So the order by ``vanaf`` is an order by last day, and the database can
count what is late and give one page, though it knows no working days.

Every ``Bron`` gets the condition of who may see it here; none can forget it. Rows of more lists have one order as well.

What no question to the database gives is reckoned, by a ``Rekenbron``: all its rows at once, of one party.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from heapq import merge
from itertools import islice, takewhile
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Select,
    String,
    Table,
    TextClause,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from ..levensloop.kalender import Kalender, plus_dagen
from ..opslag.eigenaar import van_partij
from ..opslag.personen import Bsntekst
from ..opslag.verborgen import CIJFERS
from ..optreden import tijdens, zag
from ..standaard.berichtsoort import Ketenrol, rol_met


class WieAanZet(StrEnum):
    """Who must act: the party that asks, or the other one."""

    IK = "ik"
    ANDER = "ander"


@dataclass(frozen=True, slots=True)
class Peil:
    """The day a list is made for, the calendar, and in weeks: how long before its end a toewijzing is told to run out, and how long
    a levering may be stopped for a time."""

    vandaag: date
    kalender: Kalender
    weken: int
    stop_weken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rij:
    """A row: who must act (``wie``, a code), from which day the term runs, whose it is, and the ids of what it is about. A list
    adds what its sentence needs. What is about no one law or gemeente names none."""

    id: str
    wie: str
    vanaf: date
    domein: str | None
    gemeente: str | None
    aanbieder: str
    bsn: str | None
    toewijzingnummer: int | None = None
    toewijzing: str | None = None
    verzoek: str | None = None
    bericht: str | None = None
    declaratie: str | None = None
    inzet: str | None = None


_KANTEN = frozenset(Ketenrol)
"""The columns that have a party of that side, by their name."""

R = TypeVar("R", bound=Rij)

Voorwaarden = Sequence[ColumnElement[bool] | TextClause]
"""What a row must meet, all of it."""


@dataclass(frozen=True, slots=True)
class Voorstelvraag:
    """A proposal to ask for: where, and the question, as values of JSON."""

    pad: str
    vraag: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Taak:
    """Why something is to be done: a rule, and a Dutch sentence that names it and no person. ``voorstel`` gives the message that
    does it, where there is one to ask for."""

    regel: str
    waarom: str
    voorstel: Voorstelvraag | None = None


@dataclass(frozen=True, slots=True)
class Werk:
    """A row with the last day of its term, whether that has passed, and why it is there."""

    rij: Rij
    uiterlijk: date
    te_laat: bool
    taak: Taak

    @property
    def rol(self) -> Ketenrol:
        """The side of who must act."""
        return rol_met(self.rij.wie)


class Plek(NamedTuple):
    """The place of a row among all rows of some sources: which of them it is from, and where it is there."""

    bron: int
    vanaf: date
    id: str


class Aantal(NamedTuple):
    """How many rows there are, and of how many the term is over."""

    alles: int
    te_laat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bron(Generic[R]):
    """Where rows of a list come from.

    ``kolommen`` has the columns by the fields of ``rij``, but for ``wie`` and ``vanaf``. ``tabel`` has the party that sees them,
    or ``ziet`` is the column that has it. ``van`` is what to select from when that is more than the table. ``blijft`` decides
    what no query can, over rows that the query has narrowed. Rows of one ``vanaf`` are in order of their id, of which the parts that
    ``/`` separates are these columns: where they follow ``vanaf`` in an index, a page reads no more rows than it has.
    """

    rij: type[R]
    tabel: Table
    kolommen: Mapping[str, ColumnElement[Any]]
    wie: ColumnElement[str]
    vanaf: Callable[[Peil], ColumnElement[Any]]
    uiterlijk: Callable[[date, Peil], date]
    waar: Callable[[Peil], Voorwaarden]
    taak: Callable[[R, Peil], Taak]
    van: FromClause | None = None
    ziet: ColumnElement[str] | None = None
    blijft: Callable[[R, Peil], bool] | None = None
    id_delen: tuple[ColumnElement[str], ...] = ()

    def orde(self, peil: Peil) -> tuple[ColumnElement[Any], ...]:
        """The columns by which rows are in order."""
        return (self.vanaf(peil), *(self.id_delen or (self.kolommen["id"],)))

    def plek(self, vanaf: date, id_: str) -> tuple[ColumnElement[Any], ...]:
        """The place of a row in that order; an id that has fewer parts stands before all that begin with it."""
        delen = id_.split("/", len(self.id_delen) - 1) if self.id_delen else [id_]
        delen += [""] * (len(self.id_delen) - len(delen))
        return (literal(vanaf, Date), *(literal(deel, String) for deel in delen))

    def vraag(self, partij: str, peil: Peil, wie: WieAanZet | None) -> Select[Any]:
        """The question for the rows that this party sees, without an order."""
        kolommen = {"wie": self.wie, "vanaf": self.vanaf(peil), **self.kolommen}
        vraag = select(*(kolom.label(naam) for naam, kolom in kolommen.items()))
        ziet = van_partij(self.tabel, partij) if self.ziet is None else self.ziet == partij
        vraag = vraag.select_from(self.tabel if self.van is None else self.van).where(ziet, *self.waar(peil))
        if wie is None:
            return vraag
        if self.wie.key in _KANTEN and self.wie.key != rol_met(
            partij
        ):  # always the other one: no row need be looked at
            return vraag.where(false()) if wie is WieAanZet.IK else vraag
        return vraag.where(self.wie == partij if wie is WieAanZet.IK else self.wie != partij)

    def werk(self, rij: Rij, peil: Peil) -> Werk:
        """A row of this source with its term and its sentence."""
        assert isinstance(rij, self.rij)
        uiterlijk = self.uiterlijk(rij.vanaf, peil)
        return Werk(rij, uiterlijk, uiterlijk < peil.vandaag, self.taak(rij, peil))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekenbron(Generic[R]):
    """Where rows come from that are reckoned: ``rijen`` gives all that a party sees, whose ``vanaf`` is the last day of the term."""

    rijen: Callable[[Connection, str, Peil], Iterable[R]]
    taak: Callable[[R, Peil], Taak]

    def uiterlijk(self, dag: date, _: Peil) -> date:
        """The last day of the term."""
        return dag

    def gevraagd(self, verbinding: Connection, partij: str, peil: Peil, wie: WieAanZet | None) -> list[R]:
        """The rows for a party, in order."""
        alle = (
            rij
            for rij in self.rijen(verbinding, partij, peil)
            if wie is None or (rij.wie == partij) is (wie is WieAanZet.IK)
        )
        return sorted(alle, key=lambda rij: (rij.vanaf, rij.id))

    def werk(self, rij: Rij, peil: Peil) -> Werk:
        """A row of this source with its sentence."""
        return Werk(rij, rij.vanaf, rij.vanaf < peil.vandaag, self.taak(cast(R, rij), peil))


Eenbron = Bron[Any] | Rekenbron[Any]
"""Either kind of source."""


@dataclass(frozen=True, slots=True)
class Werklijst:
    """A work list: its name, what stands on it and what to do about it (Dutch), and where its rows come from."""

    naam: str
    omschrijving: str
    advies: str
    bronnen: tuple[Eenbron, ...]


_ELDERS = ("wie", "vanaf", "toewijzing", "verzoek", "bericht", "declaratie", "inzet")


def kolommen(rij: type[Rij], tabel: Table, **anders: ColumnElement[Any]) -> dict[str, ColumnElement[Any]]:
    """The columns of a table by the fields of a row; ``anders`` are those with another name or of elsewhere, among them the ids
    of what a row is about."""
    namen = [veld.name for veld in fields(rij) if veld.name not in _ELDERS and veld.name in tabel.c]
    return {naam: tabel.c[naam] for naam in namen} | anders


def bsn_uit(dossier: ColumnElement[str]) -> ColumnElement[str]:
    """The Bsn in the key of a dossier, the last of its characters."""
    return func.substr(dossier, func.length(dossier) - (CIJFERS - 1), type_=Bsntekst())


def tel(
    verbinding: Connection,
    bronnen: Sequence[Eenbron],
    partij: str,
    peil: Peil,
    wie: WieAanZet | None = None,
    hoogstens: int | None = None,
) -> Aantal:
    """How many rows these sources have for a party. With ``hoogstens`` no source is counted further than one more than that, which says
    that there are more: then a long list costs no more than a short one."""
    tot = None if hoogstens is None else hoogstens + 1
    aantallen = [_tel(verbinding, bron, partij, peil, wie, tot) for bron in bronnen]
    return Aantal(sum(aantal.alles for aantal in aantallen), sum(aantal.te_laat for aantal in aantallen))


def bladzijde(
    verbinding: Connection,
    bronnen: Sequence[Eenbron],
    partij: str,
    peil: Peil,
    wie: WieAanZet | None,
    na: Plek | None,
    limiet: int,
    tot: date = date.max,
    leeg: Collection[int] = (),
) -> list[tuple[Plek, Werk]]:
    """What these sources have for a party after a place, at most so many, the most urgent first; of which the last day is ``tot`` or
    earlier. Of the sources ``leeg`` it is known that they have nothing."""
    with tijdens(None):  # of each source as many rows are read as there may be on the page
        stromen = [
            _stroom(verbinding, bronnen, n, partij, peil, wie, na, limiet) for n in range(len(bronnen)) if n not in leeg
        ]
        alle = merge(*stromen, key=lambda gevonden: (gevonden[0], gevonden[1].bron))
        rijen = takewhile(lambda gevonden: gevonden[0] <= tot, alle)
        blad = [(plek, bronnen[plek.bron].werk(rij, peil)) for _, plek, rij in islice(rijen, limiet)]
    for _, werk in blad:
        if werk.rij.bsn:
            zag(werk.rij.bsn)
    return blad


def verstreken(verbinding: Connection, bron: Eenbron, partij: str, peil: Peil, sinds: date) -> Iterator[Werk]:
    """What a source has for a party of which the last day was ``sinds`` or later, and is over."""
    if isinstance(bron, Rekenbron):
        gerekend = bron.gevraagd(verbinding, partij, peil, None)
        yield from (bron.werk(rij, peil) for rij in gerekend if sinds <= rij.vanaf < peil.vandaag)
        return
    tot, voor = (laatste_voor(lambda vanaf: bron.uiterlijk(vanaf, peil), dag) for dag in (peil.vandaag, sinds))
    if tot is None:
        return
    vraag = bron.vraag(partij, peil, None).where(bron.vanaf(peil) <= literal(tot, Date))
    if voor is not None:
        vraag = vraag.where(bron.vanaf(peil) > literal(voor, Date))
    for rij in _rijen(verbinding, bron, vraag, peil, None, _PER_KEER):
        yield bron.werk(rij, peil)


def laatste_voor(uiterlijk: Callable[[date], date], dag: date) -> date | None:
    """The last day from which a term ends before ``dag``; None when there is none. ``uiterlijk`` never goes back."""
    stap, onder, boven = 1, dag, dag
    while uiterlijk(onder) >= dag:
        if onder == date.min:
            return None
        onder, stap = plus_dagen(onder, -stap), 2 * stap
    stap = 1
    while uiterlijk(boven) < dag:
        if boven == date.max:
            return boven
        boven, stap = plus_dagen(boven, stap), 2 * stap
    while (boven - onder).days > 1:
        midden = plus_dagen(onder, (boven - onder).days // 2)
        if uiterlijk(midden) < dag:
            onder = midden
        else:
            boven = midden
    return onder


def _tel(
    verbinding: Connection, bron: Eenbron, partij: str, peil: Peil, wie: WieAanZet | None, tot: int | None
) -> Aantal:
    if isinstance(bron, Rekenbron):
        gerekend = bron.gevraagd(verbinding, partij, peil, wie)
        return Aantal(len(gerekend), sum(rij.vanaf < peil.vandaag for rij in gerekend))
    vraag = bron.vraag(partij, peil, wie)
    if bron.blijft is not None:
        gelezen = islice(_rijen(verbinding, bron, vraag, peil, None, _PER_KEER), tot)
        voorbij_ = [bron.uiterlijk(rij.vanaf, peil) < peil.vandaag for rij in gelezen]
        return Aantal(len(voorbij_), sum(voorbij_))
    grens = laatste_voor(lambda dag: bron.uiterlijk(dag, peil), peil.vandaag)
    over = vraag.where(bron.vanaf(peil) <= literal(grens, Date)) if grens else None
    if tot is None:
        rijen = vraag.subquery()
        geteld = func.count().filter(rijen.c.vanaf <= literal(grens, Date)) if grens else literal(0)
        return Aantal(*verbinding.execute(select(func.count(), geteld).select_from(rijen)).one())
    voorbij = _hoeveel(over, tot) if over is not None else literal(0)
    alles, te_laat_ = verbinding.execute(select(_hoeveel(vraag, tot), voorbij)).one()
    return Aantal(alles, te_laat_)


def _hoeveel(vraag: Select[Any], tot: int) -> ColumnElement[int]:
    """How many rows a question has, counted up to so many."""
    return select(func.count()).select_from(vraag.limit(tot).subquery()).scalar_subquery()


def _na(orde: Sequence[ColumnElement[Any]], plek: Sequence[ColumnElement[Any]]) -> Voorwaarden:
    """After a place. The last of three is said apart: it stands in no index, and PostgreSQL would take it that nothing comes after a day
    that is the last of all."""
    if len(orde) == 2:
        return (tuple_(*orde) > tuple_(*plek),)
    *eerst, laatste = orde
    *tot, rest = plek
    hier = (kolom != waarde for kolom, waarde in zip(eerst, tot, strict=True))
    return tuple_(*eerst) >= tuple_(*tot), or_(*hier, laatste > rest)


_PER_KEER = 1000
"""How many rows are fetched at once when each must be looked at."""


def _stroom(
    verbinding: Connection,
    bronnen: Sequence[Eenbron],
    nummer: int,
    partij: str,
    peil: Peil,
    wie: WieAanZet | None,
    na: Plek | None,
    limiet: int,
) -> Iterator[tuple[date, Plek, Rij]]:
    """The rows of one source after a place among them all, each with the last day of its term and its place.

    Of rows with one last day, those of an earlier source go first.
    """
    bron = bronnen[nummer]
    if isinstance(bron, Rekenbron):
        yield from _gerekend(bron, bronnen, nummer, bron.gevraagd(verbinding, partij, peil, wie), peil, na)
        return
    vraag, begin = bron.vraag(partij, peil, wie), None
    if na is not None and na.bron == nummer:
        begin = (na.vanaf, na.id)
    elif na is not None:
        tot, eerder = bronnen[na.bron].uiterlijk(na.vanaf, peil), nummer < na.bron
        if eerder and tot == date.max:
            return
        voorbij = laatste_voor(lambda dag: bron.uiterlijk(dag, peil), plus_dagen(tot, 1) if eerder else tot)
        if voorbij is not None:
            vraag = vraag.where(bron.vanaf(peil) > literal(voorbij, Date))
    for rij in _rijen(verbinding, bron, vraag, peil, begin, limiet):
        yield bron.uiterlijk(rij.vanaf, peil), Plek(nummer, rij.vanaf, rij.id), rij


def _gerekend(
    bron: Rekenbron[R], bronnen: Sequence[Eenbron], nummer: int, rijen: Iterable[R], peil: Peil, na: Plek | None
) -> Iterator[tuple[date, Plek, Rij]]:
    """The same, of rows that were reckoned."""
    tot = bronnen[na.bron].uiterlijk(na.vanaf, peil) if na is not None else None
    for rij in rijen:
        plek = Plek(nummer, rij.vanaf, rij.id)
        if na is None or tot is None or (rij.vanaf, nummer, rij.id) > (tot, na.bron, na.id):
            yield rij.vanaf, plek, rij


def _rijen(
    verbinding: Connection,
    bron: Bron[R],
    vraag: Select[Any],
    peil: Peil,
    na: tuple[date, str] | None,
    per_keer: int,
) -> Iterator[R]:
    """The rows of a source in order, after a place in it, fetched so many at a time."""
    orde = bron.orde(peil)
    vraag = vraag.order_by(*orde).limit(per_keer)
    while True:
        deel = vraag if na is None else vraag.where(*_na(orde, bron.plek(*na)))
        rijen = [bron.rij(**rij) for rij in verbinding.execute(deel).mappings()]
        yield from rijen if bron.blijft is None else (rij for rij in rijen if bron.blijft(rij, peil))
        if len(rijen) < per_keer:
            return
        na = (rijen[-1].vanaf, rijen[-1].id)
