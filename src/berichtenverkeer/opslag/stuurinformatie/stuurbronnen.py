"""Of which facts a figure is made for one who looks: those of toewijzingen and of what was delivered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    FromClause,
    Integer,
    String,
    TypeDecorator,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    type_coerce,
)

from ...levensloop.rekenen.variant import Uitvoeringsvariant
from ...standaard.domein import Domein
from ...stuurinformatie.kpi import Bron, Kpi
from ...stuurinformatie.tijd import Tijdvak
from ...stuurinformatie.traject import Zicht
from ..dag import geldt_op, later_van
from ..tabellen.bureau import inzet as i
from ..tabellen.bureau import segmentregel
from ..tabellen.partijen import productcode
from ..tabellen.stuurinformatie import leverfeit, toewijzingfeit
from . import stuurpaar
from .stuurpaar import PER_GEMEENTE, PER_WET, wet_van

_NUL_DAG = date.fromordinal(1)


class Kijker(NamedTuple):
    """Who looks: a gemeente sees all that is with it, an aanbieder or hoofdaannemer what is its own."""

    code: str
    is_gemeente: bool

    @property
    def zicht(self) -> tuple[int, ...]:
        """Which facts of trajecten are for it."""
        return Zicht.BEIDE, (Zicht.GEMEENTE if self.is_gemeente else Zicht.AANBIEDER)


@dataclass(frozen=True, slots=True)
class Vraag:
    """The facts of a source for one who looks: what there is to take of them (``f``), by what they are grouped, and their order: by
    numbers that tell nothing of a client, for a place in it goes into a URL. Of facts that are the same in it the client makes the order.
    Each fact meets one of ``takken``: what is counted is asked for each of these apart, for in an index each has its place, and both together have none."""

    f: SimpleNamespace
    van: FromClause
    waar: tuple[ColumnElement[bool], ...]
    sleutels: Mapping[str, ColumnElement[Any]]
    client: ColumnElement[Any]
    wie: tuple[ColumnElement[Any], ...]
    volgorde: tuple[ColumnElement[Any], ...]
    takken: tuple[ColumnElement[bool], ...] = ()
    paren: Sequence[int] | None = None
    """What the first of the order is one of, where that is a ``paar``."""

    @property
    def alle(self) -> tuple[ColumnElement[bool], ...]:
        """All that a fact must meet."""
        return self.waar if self.paren is None else (self.volgorde[0].in_(self.paren), *self.waar)

    def verder(self, eerste: Any) -> "Vraag":
        """What comes after all that has this as the first of the order: of a ``paar`` the rest is named, or an index is read from its begin."""
        if self.paren is None:
            return replace(self, waar=(*self.waar, self.volgorde[0] > eerste))
        return replace(self, paren=[paar for paar in self.paren if paar > eerste])


_GEHEUGEN = 64_000
"""KiB for what is read and sorted of facts while figures are reckoned."""


@contextmanager
def met_geheugen(verbinding: Connection) -> Iterator[None]:
    """More memory as long as this lasts, inside a transaction: so many places of an index are looked up that few would stay, and what is
    sorted would go to a file."""
    if verbinding.dialect.name == "postgresql":
        verbinding.execute(text(f"SET LOCAL work_mem = '{_GEHEUGEN}kB'"))
        yield
        return
    gewoon = verbinding.execute(text("PRAGMA cache_size")).scalar_one()
    verbinding.execute(text(f"PRAGMA cache_size = -{_GEHEUGEN}"))
    try:
        yield
    finally:
        verbinding.execute(text(f"PRAGMA cache_size = {gewoon}"))


def paren(verbinding: Connection, wie: Kijker) -> list[int]:
    """The numbers of law, gemeente and aanbieder of which there are facts that are this party's: a few looks into an index each."""
    gevonden: set[int] = set()
    grenzen = [stuurpaar.grenzen(domein, wie.code) for domein in Domein] if wie.is_gemeente else [(0, 10 * PER_WET)]
    for tabel in ("toewijzingfeit", "leverfeit"):
        for eerste, laatste in grenzen:
            nummers = verbinding.execute(
                text(
                    f"WITH RECURSIVE p (n) AS (SELECT (SELECT min(paar) FROM {tabel} WHERE paar >= :eerste AND paar <= :laatste) "
                    f"UNION ALL SELECT (SELECT min(paar) FROM {tabel} WHERE paar > p.n AND paar <= :laatste) FROM p WHERE p.n IS NOT NULL) "
                    "SELECT n FROM p WHERE n IS NOT NULL"
                ),
                {"eerste": eerste, "laatste": laatste},
            ).scalars()
            gevonden.update(n for n in nummers if wie.is_gemeente or n % PER_GEMEENTE == int(wie.code))
    return sorted(gevonden)


def als_dag(dag: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    """A number of a day as the database keeps days in other tables."""
    if dialect == "postgresql":
        return literal(_NUL_DAG) + (dag - 1)
    return func.date(dag + 1721424.5)


def _wet(nummer: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((nummer < 2 * PER_WET, str(Domein.IWMO)), else_=str(Domein.IJW))


class _Code(TypeDecorator[str]):
    """A part of ``paar``, which the database groups by as the number that it is and which is a code for who asks."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, cijfers: int) -> None:
        super().__init__()
        self.cijfers = cijfers

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        return f"{value:0{self.cijfers}}" if value is not None else None


class _Wet(TypeDecorator[str]):
    """The law of ``paar``."""

    impl = BigInteger
    cache_ok = True

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        return str(wet_van(value)) if value is not None else None


def van_feiten(
    verbinding: Connection, kpi: Kpi, wie: Kijker, alle_paren: Sequence[int], tijdvak: Tijdvak, namen: Sequence[str]
) -> Vraag:
    """The facts of a figure's source over a period. ``namen`` are the keys that are asked for: what they need is joined only then."""
    tabel = toewijzingfeit if kpi.bron is Bron.TOEWIJZING else leverfeit
    c = tabel.c
    f = SimpleNamespace(**{kolom.name: kolom for kolom in c}, peil=literal(tijdvak.tot, Integer))
    gemeente = func.substr(cast(c.paar, String), 2, 4)
    f.domein = type_coerce(c.paar // literal(PER_WET, BigInteger), _Wet())
    f.gemeente = type_coerce(c.paar // literal(PER_GEMEENTE, BigInteger) % 10**4, _Code(4))
    waar: list[ColumnElement[bool]] = []
    if kpi.bron in (Bron.BEGIN, Bron.LAATSTE, Bron.LOPEND):
        waar.append(c.zicht.in_(wie.zicht))
        f.heeft = _heeft(verbinding.dialect, wie, alle_paren)
    f.vanaf = later_van(c.start, c.bekend) if tabel is toewijzingfeit else None
    takken: tuple[ColumnElement[bool], ...] = ()
    if kpi.wacht:
        f.einde = c.einde + 0  # nearly all end later: an index by this day is of no use
        takken = c.start.is_(None), c.start > tijdvak.tot
    elif kpi.bron is Bron.LOPEND:
        takken = c.tot.is_(None), c.tot >= tijdvak.tot
    if kpi.wacht and (met_taak := _met_taakgericht(verbinding)):
        waar.append(~and_(gemeente.in_(met_taak), _taakgericht(verbinding, gemeente, tijdvak.tot)))
    sleutels: dict[str, ColumnElement[Any]] = {
        "domein": f.domein,
        "gemeente": f.gemeente,
        "aanbieder": type_coerce(c.paar % PER_GEMEENTE, _Code(8)),
        "form": c.categorie,
        "product": c.code,
    }
    if tabel is leverfeit:
        sleutels["reden"] = c.reden
    van: FromClause = tabel
    if "segment" in namen:
        op_code, op_categorie = segmentregel.alias("op_code"), segmentregel.alias("op_categorie")
        van = van.outerjoin(op_code, _segment(op_code, wie, c.categorie, c.code)).outerjoin(
            op_categorie, _segment(op_categorie, wie, c.categorie, literal(""))
        )
        sleutels["segment"] = func.coalesce(op_code.c.segment, op_categorie.c.segment)
    if "partner" in namen and kpi.op is not None:
        dag = als_dag(getattr(f, kpi.op), verbinding.dialect.name)
        sleutels["partner"] = _partner(wie, c, gemeente, dag)
    volgorde = (c.paar, getattr(f, kpi.op or "peil"), func.coalesce(c.toewijzingnummer, 0))
    wie_kolommen = (c.paar, c.client, c.toewijzingnummer)
    return Vraag(f, van, tuple(waar), sleutels, c.client, wie_kolommen, volgorde, takken, alle_paren)


def _segment(regel: Any, wie: Kijker, categorie: ColumnElement[Any], code: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(regel.c.hoofdaannemer == wie.code, regel.c.categorie == categorie, regel.c.code == code)


def _partner(wie: Kijker, c: Any, gemeente: ColumnElement[Any], dag: ColumnElement[Any]) -> ColumnElement[Any]:
    """Whose inzet was in effect on a day; of more the one that began last."""
    return (
        select(i.c.partner)
        .where(
            i.c.hoofdaannemer == wie.code,
            i.c.toewijzingnummer == c.toewijzingnummer,
            i.c.gemeente == gemeente,
            i.c.domein == _wet(c.paar),
            geldt_op(i.c.effectief_van, i.c.effectief_tot, dag),
        )
        .order_by(i.c.effectief_van.desc(), i.c.id)
        .limit(1)
        .correlate(c.paar.table)
        .scalar_subquery()
    )


def _heeft(dialect: Dialect, wie: Kijker, alle_paren: Sequence[int]) -> Callable[..., ColumnElement[bool]]:
    """Whether the client of a fact has a traject of which ``kant`` lies so many days after a day, under the same law, at what is seen;
    ``binnen`` is where that day lies. PostgreSQL joins with all that may be meant, SQLite looks through the few facts of a client:
    whose these are is reckoned from the number there, or it would look for them by that."""
    ander = leverfeit.alias("ander")
    van_wie: ColumnElement[bool]
    if dialect.name == "postgresql":
        van_wie = ander.c.paar.in_(alle_paren)
    elif wie.is_gemeente:
        van_wie = ander.c.paar // literal(PER_GEMEENTE, BigInteger) % 10**4 == int(wie.code)
    else:
        van_wie = ander.c.paar % PER_GEMEENTE == int(wie.code)

    def heeft(
        kant: str, dag: ColumnElement[Any], na: tuple[int, int], binnen: Tijdvak, *, andere_vorm: bool = False
    ) -> ColumnElement[bool]:
        eerste, laatste = na
        waar = [
            ander.c.client == leverfeit.c.client,
            _deel_wet(ander.c.paar) == _deel_wet(leverfeit.c.paar),
            van_wie,
            ander.c.zicht.in_(wie.zicht),
            ander.c[kant].between(binnen.van + eerste, binnen.tot + laatste),
            ander.c[kant] >= dag + eerste,
            ander.c[kant] <= dag + laatste,
        ]
        if andere_vorm:
            waar.append(func.coalesce(ander.c.categorie, "") != func.coalesce(leverfeit.c.categorie, ""))
        return exists(select(literal(1)).select_from(ander).where(*waar).correlate(leverfeit))

    return heeft


def _deel_wet(nummer: ColumnElement[Any]) -> ColumnElement[Any]:
    return nummer < 2 * PER_WET


def _met_taakgericht(verbinding: Connection) -> list[str]:
    """The gemeenten whose productcodelijst calls something taakgericht."""
    p = productcode.c
    return sorted(
        verbinding.execute(
            select(p.gemeente).where(p.variant == str(Uitvoeringsvariant.TAAKGERICHT)).distinct()
        ).scalars()
    )


def _taakgericht(verbinding: Connection, gemeente: ColumnElement[Any], peil: int) -> ColumnElement[bool]:
    """What the productcodelijst calls taakgericht: the codes of it that hold on P, else those of the Ingangsdatum, all of them."""
    c = toewijzingfeit.c

    def staat(dag: ColumnElement[Any], *ook: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
        p = productcode.alias()
        extra = [een(p) for een in ook]
        return exists(
            select(literal(1))
            .select_from(p)
            .where(
                p.c.gemeente == gemeente,
                p.c.categorie == c.categorie,
                or_(c.code.is_(None), p.c.code == c.code),
                geldt_op(p.c.van, p.c.tot, dag),
                *extra,
            )
            .correlate(toewijzingfeit)
        )

    def is_taak(p: Any) -> ColumnElement[bool]:
        return p.c.variant == str(Uitvoeringsvariant.TAAKGERICHT)  # type: ignore[no-any-return]

    def geen_taak(p: Any) -> ColumnElement[bool]:
        return p.c.variant != str(Uitvoeringsvariant.TAAKGERICHT)  # type: ignore[no-any-return]

    nu = literal(date.fromordinal(peil))
    ingang = als_dag(c.ingang, verbinding.dialect.name)

    def alle(dag: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(staat(dag, is_taak), ~staat(dag, geen_taak))

    return or_(alle(nu), and_(~staat(nu), alle(ingang)))
