"""Inzetten: as a hoofdaannemer and a partner search them, their acts, and what partners are told and told back.

Who writes here holds the numbers (``teller``): from there to the commit no message changes a toewijzing, so an inzet and what it
lies on are read as they are written.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select

from ...hoofdaannemer.herindicatie import TERUG
from ...hoofdaannemer.inzet import Begin, Gebeurtenis, Ingezet, Inzet
from ...hoofdaannemer.looptijd import Looptijd
from ...hoofdaannemer.overgangen import Inzetaanname, Inzettoestand, Soort, Zorgmeldingsoort
from ...hoofdaannemer.segment import Segmentlijst
from ...hoofdaannemer.toegewezen import Kenmerk, Toegewezen
from ...klok import NEDERLAND
from ...levensloop.kalender import plus_dagen
from ...levensloop.levering import Levering
from ...standaard.berichten.start import StartProduct
from ...standaard.berichten.stop import StopProduct
from ...standaard.domein import Domein
from ..bulk import PER_VRAAG, batched, voeg_toe
from ..dag import geldt_op, raakt
from ..lijst import Lijst
from ..tabellen.bureau import inzet as i
from ..tabellen.bureau import inzet_gebeurtenis, inzetmelding, partnermelding
from ..tabellen.dossiers import gebeurtenis as gebeurtenis_
from ..tabellen.dossiers import toewijzing as t

_RUIMTE = uuid.UUID("0d0c9a43-5a5e-5d3b-8d37-50a2f2b6c1e4")


@dataclass(frozen=True, slots=True)
class Inzetrij:
    """An inzet in its present stand; what is effective is None from ``effectief_van`` on when it is vervallen."""

    id: str
    hoofdaannemer: str
    toewijzing: str
    dossier: str
    domein: str
    gemeente: str
    bsn: str
    toewijzingnummer: int
    partner: str
    klasse: str
    van: date
    tot: date | None
    aanname: str
    aangeboden_op: datetime
    overlap_bedoeld: bool
    ingetrokken: bool
    segment: str | None
    effectief_van: date | None
    effectief_tot: date | None
    versie: int
    wijziging: int
    gewijzigd_op: datetime

    @property
    def effectief(self) -> Looptijd | None:
        """The days that count; None when it is vervallen."""
        return Looptijd(self.effectief_van, self.effectief_tot) if self.effectief_van is not None else None


KOLOMMEN = tuple(i.c[veld.name] for veld in fields(Inzetrij))
_PRODUCT = (t.c.categorie, t.c.code, t.c.ingangsdatum, t.c.einddatum, t.c.verwijderd, t.c.gewijzigd_op)
_MET_TOEWIJZING = and_(t.c.id == i.c.toewijzing, t.c.dossier == i.c.dossier)
"""Of the same client: a number that was taken back may be given to another."""


def inzet_id(toewijzing: str, hoeveelste: int) -> str:
    """The id of an inzet, the so-manieth on its toewijzing from 0."""
    return str(uuid.uuid5(_RUIMTE, f"{toewijzing}/{hoeveelste}"))


def in_toestand(toestand: Inzettoestand, dag: date) -> ColumnElement[bool]:
    """The condition for a state on a day; the same division as ``hoofdaannemer.inzet.toestand``."""
    begonnen, voorbij = i.c.effectief_van <= dag, i.c.effectief_tot < dag
    match toestand:
        case Inzettoestand.VERVALLEN | Inzettoestand.GEEN:
            return i.c.effectief_van.is_(None)
        case Inzettoestand.GEPLAND:
            return i.c.effectief_van > dag
        case Inzettoestand.BEEINDIGD:
            return and_(begonnen, voorbij)
        case _:
            return geldt_op(i.c.effectief_van, i.c.effectief_tot, dag)


def _lijst(ziet: str) -> Lijst[Inzetrij]:
    return Lijst(
        "inzetten",
        i,
        Inzetrij,
        {"toestand": in_toestand, "geldig_op": lambda dag, _: in_toestand(Inzettoestand.LOPEND, dag)},
        frozenset({"toewijzing"}),
        ziet=ziet,
    )


VAN_HOOFDAANNEMER, VAN_PARTNER = _lijst("hoofdaannemer"), _lijst("partner")
"""What a hoofdaannemer sees: all of its own; and a partner: those passed on to it (rule 7)."""


def voor_gemeente(verbinding: Connection, gemeente: str, toewijzing: str) -> list[Inzetrij]:
    """The inzetten on a toewijzing of this gemeente that count, in order of day (rule 7)."""
    vraag = select(*KOLOMMEN).where(
        i.c.toewijzing == toewijzing, i.c.gemeente == gemeente, i.c.effectief_van.is_not(None)
    )
    return [Inzetrij(**rij) for rij in verbinding.execute(vraag.order_by(i.c.effectief_van, i.c.id)).mappings()]


def ingezet(verbinding: Connection, segmenten: Segmentlijst, *waar: ColumnElement[bool]) -> dict[str, Ingezet]:
    """Inzetten beside their toewijzing as that stands, without their acts, by id in order of number, under these conditions."""
    return {rij["id"]: van_rij(rij, segmenten) for rij in verbinding.execute(_vraag().where(*waar)).mappings().all()}


def met_daden(verbinding: Connection, segmenten: Segmentlijst, id_: str) -> Ingezet:
    """One inzet that is there, beside its toewijzing as that stands, with its acts."""
    staat = ingezet(verbinding, segmenten, i.c.id == id_)[id_]
    return Ingezet.van(Inzet.vouw(id_, gebeurtenissen_van(verbinding, id_)), staat.toegewezen, segmenten)


def op_toewijzingen(
    verbinding: Connection, segmenten: Segmentlijst, hoofdaannemer: str, ids: Collection[str]
) -> dict[str, list[Ingezet]]:
    """The inzetten of a hoofdaannemer on each of these toewijzingen."""
    uit: dict[str, list[Ingezet]] = {id_: [] for id_ in ids}
    for deel in batched(sorted(ids), PER_VRAAG):
        for een in ingezet(
            verbinding, segmenten, i.c.toewijzing.in_(deel), i.c.hoofdaannemer == hoofdaannemer
        ).values():
            uit[een.inzet.toewijzing].append(een)
    return uit


def op_toewijzingen_met_daden(
    verbinding: Connection, segmenten: Segmentlijst, hoofdaannemer: str, ids: Collection[str]
) -> dict[str, list[Ingezet]]:
    """The same, with their acts."""
    staan = op_toewijzingen(verbinding, segmenten, hoofdaannemer, ids)
    g = inzet_gebeurtenis.c
    daden: dict[str, list[Gebeurtenis]] = {}
    for deel in batched(sorted(een.inzet.id for alle in staan.values() for een in alle), PER_VRAAG):
        daden |= gebeurtenissen(verbinding, g.inzet.in_(deel))
    return {
        op: [
            Ingezet.van(Inzet.vouw(een.inzet.id, daden[een.inzet.id]), een.toegewezen, segmenten)
            for een in alle
            if een.inzet.id in daden
        ]
        for op, alle in staan.items()
    }


def van_hoofdaannemer(
    verbinding: Connection, segmenten: Segmentlijst, code: str, partner: str | None = None
) -> dict[str, Ingezet]:
    """Every inzet of a hoofdaannemer, or those at one partner."""
    ook = () if partner is None else (i.c.partner == partner,)
    return ingezet(verbinding, segmenten, i.c.hoofdaannemer == code, *ook)


def _vraag() -> Select[Any]:
    product = (kolom.label(f"t_{kolom.name}") for kolom in _PRODUCT)
    return select(*KOLOMMEN, *product).outerjoin(t, _MET_TOEWIJZING).order_by(i.c.toewijzingnummer, i.c.van, i.c.id)


def rijen_met_toewijzing(verbinding: Connection, *waar: ColumnElement[bool]) -> list[Mapping[str, Any]]:
    """The rows under these conditions, each with its toewijzing as that stands; ``van_rij`` reads them."""
    return [dict(rij) for rij in verbinding.execute(_vraag().where(*waar)).mappings()]


def van_rij(rij: Mapping[Any, Any], segmenten: Segmentlijst) -> Ingezet:
    """The inzet of a row, beside its toewijzing: one that is no more counts as taken back."""
    inzet = Inzet(
        rij["id"], rij["toewijzing"], rij["partner"], rij["klasse"], rij["van"], rij["tot"], Inzetaanname(rij["aanname"]),
        rij["aangeboden_op"], rij["overlap_bedoeld"], rij["ingetrokken"], (),
    )  # fmt: skip
    return Ingezet.van(inzet, toegewezen_bij(rij), segmenten)


def toegewezen_bij(rij: Mapping[Any, Any]) -> Toegewezen:
    """The toewijzing beside the row of an inzet."""
    begin, weg = rij["t_ingangsdatum"], rij["t_verwijderd"]
    return Toegewezen(
        rij["toewijzing"], Kenmerk(rij["gemeente"], Domein(rij["domein"]), rij["toewijzingnummer"]), rij["bsn"],
        rij["t_categorie"], rij["t_code"], begin or rij["van"], rij["t_einddatum"], True if weg is None else weg,
    )  # fmt: skip


def toegewezen(rij: Any) -> Toegewezen:
    """The toewijzing of its own row."""
    return Toegewezen(
        rij.id, Kenmerk(rij.gemeente, Domein(rij.domein), rij.toewijzingnummer), rij.bsn, rij.categorie, rij.code,
        rij.ingangsdatum, rij.einddatum, rij.verwijderd,
    )  # fmt: skip


_TOEWIJZING = select(
    t.c.id, t.c.dossier, t.c.gemeente, t.c.domein, t.c.toewijzingnummer, t.c.bsn, t.c.categorie, t.c.code, t.c.ingangsdatum,
    t.c.einddatum, t.c.volume, t.c.eenheid, t.c.frequentie, t.c.budget, t.c.verwijderd, t.c.levering, t.c.geleverd_tot,
    t.c.bekend_op,
)  # fmt: skip


def toewijzingen(verbinding: Connection, hoofdaannemer: str, *waar: ColumnElement[bool]) -> list[Any]:
    """Rows of the toewijzingen of a hoofdaannemer, under these conditions too; ``toegewezen`` reads them."""
    vraag = _TOEWIJZING.where(t.c.aanbieder == hoofdaannemer, *waar).order_by(
        t.c.gemeente, t.c.domein, t.c.toewijzingnummer
    )
    return list(verbinding.execute(vraag))


def toewijzing(verbinding: Connection, hoofdaannemer: str, id_: str) -> Any | None:
    """The row of one toewijzing of a hoofdaannemer, if it has it."""
    return next(iter(toewijzingen(verbinding, hoofdaannemer, t.c.id == id_)), None)


def rond_einde(
    verbinding: Connection, hoofdaannemer: str, dag: date, vooruit: int, partner: str | None = None
) -> list[Any]:
    """Of the clients of whom a toewijzing ends no more than ``vooruit`` days after a day, or some weeks before it: the rows of all their
    toewijzingen; only of clients of a partner, when it is given. ``herindicatie`` decides which count."""
    eindigt = t.c.einddatum.between(plus_dagen(dag, -TERUG), plus_dagen(dag, vooruit))
    bsns = select(t.c.bsn).where(t.c.aanbieder == hoofdaannemer, eindigt)
    if partner is not None:
        bsns = bsns.where(t.c.id.in_(select(i.c.toewijzing).where(i.c.partner == partner)))
    return toewijzingen(verbinding, hoofdaannemer, t.c.bsn.in_(bsns))


def om_de_dag(
    verbinding: Connection, hoofdaannemer: str, per: date | None, gemeenten: Collection[str] = ()
) -> list[Any]:
    """The rows of the toewijzingen that end the day before this one or begin on it, of whatever day when there is none; of these
    gemeenten, when any is given."""
    waar: list[ColumnElement[bool]] = [t.c.gemeente.in_(gemeenten)] if gemeenten else []
    if per is not None:
        waar.append(or_(t.c.einddatum == plus_dagen(per, -1), t.c.ingangsdatum == per))
    return toewijzingen(verbinding, hoofdaannemer, *waar)


def hoofdaannemers_van(verbinding: Connection, partner: str) -> list[str]:
    """Who passed something on to a partner."""
    return sorted(verbinding.execute(select(i.c.hoofdaannemer).where(i.c.partner == partner).distinct()).scalars())


def geldig_tussen(verbinding: Connection, hoofdaannemer: str, van: date, tot: date) -> list[Any]:
    """The rows of the toewijzingen that hold on some day from the one to the other."""
    loopt = raakt(t.c.ingangsdatum, t.c.einddatum, van, tot)
    return toewijzingen(verbinding, hoofdaannemer, loopt, t.c.verwijderd.is_(False))


def leveringen(verbinding: Connection, hoofdaannemer: str) -> dict[str, Levering]:
    """The starts and stops on the toewijzingen of a hoofdaannemer, by the id of the toewijzing; what was never started is left out."""
    g = gebeurtenis_.c
    op = and_(g.dossier == t.c.dossier, g.toewijzingnummer == t.c.toewijzingnummer, g.soort.in_(tuple(_LEVERING)))
    vraag = select(t.c.id, g.soort, g.feit).join(gebeurtenis_, op).where(t.c.aanbieder == hoofdaannemer)
    uit: dict[str, Levering] = {}
    for id_, soort, feit in verbinding.execute(vraag.order_by(g.volgnummer, g.nummer)):
        uit[id_] = uit.get(id_, _NIET_GESTART).na(_LEVERING[soort].model_validate_json(feit))
    return uit


_NIET_GESTART = Levering()
_LEVERING: Mapping[str, type[StartProduct] | type[StopProduct]] = {
    soort.__name__: soort for soort in (StartProduct, StopProduct)
}


def hoeveel_op(verbinding: Connection, ids: Collection[str]) -> dict[str, int]:
    """How many inzetten there ever were on each of these toewijzingen, of whatever client."""
    uit = dict.fromkeys(ids, 0)
    for deel in batched(sorted(ids), PER_VRAAG):
        vraag = (
            select(i.c.toewijzing, func.count().label("aantal"))
            .where(i.c.toewijzing.in_(deel))
            .group_by(i.c.toewijzing)
        )
        uit.update((rij.toewijzing, rij.aantal) for rij in verbinding.execute(vraag))
    return uit


def gebeurtenissen(verbinding: Connection, *waar: ColumnElement[bool]) -> dict[str, list[Gebeurtenis]]:
    """The acts of inzetten under these conditions, by inzet, each in order."""
    g = inzet_gebeurtenis.c
    uit: dict[str, list[Gebeurtenis]] = defaultdict(list)
    for rij in verbinding.execute(select(inzet_gebeurtenis).where(*waar).order_by(g.inzet, g.nummer)).mappings():
        uit[rij["inzet"]].append(gebeurtenis(rij))
    return uit


def gebeurtenissen_van(verbinding: Connection, id_: str) -> list[Gebeurtenis]:
    """The acts of one inzet, in order."""
    return gebeurtenissen(verbinding, inzet_gebeurtenis.c.inzet == id_).get(id_, [])


def eerste_gebeurtenissen(verbinding: Connection, ids: Collection[str]) -> dict[str, Gebeurtenis]:
    """With what each of these inzetten began."""
    g = inzet_gebeurtenis.c
    return {
        id_: eerste
        for deel in batched(sorted(ids), PER_VRAAG)
        for id_, [eerste] in gebeurtenissen(verbinding, g.inzet.in_(deel), g.nummer == 0).items()
    }


def gebeurtenis(rij: Mapping[Any, Any]) -> Gebeurtenis:
    """The act of a row."""
    begin = rij["begin"]
    return Gebeurtenis(
        rij["moment"], Soort(rij["soort"]), rij["wie"], rij["waarom"], _begin(begin) if begin else None, rij["voor"], rij["naar"]
    )  # fmt: skip


def _begin(los: Mapping[str, Any]) -> Begin:
    tot = los["tot"]
    return Begin(
        los["toewijzing"], los["partner"], los["klasse"], date.fromisoformat(los["van"]), date.fromisoformat(tot) if tot else None,
        Inzetaanname(los["aanname"]), datetime.fromisoformat(los["aangeboden_op"]).astimezone(NEDERLAND), los["overlap_bedoeld"], los["uit"],
    )  # fmt: skip


def rij_gebeurtenis(inzet: Inzet, plaats: Mapping[str, Any]) -> dict[str, Any]:
    """The row of the last act of an inzet; ``plaats`` has the columns of its toewijzing that go with it."""
    laatste = inzet.gebeurtenissen[-1]
    begin = laatste.begin
    return {
        "inzet": inzet.id,
        "nummer": len(inzet.gebeurtenissen) - 1,
        **plaats,
        "moment": laatste.moment,
        "soort": str(laatste.soort),
        "wie": laatste.wie,
        "waarom": laatste.waarom,
        "begin": begin and {veld.name: _los(getattr(begin, veld.name)) for veld in fields(begin)},
        "voor": laatste.voor,
        "naar": laatste.naar,
    }


def _los(waarde: object) -> object:
    return (
        waarde.isoformat() if isinstance(waarde, date) else str(waarde) if isinstance(waarde, Inzetaanname) else waarde
    )


def schrijf_gebeurtenissen(verbinding: Connection, rijen: Sequence[Mapping[str, Any]]) -> None:
    """Add acts."""
    voeg_toe(verbinding, inzet_gebeurtenis, rijen)


@dataclass(frozen=True, slots=True)
class Postmelding:
    """What lies in the postvak of a partner: which inzet it is about, and whether it begins or ends."""

    volgnummer: int
    hoofdaannemer: str
    inzet: str
    soort: Zorgmeldingsoort
    moment: datetime


def postvak(verbinding: Connection, partner: str, na: int, limiet: int) -> list[Postmelding]:
    """The meldingen of a partner after this number, oldest first: in one series with ``berichten.postvak``."""
    m = inzetmelding.c
    vraag = select(*(m[veld.name] for veld in fields(Postmelding))).where(m.partner == partner, m.volgnummer > na)
    rijen = verbinding.execute(vraag.order_by(m.volgnummer).limit(limiet)).mappings()
    return [Postmelding(**{**rij, "soort": Zorgmeldingsoort(rij["soort"])}) for rij in rijen]


def aantal_in_postvak(verbinding: Connection, partner: str) -> int:
    """How many meldingen a partner has."""
    vraag = select(func.count()).select_from(inzetmelding).where(inzetmelding.c.partner == partner)
    return verbinding.execute(vraag).scalar_one()


@dataclass(frozen=True, slots=True)
class Partnermelding:
    """A start or stop that a partner reported; ``reden`` is the RedenBeeindiging of a stop."""

    volgnummer: int
    inzet: str
    soort: str
    datum: date
    reden: str | None
    moment: datetime
    wie: str


def bewaar_partnermelding(verbinding: Connection, melding: Partnermelding) -> None:
    """Keep what a partner reported."""
    verbinding.execute(insert(partnermelding).values(**{v.name: getattr(melding, v.name) for v in fields(melding)}))


def partnermeldingen(verbinding: Connection, inzet: str) -> list[Partnermelding]:
    """What was reported on an inzet, oldest first."""
    m = partnermelding.c
    vraag = select(*(m[veld.name] for veld in fields(Partnermelding))).where(m.inzet == inzet).order_by(m.volgnummer)
    return [Partnermelding(**rij) for rij in verbinding.execute(vraag).mappings()]


def gemeld_door(verbinding: Connection, partner: str) -> list[Partnermelding]:
    """What a partner reported on its inzetten, oldest first."""
    m = partnermelding.c
    vraag = select(*(m[veld.name] for veld in fields(Partnermelding))).join(i, i.c.id == m.inzet)
    rijen = verbinding.execute(vraag.where(i.c.partner == partner).order_by(m.volgnummer)).mappings()
    return [Partnermelding(**rij) for rij in rijen]


def gemeld(verbinding: Connection, hoofdaannemer: str) -> list[tuple[Partnermelding, Inzetrij, str]]:
    """Every start and stop that partners reported on toewijzingen that are there, oldest first: with the inzet, and the levering of
    the toewijzing."""
    m = partnermelding.c
    melding = [m[veld.name].label(f"m_{veld.name}") for veld in fields(Partnermelding)]
    vraag = (
        select(*KOLOMMEN, *melding, t.c.levering)
        .join(partnermelding, m.inzet == i.c.id)
        .join(t, _MET_TOEWIJZING)
        .where(i.c.hoofdaannemer == hoofdaannemer, t.c.verwijderd.is_(False))
        .order_by(m.volgnummer)
    )
    return [
        (
            Partnermelding(*(rij[kolom.name] for kolom in melding)),
            Inzetrij(*(rij[kolom.name] for kolom in KOLOMMEN)),
            rij["levering"],
        )
        for rij in verbinding.execute(vraag).mappings()
    ]


def in_aanname(
    verbinding: Connection, hoofdaannemer: str, aanname: Inzetaanname, partner: str | None = None
) -> list[Inzetrij]:
    """The inzetten of a hoofdaannemer that count and have this answer; of one partner only, when it is given."""
    vraag = select(*KOLOMMEN).where(
        i.c.hoofdaannemer == hoofdaannemer, i.c.aanname == str(aanname), i.c.effectief_van.is_not(None)
    )
    if partner is not None:
        vraag = vraag.where(i.c.partner == partner)
    return [Inzetrij(**rij) for rij in verbinding.execute(vraag).mappings()]


def geef(verbinding: Connection, ids: Iterable[str]) -> dict[str, Inzetrij]:
    """The rows of these inzetten."""
    return {
        rij["id"]: Inzetrij(**rij)
        for deel in batched(sorted(ids), PER_VRAAG)
        for rij in verbinding.execute(select(*KOLOMMEN).where(i.c.id.in_(deel))).mappings()
    }


def effectieve(verbinding: Connection, hoofdaannemer: str, partner: str | None = None) -> list[Inzetrij]:
    """The inzetten of a hoofdaannemer that count on some day, or those of one partner; in order of toewijzing and day."""
    vraag = select(*KOLOMMEN).where(i.c.hoofdaannemer == hoofdaannemer, i.c.effectief_van.is_not(None))
    if partner is not None:
        vraag = vraag.where(i.c.partner == partner)
    volgorde = (i.c.gemeente, i.c.domein, i.c.toewijzingnummer, i.c.effectief_van, i.c.id)
    return [Inzetrij(**rij) for rij in verbinding.execute(vraag.order_by(*volgorde)).mappings()]


def alle(verbinding: Connection, hoofdaannemer: str) -> dict[str, Inzetrij]:
    """Every inzet of a hoofdaannemer as it stands, by id."""
    vraag = select(*KOLOMMEN).where(i.c.hoofdaannemer == hoofdaannemer)
    return {rij["id"]: Inzetrij(**rij) for rij in verbinding.execute(vraag).mappings()}
