"""Toewijzingen as figures on money and on places ask for them: with what was granted on them, and with the days that they take.

Both are asked for one by one, with whose they are, and together. Then what has the same content is one row, in which all its clients stand
as one text: a hundred thousand of them are read so in a tenth of the time.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, String, case, cast, func, literal, select

from ..standaard.domein import Domein
from .dag import raakt
from .stuurbronnen import Kijker
from .stuurfeiten import PER_WET
from .stuurgeld import BEDRAG, GOED, van_kijker
from .stuurtabellen import leverfeit, toewijzingfeit
from .tabellen import declaratie, prestatie


class Soort(NamedTuple):
    """All on which the maximum over a run depends; days are numbers, ``budget`` is eurocent."""

    paar: int
    einde: int
    ingang: int
    categorie: str | None
    code: str | None
    budget: int | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None


class Geeindigd(NamedTuple):
    """A toewijzing that has an end, and what was granted on it in eurocent."""

    soort: Soort
    client: int
    toewijzingnummer: int
    toegekend: int


class Geeindigden(NamedTuple):
    """Toewijzingen with the same content: of each its client, and what was granted on all in eurocent."""

    soort: Soort
    clienten: list[int]
    toegekend: int


def geeindigd(verbinding: Connection, wie: Kijker, paren: Sequence[int], van: int, tot: int) -> Iterator[Geeindigd]:
    """The toewijzingen with a Budget or an Omvang that end from the one day to the other."""
    t = toewijzingfeit.c
    vraag = (
        select(*_SOORT, t.client, t.toewijzingnummer, _toegekend(verbinding, wie))
        .where(*_eindigt(paren, van, tot))
        .order_by(t.paar, t.client, t.toewijzingnummer)
    )
    for *soort, client, nummer, som in verbinding.execute(vraag):
        yield Geeindigd(Soort._make(soort), client, nummer, int(som))


def geeindigden(verbinding: Connection, wie: Kijker, paren: Sequence[int], van: int, tot: int) -> Iterator[Geeindigden]:
    """The same, by their content."""
    som = func.sum(_toegekend(verbinding, wie))
    clienten = _aaneen(verbinding, toewijzingfeit.c.client)
    for *soort, wie_, totaal in verbinding.execute(
        select(*_SOORT, clienten, som).where(*_eindigt(paren, van, tot)).group_by(*_SOORT)
    ):
        yield Geeindigden(Soort._make(soort), _getallen(wie_), int(totaal))


_SOORT = [toewijzingfeit.c[naam] for naam in Soort._fields]


def _eindigt(paren: Sequence[int], van: int, tot: int) -> tuple[ColumnElement[bool], ...]:
    t = toewijzingfeit.c
    return t.paar.in_(paren), t.einde >= van, t.einde <= tot, t.budget.is_not(None) | t.volume.is_not(None)


def _toegekend(verbinding: Connection, wie: Kijker) -> ColumnElement[Any]:
    """What was granted on a toewijzing. Of who declared nothing yet nothing is looked up."""
    if verbinding.execute(select(declaratie.c.id).where(van_kijker(wie)).limit(1)).first() is None:
        return literal(0)
    t, p = toewijzingfeit.c, prestatie.c
    nummer = cast(t.paar, String)
    bsn = func.substr(cast(1_000_000_000 + t.client, String), 2, 9)
    wet = case((t.paar < 2 * PER_WET, str(Domein.IWMO)), else_=str(Domein.IJW))
    dossier = wet + "/" + func.substr(nummer, 2, 4) + "/" + func.substr(nummer, 6, 8) + "/" + bsn
    return (
        select(func.coalesce(func.sum(BEDRAG), 0))
        .where(p.dossier == dossier, p.toewijzingnummer == t.toewijzingnummer, p.toestand.in_(GOED))
        .correlate(toewijzingfeit)
        .scalar_subquery()
    )


class Dagen(NamedTuple):
    """Days on which something was delivered on a toewijzing, or on which it holds; without ``tot`` there is no end."""

    paar: int
    client: int
    toewijzingnummer: int
    categorie: str
    code: str | None
    van: int
    tot: int | None


def dagen(verbinding: Connection, paren: Sequence[int], van: int, tot: int, *, geleverd: bool) -> Iterator[Dagen]:
    """Those of toewijzingen with a Product that have some day from the one to the other."""
    c, begin, einde = _dagkolommen(geleverd=geleverd)
    kolommen = c.paar, c.client, c.toewijzingnummer, c.categorie, c.code, begin, einde
    for rij in verbinding.execute(select(*kolommen).where(*_raakt(c, begin, einde, paren, van, tot))):
        yield Dagen._make(rij)


class Productdagen(NamedTuple):
    """The days of one product for one ``paar``: each number is a client with the first and the last of some days (``Pak``)."""

    paar: int
    categorie: str
    code: str | None
    pakken: list[int]


class Pak:
    """A client and two days of a period in one number: days are counted from its first.

    >>> pak = (999900006 * Pak.DAGEN + 3) * Pak.DAGEN + 89
    >>> pak // Pak.PER_CLIENT, Pak.eerste(pak), Pak.laatste(pak)
    (999900006, 3, 89)
    """

    DAGEN = 1 << 13
    """More days than may be asked about."""

    PER_CLIENT = DAGEN * DAGEN

    @staticmethod
    def eerste(pak: int) -> int:
        """The first day."""
        return pak // Pak.DAGEN % Pak.DAGEN

    @staticmethod
    def laatste(pak: int) -> int:
        """The last day."""
        return pak % Pak.DAGEN


def productdagen(
    verbinding: Connection, paren: Sequence[int], van: int, tot: int, *, geleverd: bool
) -> Iterator[Productdagen]:
    """The same days as far as they lie in the period, by product."""
    assert tot - van < Pak.DAGEN
    c, begin, einde = _dagkolommen(geleverd=geleverd)
    eerste = case((begin < van, 0), else_=begin - van)
    laatste = case((einde.is_(None) | (einde > tot), tot - van), else_=einde - van)
    pak = cast(c.client, BigInteger) * Pak.PER_CLIENT + eerste * Pak.DAGEN + laatste
    per = c.paar, c.categorie, c.code
    vraag = select(*per, _aaneen(verbinding, pak)).where(*_raakt(c, begin, einde, paren, van, tot)).group_by(*per)
    for paar, categorie, code, pakken in verbinding.execute(vraag):
        yield Productdagen(paar, categorie, code, _getallen(pakken))


def _dagkolommen(*, geleverd: bool) -> tuple[Any, ColumnElement[Any], ColumnElement[Any]]:
    if geleverd:
        return leverfeit.c, leverfeit.c.geleverd_van, leverfeit.c.geleverd_tot
    return toewijzingfeit.c, toewijzingfeit.c.ingang, toewijzingfeit.c.einde


def _raakt(
    c: Any, begin: ColumnElement[Any], einde: ColumnElement[Any], paren: Sequence[int], van: int, tot: int
) -> tuple[ColumnElement[bool], ...]:
    return c.paar.in_(paren), raakt(begin, einde, van, tot), c.toewijzingnummer.is_not(None), c.categorie.is_not(None)


def _aaneen(verbinding: Connection, getal: ColumnElement[Any]) -> ColumnElement[Any]:
    """All numbers of a group in one text."""
    if verbinding.dialect.name == "postgresql":
        return func.string_agg(cast(getal, String), ",")
    return func.group_concat(getal)


def _getallen(tekst: str) -> list[int]:
    return list(map(int, tekst.split(",")))
