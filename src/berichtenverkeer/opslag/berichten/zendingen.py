"""Zendingen in the database: the envelopes of messages that came in through a door of the chain, and their status.

A row with status ``Ontvangen`` is work: what was answered for and is still to be looked at. It leaves that status in the
transaction that takes its message in, or that notes why not.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from .. import samen
from ..database import SLOTEN
from ..personen import als_in, lengte
from ..samen import Vraag, als_moment
from ..tabellen.berichten import bericht
from ..tabellen.keten import zending
from ..teller import volgnummers
from .notificaties import leg_klaar, over_bericht, over_zending

ONTVANGEN = "Ontvangen"
AFGEKEURD = "AfgekeurdDoorDienst"
VERWERKT = "VerwerkingVoltooid"

ZONDER_INHOUD = [kolom for kolom in zending.c if kolom.name not in ("inhoud", "omslag")]
"""The columns of an envelope but for what is in it."""


class Zendingsleutel(NamedTuple):
    """What an envelope is known by."""

    zender: str
    traceer_id: str


class Stand(NamedTuple):
    """Where an envelope came in, how far it is, and the message that came of it."""

    door: str
    status: str
    bericht: str | None


def bewaar(verbinding: Connection, rij: Mapping[str, Any]) -> bool:
    """Store an envelope; False when there is one with this key. A foutbericht gets the next number in the postvak."""
    if rij.get("foutbericht"):
        if geef(verbinding, Zendingsleutel(rij["zender"], rij["traceer_id"])) is not None:
            return False
        rij = {**rij, "volgnummer": volgnummers(verbinding, 1)}
    soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
    opdracht = (
        soort_insert(zending).values(**als_in(zending, rij)).on_conflict_do_nothing().returning(zending.c.traceer_id)
    )
    return verbinding.execute(opdracht).first() is not None


class Ingehaald(Exception):
    """Another stored one of a group while the group was being stored."""


def bewaar_groep(verbinding: Connection, rijen: Sequence[Mapping[Any, Any]]) -> list[bool]:
    """Store those of these envelopes that are new and of which the number is free in the postvak of their receiver: whether each
    was. Of equal ones the first is. Raises ``Ingehaald``, and then none may be committed."""
    sleutels = [(rij["zender"], rij["traceer_id"], rij["ontvanger"]) for rij in rijen]
    plekken = sorted({plek_in_postvak(ontvanger, nummer) for _, nummer, ontvanger in sleutels})
    vragen: list[tuple[Vraag, Sequence[Sequence[object]]]] = [(_STANDEN, sleutels), (_BEZET, sleutels)]
    if verbinding.dialect.name == "postgresql":
        vragen = [(SLOTEN, [(plek,) for plek in plekken]), *vragen]
    *_, standen, bezette = samen.vraag(verbinding, vragen)
    bekend = {(zender, nummer) for zender, nummer, *_ in standen}
    bezet = {(ontvanger, nummer) for ontvanger, nummer in bezette}
    uit, nieuw = [], []
    for rij, (zender, nummer, ontvanger) in zip(rijen, sleutels, strict=True):
        uit.append((zender, nummer) not in bekend and (ontvanger, nummer) not in bezet)
        if uit[-1]:
            nieuw.append(als_in(zending, rij))
            bekend.add((zender, nummer))
            bezet.add((ontvanger, nummer))
    if nieuw:
        soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
        opdracht = soort_insert(zending).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
        if verbinding.execute(opdracht, nieuw).rowcount != len(nieuw):
            raise Ingehaald
    return uit


def plek_in_postvak(ontvanger: str, nummer: str) -> str:
    """What is locked to say whether the number of an envelope is free in a postvak."""
    return f"postvak/{ontvanger}/{nummer}"


def geef(verbinding: Connection, sleutel: Zendingsleutel) -> RowMapping | None:
    """One envelope, without what is in it."""
    return verbinding.execute(select(*ZONDER_INHOUD).where(_is(sleutel))).mappings().first()


def open_(verbinding: Connection, limiet: int) -> list[tuple[Zendingsleutel, int]]:
    """What is still to be looked at, oldest first, each with its number of bytes."""
    vraag = select(zending.c.zender, zending.c.traceer_id, lengte(zending.c.inhoud))
    vraag = vraag.where(text("status = 'Ontvangen'"))  # in the words of the index
    vraag = vraag.order_by(zending.c.ontvangen_op).limit(limiet)
    return [(Zendingsleutel(zender, id_), grootte) for zender, id_, grootte in verbinding.execute(vraag)]


def te_verwerken(verbinding: Connection, sleutel: Zendingsleutel) -> RowMapping | None:
    """An envelope that is still to be looked at, with what is in it."""
    vraag = select(zending).where(_is(sleutel), zending.c.status == ONTVANGEN)
    return verbinding.execute(vraag).mappings().first()


def is_bezet(verbinding: Connection, ontvanger: str, sleutel: Zendingsleutel) -> bool:
    """Whether the postvak of a party has, or will have, something of another zender with this traceerId."""
    zender, nummer = sleutel
    van_ander = select(zending.c.zender).where(
        zending.c.traceer_id == nummer,
        zending.c.ontvanger == ontvanger,
        zending.c.zender != zender,
        zending.c.status != AFGEKEURD,
    )
    zonder_envelop = select(bericht.c.id).where(bericht.c.id == nummer, bericht.c.bestemming == ontvanger)
    return any(verbinding.execute(vraag.limit(1)).first() is not None for vraag in (van_ander, zonder_envelop))


def keur_af(
    verbinding: Connection,
    sleutel: Zendingsleutel,
    melding: Mapping[str, str],
    bevindingen: Sequence[Mapping[str, Any]],
    nu: datetime,
) -> bool:
    """Note that nothing comes of this envelope, and why. One that was dealt with already stays as it is: False."""
    waarden = {"status": AFGEKEURD, "meldingen": [melding], "bevindingen": list(bevindingen), "bekeken_op": nu}
    opdracht = update(zending).where(_is(sleutel), zending.c.status == ONTVANGEN).values(**waarden)
    if verbinding.execute(opdracht).rowcount != 1:
        return False
    leg_klaar(verbinding, sleutel.zender, over_zending("afgekeurd", *sleutel, nu))
    return True


def van_groep(verbinding: Connection, sleutels: Collection[Zendingsleutel]) -> dict[Zendingsleutel, Stand]:
    """How these envelopes stand."""
    (rijen,) = samen.vraag(verbinding, [(_STANDEN, list(sleutels))])
    return {Zendingsleutel(zender, id_): Stand(*stand) for zender, id_, *stand in rijen}


_IS_K = "z.zender = {0} AND z.traceer_id = {1}"
_STANDEN = Vraag(
    f"SELECT z.zender, z.traceer_id, z.door, z.status, z.bericht FROM {{sleutels}} {{join}} zending AS z ON {_IS_K}"
)


_BEZET = Vraag(
    "SELECT z.ontvanger, z.traceer_id FROM {sleutels} {join} zending AS z ON z.traceer_id = {1} "
    f"WHERE z.ontvanger = {{2}} AND z.zender <> {{0}} AND z.status <> '{AFGEKEURD}' "
    "UNION ALL SELECT b.bestemming, b.id FROM {sleutels} {join} bericht AS b ON b.id = {1} "
    "WHERE b.bestemming || '' = {2}"  # not by the index of the postvak
)
"""Which numbers a postvak has, or will have, of another zender: as ``is_bezet`` asks it of one."""


def koppel(verbinding: Connection, paren: Collection[tuple[Zendingsleutel, str]], nu: datetime) -> None:
    """Note which message came of each of these envelopes; from now on the message holds the bytes."""
    samen.vraag(verbinding, [(_KOPPEL, [(*sleutel, id_, als_moment(nu)) for sleutel, id_ in paren])])


_KOPPEL = Vraag(
    f"UPDATE zending AS z SET status = '{VERWERKT}', bericht = {{2}}, inhoud = NULL, omslag = NULL, bekeken_op = {{m3}} "
    f"FROM {{sleutels}} WHERE {_IS_K} AND z.status || '' = '{ONTVANGEN}'"  # not by the index of what waits
)


def keur_af_met_bericht(
    verbinding: Connection, sleutel: Zendingsleutel, bericht_: str, melding: Mapping[str, str], nu: datetime
) -> None:
    """Note that the message which came of an envelope goes no further, and why: its findings are with the message."""
    leeg: dict[str, Any] = {"inhoud": None, "omslag": None}
    waarden = {"status": AFGEKEURD, "bericht": bericht_, "meldingen": [melding], "bekeken_op": nu}
    opdracht = update(zending).where(_is(sleutel), zending.c.status == ONTVANGEN).values(**leeg, **waarden)
    if verbinding.execute(opdracht).rowcount == 1:
        leg_klaar(verbinding, sleutel.zender, over_bericht("afgekeurd", bericht_, nu))


def foutbericht_voor(ontvanger: str) -> ColumnElement[bool]:
    """Whether a row is a foutbericht to this party."""
    return (zending.c.ontvanger == ontvanger) & text("zending.foutbericht")


def sleutel_van_foutbericht() -> ColumnElement[str]:
    """What a foutbericht is known by in the table ``bezorging``."""
    return zending.c.zender + "/" + zending.c.traceer_id


def _is(sleutel: Zendingsleutel) -> ColumnElement[bool]:
    return (zending.c.zender == sleutel.zender) & (zending.c.traceer_id == sleutel.traceer_id)
