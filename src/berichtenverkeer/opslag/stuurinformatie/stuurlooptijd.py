"""Toewijzingen as figures on money and on places ask for them: with what was granted on them, and with the days that they take.

Both are asked for one by one, with whose they are, and together. Then what has the same content is one row, in which all its clients stand
as one text: a hundred thousand of them are read so in a tenth of the time.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    String,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)

from ...standaard.domein import Domein
from .. import bulk, verborgen
from ..dag import raakt
from ..tabellen.declaraties import declaratie, prestatie
from ..tabellen.stuurinformatie import leverfeit, toewijzingfeit
from .stuurbronnen import Kijker
from .stuurgeld import BEDRAG, GOED, van_kijker
from .stuurpaar import PER_WET
from .stuurtekst import aaneen, los


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
    clienten: list[str]
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
    clienten = aaneen(verbinding, toewijzingfeit.c.client)
    for *soort, wie_, totaal in verbinding.execute(
        select(*_SOORT, clienten, som).where(*_eindigt(paren, van, tot)).group_by(*_SOORT)
    ):
        yield Geeindigden(Soort._make(soort), los(wie_), int(totaal))


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
    wet = case((t.paar < 2 * PER_WET, str(Domein.IWMO)), else_=str(Domein.IJW))
    dossier = (
        wet + "/" + func.substr(nummer, 2, 4) + "/" + func.substr(nummer, 6, 8) + "/" + verborgen.als_tekst(t.client)
    )
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

    def binnen(self, van: int, tot: int) -> tuple[int, int]:
        """The first and the last of them in a period that has some of them."""
        return max(self.van, van), tot if self.tot is None else min(self.tot, tot)


def dagen(
    verbinding: Connection,
    paren: Sequence[int],
    van: int,
    tot: int,
    *,
    geleverd: bool,
    alleen: Collection[int] | None = None,
) -> Iterator[Dagen]:
    """Those of toewijzingen with a Product that have some day from the one to the other. ``alleen`` of these clients, as the database
    has them in ``productdagen``: they are counted, and nobody sees who they are."""
    c, begin, einde = _dagkolommen(geleverd=geleverd)
    client = c.client if alleen is None else type_coerce(c.client, Integer)
    kolommen = c.paar, client, c.toewijzingnummer, c.categorie, c.code, begin, einde
    vraag = select(*kolommen).where(*_raakt(c, begin, einde, paren, van, tot))
    if alleen is None:
        yield from map(Dagen._make, verbinding.execute(vraag))
        return
    for deel in bulk.batched(sorted(alleen), bulk.PER_VRAAG):
        yield from map(Dagen._make, verbinding.execute(vraag.where(client.in_(deel))))


class Productdagen(NamedTuple):
    """All that was delivered of one product for one ``paar``: of each toewijzing its client, and on how many days together."""

    paar: int
    categorie: str
    code: str | None
    clienten: list[str]
    dagen: int


def productdagen(
    verbinding: Connection, paren: Sequence[int], van: int, tot: int, *, geleverd: bool
) -> Iterator[Productdagen]:
    """The same days as far as they lie in the period, by product; what has no end may come apart from the rest."""
    c, begin, einde = _dagkolommen(geleverd=geleverd)
    eerste = case((begin < van, van), else_=begin)
    laatste = case((einde.is_(None) | (einde > tot), tot), else_=einde)
    elk = select(c.paar, c.categorie, c.code, c.client, (laatste - eerste + 1).label("dagen"))
    elk = elk.where(*_raakt(c, begin, einde, paren, van, tot))
    delen = (elk.where(einde.is_(None)), elk.where(einde >= van)) if geleverd else (elk,)
    for deel in delen:  # in an index each of these two has its place, and both together have none
        c = deel.subquery().c
        per = c.paar, c.categorie, c.code
        kolommen = *per, aaneen(verbinding, c.client), func.sum(c.dagen)
        for paar, categorie, code, clienten, som in verbinding.execute(select(*kolommen).group_by(*per)):
            yield Productdagen(paar, categorie, code, los(clienten), int(som))


def _dagkolommen(*, geleverd: bool) -> tuple[Any, ColumnElement[Any], ColumnElement[Any]]:
    if geleverd:
        return leverfeit.c, leverfeit.c.geleverd_van, leverfeit.c.geleverd_tot
    return toewijzingfeit.c, toewijzingfeit.c.ingang, toewijzingfeit.c.einde


def _raakt(
    c: Any, begin: ColumnElement[Any], einde: ColumnElement[Any], paren: Sequence[int], van: int, tot: int
) -> tuple[ColumnElement[bool], ...]:
    return c.paar.in_(paren), raakt(begin, einde, van, tot), c.toewijzingnummer.is_not(None), c.categorie.is_not(None)
