"""Messages in the database."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from ...levensloop.dossier import Dossiersleutel
from .. import bulk
from ..eigenaar import van_partij
from ..personen import als_in
from ..samen import Rijen, Vraag, vraag
from ..tabellen.berichten import bericht, geweigerd
from . import signalen
from .enveloppen import MET_ENVELOP

_retour = bericht.alias("retour")
_ZONDER_INHOUD = [kolom for kolom in bericht.c if kolom.name != "inhoud"]
_MET_RETOUR = (
    select(*_ZONDER_INHOUD, _retour.c.id.label("retour_id"), _retour.c.berichtsoort.label("retour_soort"))
    .outerjoin(_retour, _retour.c.antwoord_op == bericht.c.id)
)  # fmt: skip


def zoek(verbinding: Connection, ids: Collection[str]) -> dict[str, RowMapping]:
    """These messages by id, each with ``retour_id`` and ``retour_soort``, without their bytes."""
    if not ids:
        return {}
    rijen = verbinding.execute(_MET_RETOUR.where(bericht.c.id.in_(ids))).mappings()
    return {rij["id"]: rij for rij in rijen}


_KORT = select(*(bericht.c[naam] for naam in ("id", "berichtsoort", "identificatie", "oordeel", "bevindingen")))


def kort(verbinding: Connection, ids: Collection[str]) -> dict[str, RowMapping]:
    """What is told of these messages beside a story, by id."""
    if not ids:
        return {}
    return {rij["id"]: rij for rij in verbinding.execute(_KORT.where(bericht.c.id.in_(ids))).mappings()}


def bekend(verbinding: Connection, id_: str) -> bool:
    """Whether there is a message with this id."""
    return verbinding.execute(select(bericht.c.id).where(bericht.c.id == id_)).first() is not None


def later(verbinding: Connection, dossier: Dossiersleutel, sinds: int) -> bool:
    """Whether a message about this dossier, or an answer on one, came after this number: nothing else changes a dossier."""
    gevraagd = select(bericht.c.id).where(bericht.c.dossier == "/".join(dossier), bericht.c.volgnummer > sinds)
    return verbinding.execute(gevraagd.limit(1)).first() is not None


def geef(verbinding: Connection, partij: str, id_: str) -> RowMapping | None:
    """One message as ``zoek`` gives it, if this party sent it or it is meant for this party."""
    return verbinding.execute(_MET_RETOUR.where(bericht.c.id == id_, van_partij(bericht, partij))).mappings().first()


def dossiers_van(verbinding: Connection, ids: Collection[str]) -> dict[str, str]:
    """The dossier of each of these messages, as far as it has one."""
    vraag_ = select(bericht.c.id, bericht.c.dossier).where(bericht.c.id.in_(ids), bericht.c.dossier.is_not(None))
    return {rij.id: rij.dossier for rij in verbinding.execute(vraag_)}


def inhoud(verbinding: Connection, partij: str, id_: str) -> bytes | None:
    """The bytes of a message as they came, if this party sent it or it is meant for this party."""
    gevraagd = select(bericht.c.inhoud).where(bericht.c.id == id_, van_partij(bericht, partij))
    inhoud_: bytes | None = verbinding.execute(gevraagd).scalar()
    return inhoud_


def gebruikte_identificaties(
    verbinding: Connection, sleutels: Collection[tuple[str, str, str]]
) -> set[tuple[str, str, str]]:
    """Which of these (verzender, berichtsoort, Identificatie) were used before (TR056)."""
    return _sleutels(verbinding, GEBRUIKT, sleutels)


def in_gebruik(verbinding: Connection, sleutels: Collection[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Which of these (verzender, berichtsoort, Identificatie) a message has; one that was rejected does not have it,
    unless it reached its receiver: a 323 of which every Prestatie was refused."""
    return _sleutels(verbinding, _IN_GEBRUIK, sleutels)


def _sleutels(
    verbinding: Connection, welke: Vraag, sleutels: Collection[tuple[str, str, str]]
) -> set[tuple[str, str, str]]:
    (rijen,) = vraag(verbinding, [(welke, list(sleutels))])
    return {(verzender, soort, nummer) for verzender, soort, nummer in rijen}


BEKEND = Vraag("SELECT b.id FROM {sleutels} {join} bericht AS b ON b.id = {0}")
"""Which of these ids are those of messages."""

GEBRUIKT = Vraag(
    "SELECT b.verzender, b.berichtsoort, b.identificatie FROM {sleutels} {join} bericht AS b "
    "ON b.verzender = {0} AND b.berichtsoort = {1} AND b.identificatie = {2} AND NOT b.dubbel"
)
"""Of these (verzender, berichtsoort, Identificatie) those that were used before; in the words of the index, else SQLite
does not use it."""

_IN_GEBRUIK = Vraag(f"{GEBRUIKT.sql} WHERE (b.oordeel <> 'afgekeurd' OR b.aangeboden)")


def verstuurd(
    verbinding: Connection, verzender: str, bestemming: str, soort: str, identificatie: str
) -> RowMapping | None:
    """The message with this Identificatie that one party sent the other, for an answer that names it."""
    gevraagd = select(*_ZONDER_INHOUD).where(
        bericht.c.verzender == verzender,
        bericht.c.bestemming == bestemming,
        bericht.c.berichtsoort == soort,
        bericht.c.identificatie == identificatie,
        text("NOT dubbel"),  # in the words of the index, else SQLite does not use it
    )
    return verbinding.execute(gevraagd).mappings().first()


def wachtend(
    verbinding: Connection, verzender: str, bestemming: str, soort: str, identificatie: str
) -> RowMapping | None:
    """The first message with this Identificatie that still waits for its receiver to judge it; with its bytes."""
    gevraagd = select(bericht).where(
        bericht.c.verzender == verzender,
        bericht.c.bestemming == bestemming,
        bericht.c.berichtsoort == soort,
        bericht.c.identificatie == identificatie,
        bericht.c.oordeel == "voorlopig",
        text("bericht.oordeel IN ('voorlopig', 'in_verwerking')"),  # in the words of the index
    )
    # sorted here: asked for in order, SQLite would walk through the whole postvak
    return min(verbinding.execute(gevraagd).mappings(), key=lambda rij: int(rij["volgnummer"]), default=None)


def rond_af(
    verbinding: Connection, rij: RowMapping, oordeel: str, bevindingen: list[dict[str, Any]], dossier: str | None
) -> None:
    """Note the final verdict on this message, whose receiver judges for itself, and the dossier it turned out to belong to."""
    _zet(verbinding, rij, {"oordeel": oordeel, "bevindingen": bevindingen, "dossier": dossier})


def nieuwe(rijen: Sequence[dict[str, Any]]) -> tuple[Rijen, Rijen]:
    """Messages to store, and what their findings have of signalen."""
    return Rijen(bericht, rijen, nummer="volgnummer"), signalen.nieuwe(rijen)


def noteer(verbinding: Connection, rij: RowMapping, bevindingen: list[dict[str, Any]]) -> None:
    """Note what is found in this message, and leave its verdict as it is."""
    _zet(verbinding, rij, {"bevindingen": bevindingen})


def _zet(verbinding: Connection, rij: RowMapping, waarden: dict[str, Any]) -> None:
    """Give a message these values; its signalen are those of its findings."""
    verbinding.execute(update(bericht).where(bericht.c.id == rij["id"]).values(**waarden))
    nieuw = list(signalen.van({**rij, **waarden}))
    if nieuw != list(signalen.van(rij)):
        signalen.vervang(verbinding, [rij["id"]], nieuw)


def bewaar(verbinding: Connection, rijen: list[dict[str, Any]]) -> None:
    """Store messages, and what their findings have of signalen."""
    bulk.voeg_toe(verbinding, bericht, rijen)
    signalen.bewaar(verbinding, rijen)


def bewaar_geweigerd(verbinding: Connection, rij: dict[str, Any]) -> None:
    """Store what was refused; the same bytes from the same party only once."""
    soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
    verbinding.execute(soort_insert(geweigerd).values(**als_in(geweigerd, rij)).on_conflict_do_nothing())


def aantal_in_postvak(verbinding: Connection, partij: str) -> int:
    """How many messages lie in a postvak."""
    vraag = select(func.count()).where(bericht.c.bestemming == partij, bericht.c.aangeboden)
    return verbinding.execute(vraag).scalar_one()


def postvak(verbinding: Connection, partij: str, na: int, limiet: int) -> list[RowMapping]:
    """What lies in a postvak after this number, oldest first: with envelope, size and hash, without bytes."""
    return list(
        verbinding.execute(
            MET_ENVELOP.where(bericht.c.bestemming == partij, bericht.c.aangeboden, bericht.c.volgnummer > na)
            .order_by(bericht.c.volgnummer)
            .limit(limiet)
        ).mappings()
    )
