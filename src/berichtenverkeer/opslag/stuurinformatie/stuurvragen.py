"""Figures asked of the database: how many facts and clients are in a group, how often each value occurs, and the facts themselves.

All are one ``select`` of the same facts, under the conditions that the declaration of a figure gives.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Subquery,
    case,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

from ...standaard.domein import Domein
from ...stuurinformatie.kpi import Bron, Kpi
from ...stuurinformatie.tijd import Tijdvak, Werkdagen
from ..dossiers.dossiers import toewijzing_id
from .stuurberichten import van_bericht, van_verzoek
from .stuurbronnen import Kijker, Vraag, van_feiten
from .stuurpaar import uit_paar
from .stuurtekst import aaneen, aantal_in


class Feitrij(NamedTuple):
    """One fact: the values of its keys, what it is worth is made of ``ruw``, whose it is, and its days. What is shown of it is made where it
    is shown: ``bsn`` may be a number, a day too, and ``toewijzing`` the law, gemeente and number of which its id is made."""

    groep: tuple[Any, ...]
    ruw: tuple[Any, ...]
    gemeente: str | None
    aanbieder: str | None
    bsn: str | int | None
    toewijzing: "str | tuple[Domein, str, int] | None"
    bericht: str | None
    datums: Mapping[str, date | int | None]

    def getoond(self) -> dict[str, Any]:
        """What is shown of it, but for its group and its worth."""
        bsn, wat = self.bsn, self.toewijzing
        return {
            "gemeente": self.gemeente,
            "aanbieder": self.aanbieder,
            "bsn": f"{bsn:09}" if isinstance(bsn, int) else bsn,
            "toewijzing": toewijzing_id(*wat) if isinstance(wat, tuple) else wat,
            "bericht": self.bericht,
            "datums": {naam: _als_datum(dag) for naam, dag in self.datums.items()},
        }


_OP_MOMENT = (Bron.BERICHT, Bron.ANTWOORD, Bron.BEVINDING, Bron.VERZOEK)
"""Sources of which the day of a fact is that of a moment: whether it lies in the period is asked of the moment."""


def vraag(
    verbinding: Connection, kpi: Kpi, wie: Kijker, alle_paren: Sequence[int], tijdvak: Tijdvak, namen: Sequence[str]
) -> Vraag:
    """The facts of a figure over a period; ``namen`` are the keys that are asked for."""
    if kpi.bron is Bron.VERZOEK:
        return van_verzoek(wie, tijdvak)
    if kpi.bron in _OP_MOMENT:
        return van_bericht(verbinding, kpi, wie, tijdvak)
    return van_feiten(verbinding, kpi, wie, alle_paren, tijdvak, namen)


def _waar(kpi: Kpi, v: Vraag, tijdvak: Tijdvak, werkdagen: Werkdagen) -> tuple[Any, ...]:
    if kpi.bron in _OP_MOMENT:
        return v.alle
    return (*v.alle, kpi.telt(v.f, tijdvak, werkdagen))


class Aantal(NamedTuple):
    """How many facts are in a group, and how many clients."""

    groep: tuple[Any, ...]
    feiten: int
    clienten: int


def aantallen(
    verbinding: Connection, kpi: Kpi, v: Vraag, tijdvak: Tijdvak, werkdagen: Werkdagen, namen: Sequence[str]
) -> Iterator[Aantal]:
    """Of each group how many facts and clients are in it; of a figure that hides nothing clients are not counted."""
    sleutels = [_sleutel(v, naam).label(f"k{plek}") for plek, naam in enumerate(namen)]
    los = _samen(v, [*sleutels, v.client.label("client")], _waar(kpi, v, tijdvak, werkdagen))
    per = [los.c[f"k{plek}"] for plek in range(len(sleutels))]
    wie = _clienten(verbinding, los.c.client) if kpi.verborgen else literal(0)
    for *groep, feiten_, clienten in verbinding.execute(
        select(*per, func.count(), wie).select_from(los).group_by(*per)
    ):
        yield Aantal(tuple(groep), feiten_, clienten if isinstance(clienten, int) else aantal_in(clienten))


def _clienten(verbinding: Connection, client: ColumnElement[Any]) -> ColumnElement[Any]:
    """How many clients are in a group; of SQLite who they are, in one text. It would look up each in a tree, for twice the time of counting
    them here."""
    if verbinding.dialect.name == "postgresql":
        return func.count(client.distinct())
    return aaneen(verbinding, client)


def _samen(v: Vraag, kolommen: Sequence[ColumnElement[Any]], waar: Sequence[ColumnElement[bool]]) -> Subquery:
    """These columns of the facts that count."""
    een = select(*kolommen).select_from(v.van).where(*waar)
    if not v.takken:
        return een.subquery()
    return union_all(*(een.where(tak) for tak in v.takken)).subquery()


def histogram(
    verbinding: Connection, kpi: Kpi, v: Vraag, tijdvak: Tijdvak, werkdagen: Werkdagen, namen: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...], int]]:
    """Of each group what was taken of its facts, and how often; of a figure that says what is good only of what is."""
    sleutels = [_sleutel(v, naam).label(f"k{plek}") for plek, naam in enumerate(namen)]
    waar, genomen = _waar(kpi, v, tijdvak, werkdagen), [] if kpi.goed else kpi.ruw(v.f, tijdvak)
    if kpi.goed is not None:
        waar = (*waar, kpi.goed(v.f, tijdvak))
    ruw = [waarde.label(f"r{plek}") for plek, waarde in enumerate(genomen)]
    binnen = _samen(v, [*sleutels, *ruw] or [literal(1).label("een")], waar)
    per = [binnen.c[f"k{plek}"] for plek in range(len(sleutels))] + [binnen.c[f"r{plek}"] for plek in range(len(ruw))]
    for *waarden, keer in verbinding.execute(select(*per, func.count()).select_from(binnen).group_by(*per)):
        ruwe = (1,) if kpi.goed else tuple(map(_als_getal, waarden[len(sleutels) :]))
        yield tuple(waarden[: len(sleutels)]), ruwe, keer


class Plek(NamedTuple):
    """A place in the order of facts: after so many of those that have these ``waarden`` in it."""

    waarden: tuple[int | str, ...] = ()
    gehad: int = 0


class PlekOnjuist(Exception):
    """A place of other facts."""


def feiten(
    verbinding: Connection,
    kpi: Kpi,
    v: Vraag,
    tijdvak: Tijdvak,
    werkdagen: Werkdagen,
    namen: Sequence[str],
    na: Plek,
    hoogstens: int,
) -> Iterator[tuple[Feitrij, Plek]]:
    """So many facts after a place, each with its own; a later page costs no more than the first. Raises ``PlekOnjuist``."""
    delen = (
        [_sleutel(v, naam) for naam in namen],
        list(_ruw(kpi, v, tijdvak)),
        [getattr(v.f, naam) for naam in kpi.datums],
        list(v.wie),
        list(v.volgorde),
    )
    kolommen = [kolom.label(f"c{plek}") for plek, kolom in enumerate(chain.from_iterable(delen))]

    def zoek(van: Vraag, *ook: ColumnElement[bool]) -> Select[Any]:
        waar = (*ook, *_waar(kpi, van, tijdvak, werkdagen))
        return select(*kolommen).select_from(v.van).where(*waar).order_by(*v.volgorde, v.client)

    vragen = [zoek(v).offset(na.gehad)]
    if na.waarden:
        if not _past(v, na):
            raise PlekOnjuist
        vragen = [zoek(v, *_vanaf(v, na)).offset(na.gehad), zoek(v.verder(na.waarden[0]))]
    over_ = hoogstens
    for vraag_ in vragen:
        for rij in verbinding.execute(vraag_.limit(over_)):
            over = iter(rij)
            groep, ruw, dagen, eigen, volgorde = (tuple(islice(over, len(deel))) for deel in delen)
            na = Plek(volgorde, na.gehad + 1 if volgorde == na.waarden else 1)
            datums = dict(zip(kpi.datums, dagen, strict=True))
            yield Feitrij(groep, tuple(map(_als_getal, ruw)), **_wie(kpi, eigen), datums=datums), na
            over_ -= 1
        if not over_:
            return


def _vanaf(v: Vraag, plek: Plek) -> tuple[ColumnElement[bool], ...]:
    """From a place on in what has the same first of the order; the second is said apart too, in the words of an index."""
    eerste, *rest = v.volgorde
    waarde, *waarden = plek.waarden
    if not rest:
        return (eerste == waarde,)
    return eerste == waarde, rest[0] >= waarden[0], tuple_(*rest) >= tuple_(*waarden)


def _past(v: Vraag, plek: Plek) -> bool:
    """Whether a place is one in the order of these facts."""
    return len(plek.waarden) == len(v.volgorde) and all(
        isinstance(waarde, str) is isinstance(kolom.type, String)
        for waarde, kolom in zip(plek.waarden, v.volgorde, strict=True)
    )


def _sleutel(v: Vraag, naam: str) -> ColumnElement[Any]:
    return v.sleutels.get(naam, literal(None, String))


def _ruw(kpi: Kpi, v: Vraag, tijdvak: Tijdvak) -> tuple[ColumnElement[Any], ...]:
    if kpi.goed is not None:
        return (case((kpi.goed(v.f, tijdvak), 1), else_=0),)
    return kpi.ruw(v.f, tijdvak)


def _als_getal(waarde: Any) -> Any:
    """A day of a moment as its number, as all other days are."""
    if isinstance(waarde, date):
        return waarde.toordinal()
    return waarde


def _als_datum(waarde: Any) -> date | None:
    if waarde is None or isinstance(waarde, date):
        return waarde
    return date.fromordinal(waarde)


def _wie(kpi: Kpi, eigen: tuple[Any, ...]) -> dict[str, Any]:
    leeg: dict[str, Any] = {"toewijzing": None, "bericht": None, "bsn": None}
    if kpi.bron is Bron.VERZOEK:
        gemeente, aanbieder, bsn, bericht_ = eigen
        return leeg | {"gemeente": gemeente, "aanbieder": aanbieder, "bsn": bsn, "bericht": bericht_}
    if kpi.bron in _OP_MOMENT:
        dossier, id_, verzender, bestemming = eigen
        gemeente, aanbieder = sorted((verzender, bestemming), key=len)
        bsn = dossier.rpartition("/")[2] if dossier else None
        return leeg | {"gemeente": gemeente, "aanbieder": aanbieder, "bsn": bsn, "bericht": id_}
    nummer, client, toewijzingnummer = eigen
    domein, gemeente, aanbieder = uit_paar(nummer)
    wat = (domein, gemeente, toewijzingnummer) if toewijzingnummer is not None else None
    return leeg | {"gemeente": gemeente, "aanbieder": aanbieder, "bsn": client, "toewijzing": wat}
