"""What a hoofdaannemer agreed and counted, as loaded: kept in the columns of its files, and read as the values of the domain."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from ...hoofdaannemer.betaalschema import Betaling, Lumpsum
from ...hoofdaannemer.bezetting import Plekken
from ...hoofdaannemer.dekking import Contractregel, Partner, Partnersoort
from ...hoofdaannemer.factuur import Factuurregel, Post
from ...hoofdaannemer.herindicatie import Stap
from ...hoofdaannemer.keuzes import Keuzes
from ...hoofdaannemer.looptijd import Maand
from ...hoofdaannemer.segment import Segmentlijst, Segmentregel
from ...hoofdaannemer.tarief import Bijdrage, Eenheid, Tarief, Tarieflijst
from ...hoofdaannemer.toegewezen import Kenmerk
from ...hoofdaannemer.zwaarte import Beoordeling
from ...standaard.domein import Domein
from .. import bulk, versies
from ..partijen.contracten import instellingen
from ..personen import als_in
from ..tabellen import bureau as h
from ..tabellen.berichten import teller
from ..tabellen.dossiers import toewijzing
from ..tabellen.partijen import partij

VAN_PARTIJ = ""
"""The gemeente of a setting that a hoofdaannemer has: of none."""

TABELLEN: Mapping[str, Table] = {
    "partners": h.contractregel,
    "segmenten": h.segmentregel,
    "tarieven": h.partnertarief,
    "bijdragen": h.bijdrage,
    "plekken": h.plek,
    "lumpsum": h.lumpsum,
    "betalingen": h.betaling,
}
"""What is kept row by row as it was loaded, by the kind of file."""

Rij = dict[str, Any]


def slot(code: str) -> str:
    """What who changes something of a hoofdaannemer locks: one at a time. Messages do not ask for it."""
    return f"hoofdaannemer/{code}"


def gewijzigd(verbinding: Connection, code: str) -> None:
    """Note that something of a hoofdaannemer changed, for ``stand``."""
    versies.verhoog(verbinding, _versie(code))


def stand(verbinding: Connection, code: str) -> tuple[int, int, int]:
    """What was judged rests on this: as long as it is the same, so is everything of this hoofdaannemer."""
    eigen = verbinding.execute(select(teller.c.waarde).where(teller.c.naam == _versie(code))).scalar() or 0
    vraag = select(func.count(), func.coalesce(func.max(toewijzing.c.wijziging), 0))
    aantal, laatste = verbinding.execute(vraag.where(toewijzing.c.aanbieder == code)).one()
    return eigen, aantal, laatste


def _versie(code: str) -> str:
    return f"bureau {code}"


def geeft_door(verbinding: Connection, code: str) -> bool:
    """Whether this party is a hoofdaannemer that passes on: it has segmenten."""
    s = h.segmentregel.c
    return verbinding.execute(select(s.categorie).where(s.hoofdaannemer == code).limit(1)).first() is not None


def rijen(verbinding: Connection, soort: str, code: str) -> list[Rij]:
    """The rows of a kind of ``TABELLEN``, without whose they are, in order of their key."""
    tabel = TABELLEN[soort]
    vraag = select(*_kolommen(tabel)).where(tabel.c.hoofdaannemer == code).order_by(*tabel.primary_key)
    return [dict(rij) for rij in verbinding.execute(vraag).mappings()]


def zet(verbinding: Connection, soort: str, code: str, nieuw: Sequence[Mapping[str, Any]]) -> None:
    """Put these rows in the place of those with the same key, or beside them."""
    tabel = TABELLEN[soort]
    sleutel = [kolom.name for kolom in tabel.primary_key]
    soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
    rest = [kolom.name for kolom in tabel.c if kolom.name not in sleutel]
    for rij in nieuw:
        opdracht = soort_insert(tabel).values(hoofdaannemer=code, **rij)
        anders = {naam: opdracht.excluded[naam] for naam in rest}
        verbinding.execute(opdracht.on_conflict_do_update(index_elements=sleutel, set_=anders))


def _kolommen(tabel: Table) -> list[Any]:
    return [kolom for kolom in tabel.c if kolom.name != "hoofdaannemer"]


def segmentlijst(verbinding: Connection, code: str) -> Segmentlijst:
    """Which products belong to which segment."""
    return Segmentlijst.van(
        Segmentregel(rij["segment"], rij["categorie"], rij["code"] or None)
        for rij in rijen(verbinding, "segmenten", code)
    )


def partners(verbinding: Connection, code: str) -> dict[str, Partner]:
    """The partners by code; what a partner is called and is, the row that began last says."""
    per_code: dict[str, list[Rij]] = defaultdict(list)
    for rij in rijen(verbinding, "partners", code):
        per_code[rij["code"]].append(rij)
    return {partner: als_partner(alle) for partner, alle in per_code.items()}


def als_partner(rijen_: Sequence[Mapping[str, Any]]) -> Partner:
    """The partner of whom these are all rows."""
    laatste = max(rijen_, key=lambda rij: rij["van"])
    regels = (
        Contractregel(rij["gemeente"] or None, rij["segment"] or None, rij["van"], rij["tot"], bool(rij["toestemming"]))
        for rij in rijen_
    )
    return Partner(laatste["code"], laatste["naam"], Partnersoort(laatste["soort"]), tuple(regels), laatste["kvk"])


def tarieflijst(verbinding: Connection, code: str) -> Tarieflijst:
    """Tariffs and contributions."""
    return Tarieflijst(
        tuple(als_tarief(rij) for rij in rijen(verbinding, "tarieven", code)),
        tuple(als_bijdrage(rij) for rij in rijen(verbinding, "bijdragen", code)),
    )


def als_tarief(rij: Mapping[str, Any]) -> Tarief:
    """The tariff of a row."""
    return Tarief(rij["segment"], rij["klasse"], Eenheid(rij["eenheid"]), rij["euro"], rij["van"], rij["tot"])


def als_bijdrage(rij: Mapping[str, Any]) -> Bijdrage:
    """The contribution of a row."""
    return Bijdrage(rij["segment"], Decimal(rij["percentage"]), rij["van"], rij["tot"])


def plekken(verbinding: Connection, code: str) -> list[Plekken]:
    """The places that were awarded."""
    return [Plekken(**{**rij, "partner": rij["partner"] or None}) for rij in rijen(verbinding, "plekken", code)]


def lumpsums(verbinding: Connection, code: str) -> list[Lumpsum]:
    """The amount of each year."""
    return [
        Lumpsum(rij["gemeente"], rij["segment"], rij["jaar"], rij["euro"]) for rij in rijen(verbinding, "lumpsum", code)
    ]


def betalingen(verbinding: Connection, code: str) -> list[Betaling]:
    """What was paid."""
    return [
        Betaling(rij["gemeente"], rij["segment"], Maand.lees(rij["maand"]), rij["euro"])
        for rij in rijen(verbinding, "betalingen", code)
    ]


def keuzes(verbinding: Connection, code: str) -> Keuzes:
    """What a hoofdaannemer chose."""
    return Keuzes(instellingen(verbinding, VAN_PARTIJ, code))


def naam(verbinding: Connection, code: str) -> str | None:
    """What the party with this code is called; None when there is none."""
    gevonden: str | None = verbinding.execute(select(partij.c.naam).where(partij.c.code == code)).scalar()
    return gevonden


def vragenlijst(verbinding: Connection, code: str) -> object | None:
    """The questionnaire as it was loaded; None when there is none."""
    return verbinding.execute(select(h.vragenlijst.c.inhoud).where(h.vragenlijst.c.hoofdaannemer == code)).scalar()


def zet_vragenlijst(verbinding: Connection, code: str, inhoud: object) -> None:
    """Put this questionnaire in the place of the one there was."""
    verbinding.execute(delete(h.vragenlijst).where(h.vragenlijst.c.hoofdaannemer == code))
    verbinding.execute(insert(h.vragenlijst).values(hoofdaannemer=code, inhoud=inhoud))


def bewaar_zwaarte(
    verbinding: Connection, code: str, nummer: int, toewijzing_: str, wat: Beoordeling, wie: str, op: datetime
) -> None:
    """Keep a filled questionnaire on a toewijzing."""
    rij = {
        "hoofdaannemer": code, "volgnummer": nummer, "toewijzing": toewijzing_, "moment": op, "wie": wie,
        **asdict(wat), "antwoorden": dict(wat.antwoorden),
    }  # fmt: skip
    verbinding.execute(insert(h.zwaarte).values(**als_in(h.zwaarte, rij)))


def zwaartes(verbinding: Connection, code: str, toewijzing_: str) -> list[tuple[datetime, str, Beoordeling]]:
    """The filled questionnaires on a toewijzing, oldest first: when, by whom, and what they came to."""
    z = h.zwaarte.c
    vraag = select(h.zwaarte).where(z.hoofdaannemer == code, z.toewijzing == toewijzing_).order_by(z.volgnummer)
    return [
        (rij.moment, rij.wie, Beoordeling(rij.versie, rij.antwoorden, rij.punten, rij.klasse))
        for rij in verbinding.execute(vraag)
    ]


def evaluaties(verbinding: Connection, code: str) -> dict[Kenmerk, Stap]:
    """The evaluations that were ticked, by toewijzing."""
    e = h.evaluatie.c
    return {
        Kenmerk(rij.gemeente, Domein(rij.domein), rij.toewijzingnummer): Stap(rij.datum, rij.wie)
        for rij in verbinding.execute(select(h.evaluatie).where(e.hoofdaannemer == code))
    }


def vink_af(verbinding: Connection, code: str, evaluaties_: Mapping[Kenmerk, Stap]) -> None:
    """Tick evaluations, in the place of those that were."""
    e = h.evaluatie.c
    for kenmerk, stap in evaluaties_.items():
        deze = and_(
            e.hoofdaannemer == code, e.gemeente == kenmerk.gemeente, e.domein == str(kenmerk.domein),
            e.toewijzingnummer == kenmerk.toewijzingnummer,
        )  # fmt: skip
        verbinding.execute(delete(h.evaluatie).where(deze))
        verbinding.execute(
            insert(h.evaluatie).values(
                hoofdaannemer=code, **kenmerk._asdict() | {"domein": str(kenmerk.domein)}, datum=stap.op, wie=stap.wie
            )
        )


def geleverd(verbinding: Connection, code: str) -> dict[tuple[str, Maand], int]:
    """What was delivered, by inzet and month."""
    vraag = select(h.geleverd).join(h.inzet, h.inzet.c.id == h.geleverd.c.inzet).where(h.inzet.c.hoofdaannemer == code)
    return {(rij.inzet, Maand.lees(rij.maand)): rij.aantal for rij in verbinding.execute(vraag)}


def zet_geleverd(verbinding: Connection, aantallen: Mapping[tuple[str, Maand], int]) -> None:
    """Keep these numbers, in the place of those that were."""
    g = h.geleverd
    soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
    for (inzet, maand), aantal in aantallen.items():
        rij = soort_insert(g).values(inzet=inzet, maand=str(maand), aantal=aantal)
        verbinding.execute(rij.on_conflict_do_update(index_elements=["inzet", "maand"], set_={"aantal": aantal}))


def facturen(verbinding: Connection, code: str, partners_: Collection[str] | None = None) -> list[Factuurregel]:
    """The invoices that were kept, oldest first; of these partners only, when they are given."""
    f = h.factuurregel.c
    vraag = select(h.factuurregel).where(f.hoofdaannemer == code)
    if partners_ is not None:
        vraag = vraag.where(f.partner.in_(partners_))
    return [
        Factuurregel(
            rij.factuurnummer,
            Post(rij.partner, Maand.lees(rij.maand), Kenmerk(rij.gemeente, Domein(rij.domein), rij.toewijzingnummer), rij.klasse),
            rij.euro,
        )
        for rij in verbinding.execute(vraag.order_by(f.volgnummer, f.partner, f.factuurnummer, f.nummer))
    ]  # fmt: skip


def bewaar_facturen(verbinding: Connection, code: str, regels: Iterable[Factuurregel], nummer: int) -> None:
    """Keep invoices, each in the place of the one of that partner with its number; ``nummer`` says after which others."""
    per_factuur: dict[tuple[str, str], list[Factuurregel]] = defaultdict(list)
    for regel in regels:
        per_factuur[regel.post.partner, regel.factuurnummer].append(regel)
    f = h.factuurregel.c
    for (partner, factuurnummer), alle in per_factuur.items():
        deze = and_(f.hoofdaannemer == code, f.partner == partner, f.factuurnummer == factuurnummer)
        verbinding.execute(delete(h.factuurregel).where(deze))
        bulk.voeg_toe(
            verbinding,
            h.factuurregel,
            [
                {
                    "hoofdaannemer": code, "partner": partner, "factuurnummer": factuurnummer, "nummer": plek, "volgnummer": nummer,
                    "maand": str(regel.post.maand), **regel.post.toewijzing._asdict() | {"domein": str(regel.post.toewijzing.domein)},
                    "klasse": regel.post.klasse, "euro": regel.bedrag,
                }
                for plek, regel in enumerate(alle)
            ],
        )  # fmt: skip
