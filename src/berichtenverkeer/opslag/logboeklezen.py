"""The log as it is read: what a party did, and whether all of it is still as it was written."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, literal, select, tuple_, update

from ..sleutels import Sleutelring
from .logboek import tekst_van
from .tabellen.gebruikers import gebruiker
from .tabellen.logboek import logboek as l
from .tabellen.logboek import logketen


class Plek(NamedTuple):
    """The place of a row among those of a party."""

    moment: datetime
    keten: str
    nummer: int


@dataclass(frozen=True, slots=True)
class Logfilter:
    """Which rows. ``tot`` is not among them; ``personen`` are what a person is called by each key. Without a ``partij`` it is of all, and
    of the node itself."""

    partij: str | None = None
    vanaf: datetime | None = None
    tot: datetime | None = None
    actie: str | None = None
    activiteit: str | None = None
    personen: Collection[str] | None = None

    def waar(self) -> list[ColumnElement[bool]]:
        """The conditions."""
        gelijk = {l.c.partij: self.partij, l.c.actie: self.actie, l.c.activiteit: self.activiteit}
        uit: list[ColumnElement[bool]] = [kolom == waarde for kolom, waarde in gelijk.items() if waarde is not None]
        if self.vanaf is not None:
            uit.append(l.c.moment >= self.vanaf)
        if self.tot is not None:
            uit.append(l.c.moment < self.tot)
        if self.personen is not None:
            uit.append(l.c.persoon.in_(self.personen))
        return uit


_MET_NAAM = select(l, gebruiker.c.naam.label("naam")).outerjoin(gebruiker, gebruiker.c.id == l.c.gebruiker)
_PLEK = (l.c.moment, l.c.keten, l.c.nummer)


def zoek(
    verbinding: Connection, filter_: Logfilter, na: Plek | None, limiet: int, *, terug: bool = False
) -> list[RowMapping]:
    """The rows after a place, in order of their moment, each with the ``naam`` of who acted; ``terug``: the newest first."""
    vraag = _MET_NAAM.where(*filter_.waar())
    if na is not None:
        plek = tuple_(*(literal(waarde, kolom.type) for waarde, kolom in zip(na, _PLEK, strict=True)))
        vraag = vraag.where(tuple_(*_PLEK) < plek if terug else tuple_(*_PLEK) > plek)
    vraag = vraag.order_by(*(kolom.desc() if terug else kolom.asc() for kolom in _PLEK)).limit(limiet)
    return list(verbinding.execute(vraag).mappings())


def tel(verbinding: Connection, filter_: Logfilter) -> int:
    """How many rows there are."""
    return verbinding.execute(select(func.count()).select_from(l).where(*filter_.waar())).scalar_one()


class Breuk(NamedTuple):
    """Where a chain is not as it was written, and how that shows (Dutch)."""

    keten: str
    nummer: int
    wat: str


class Einde(NamedTuple):
    """The end of a chain as it was found: kept elsewhere, it shows later whether rows were taken off."""

    keten: str
    nummer: int
    zegel: str


_PER_KEER = 5_000


def controleer(
    verbinding: Connection, ring: Sleutelring, eerder: Collection[Einde] = ()
) -> tuple[list[Einde], list[Breuk]]:
    """The end of each chain, and what is wrong with it: the first breach of each, for after that nothing can be told. ``eerder`` are ends
    of an earlier look, which must still be there."""
    einden, breuken = [], []
    for kop in verbinding.execute(select(logketen).order_by(logketen.c.keten)).mappings().all():
        vroeger = {einde.nummer: einde.zegel for einde in eerder if einde.keten == kop["keten"]}
        breuk = _breuk(verbinding, kop, ring, vroeger)
        if breuk is not None:
            breuken.append(breuk)
        einden.append(Einde(kop["keten"], kop["nummer"], kop["zegel"]))
    return einden, breuken


def _breuk(verbinding: Connection, kop: RowMapping, ring: Sleutelring, vroeger: Mapping[int, str]) -> Breuk | None:
    keten, verwacht, vorig = kop["keten"], kop["vanaf"] + 1, kop["vanaf_zegel"]
    for rij in _rijen(verbinding, keten, kop["vanaf"]):
        nummer = rij["nummer"]
        if nummer != verwacht:
            return Breuk(keten, verwacht, "deze regel is weg")
        sleutel = ring.met_id(rij["sleutel"])
        if sleutel is None:
            return Breuk(keten, nummer, f"de sleutel {rij['sleutel']} waarmee deze regel is verzegeld, is er niet")
        if sleutel.zegel(tekst_van(rij, vorig)) != rij["zegel"]:
            return Breuk(keten, nummer, "deze regel is veranderd of ertussen gezet, of er ging een regel vóór haar weg")
        if vroeger.get(nummer, rij["zegel"]) != rij["zegel"]:
            return Breuk(keten, nummer, "deze regel is een andere dan bij de vorige controle")
        verwacht, vorig = nummer + 1, rij["zegel"]
    laatste = max([kop["nummer"], *vroeger])
    if verwacht <= laatste:
        return Breuk(keten, verwacht, "vanaf hier zijn regels weg")
    if vorig != kop["zegel"]:
        return Breuk(keten, kop["nummer"], "het einde van de keten is veranderd")
    return None


def _rijen(verbinding: Connection, keten: str, na: int) -> Iterator[RowMapping]:
    while True:
        vraag = select(l).where(l.c.keten == keten, l.c.nummer > na).order_by(l.c.nummer).limit(_PER_KEER)
        rijen = verbinding.execute(vraag).mappings().all()
        yield from rijen
        if len(rijen) < _PER_KEER:
            return
        na = rijen[-1]["nummer"]


def ruim_op(verbinding: Connection, voor: datetime) -> int:
    """Take away the rows before this moment, from the beginning of each chain, and note where it begins now; how many. The database
    refuses what is younger than it must be kept."""
    weg = 0
    for keten in verbinding.execute(select(logketen.c.keten)).scalars().all():
        jonger = select(func.min(l.c.nummer)).where(l.c.keten == keten, l.c.moment >= voor).scalar_subquery()
        te_wissen = and_(l.c.keten == keten, l.c.moment < voor, l.c.nummer < func.coalesce(jonger, 2**62))
        vraag = select(l.c.nummer, l.c.zegel).where(te_wissen).order_by(l.c.nummer.desc()).limit(1)
        laatste = verbinding.execute(vraag).first()
        if laatste is None:
            continue
        weg += verbinding.execute(delete(l).where(l.c.keten == keten, l.c.nummer <= laatste.nummer)).rowcount
        zo = {"vanaf": laatste.nummer, "vanaf_zegel": laatste.zegel}
        verbinding.execute(update(logketen).where(logketen.c.keten == keten).values(**zo))
    return weg
