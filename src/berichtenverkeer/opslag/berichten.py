"""Messages in the database."""

import json
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection, RowMapping, TextClause, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from . import bulk
from .eigenaar import van_partij
from .enveloppen import MET_ENVELOP
from .tabellen import bericht, geweigerd

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


def geef(verbinding: Connection, partij: str, id_: str) -> RowMapping | None:
    """One message as ``zoek`` gives it, if this party sent it or it is meant for this party."""
    return verbinding.execute(_MET_RETOUR.where(bericht.c.id == id_, van_partij(bericht, partij))).mappings().first()


def inhoud(verbinding: Connection, partij: str, id_: str) -> bytes | None:
    """The bytes of a message as they came, if this party sent it or it is meant for this party."""
    gevraagd = select(bericht.c.inhoud).where(bericht.c.id == id_, van_partij(bericht, partij))
    inhoud_: bytes | None = verbinding.execute(gevraagd).scalar()
    return inhoud_


def gebruikte_identificaties(
    verbinding: Connection, sleutels: Collection[tuple[str, str, str]]
) -> set[tuple[str, str, str]]:
    """Which of these (verzender, berichtsoort, Identificatie) were used before (TR056)."""
    opdracht, lijsten = _GEBRUIKT[verbinding.dialect.name]
    return {(verzender, soort, nummer) for verzender, soort, nummer in verbinding.execute(opdracht, lijsten(sleutels))}


_KOLOMMEN = "SELECT b.verzender, b.berichtsoort, b.identificatie FROM"
_GEBRUIKT: dict[str, tuple[TextClause, Callable[[Collection[tuple[str, str, str]]], dict[str, Any]]]] = {
    "postgresql": (
        text(
            f"{_KOLOMMEN} unnest(CAST(:v AS text[]), CAST(:s AS text[]), CAST(:i AS text[])) AS k (v, s, i) "
            "JOIN bericht AS b ON b.verzender = k.v AND b.berichtsoort = k.s AND b.identificatie = k.i AND NOT b.dubbel"
        ),
        lambda sleutels: {naam: [sleutel[plek] for sleutel in sleutels] for plek, naam in enumerate("vsi")},
    ),
    "sqlite": (
        text(
            f"{_KOLOMMEN} json_each(:sleutels) AS k CROSS JOIN bericht AS b ON b.verzender = json_extract(k.value, '$[0]') "
            "AND b.berichtsoort = json_extract(k.value, '$[1]') AND b.identificatie = json_extract(k.value, '$[2]') "
            "AND NOT b.dubbel"
        ),
        lambda sleutels: {"sleutels": json.dumps(list(sleutels))},
    ),
}
"""One lookup in the index for each key. A list of rows in an IN would make SQLite read the whole table."""


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
    verbinding: Connection, id_: str, oordeel: str, bevindingen: list[dict[str, Any]], dossier: str | None
) -> None:
    """Note the final verdict on a message whose receiver judges for itself, and the dossier it turned out to belong to."""
    waarden = {"oordeel": oordeel, "bevindingen": bevindingen, "dossier": dossier}
    verbinding.execute(update(bericht).where(bericht.c.id == id_).values(**waarden))


def bewaar(verbinding: Connection, rijen: list[dict[str, Any]]) -> None:
    """Store messages."""
    bulk.voeg_toe(verbinding, bericht, rijen)


def bewaar_geweigerd(verbinding: Connection, rij: dict[str, Any]) -> None:
    """Store what was refused; the same bytes from the same party only once."""
    soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
    verbinding.execute(soort_insert(geweigerd).values(**rij).on_conflict_do_nothing())


def postvak(verbinding: Connection, partij: str, na: int, limiet: int) -> list[RowMapping]:
    """What lies in a postvak after this number, oldest first: with envelope, size and hash, without bytes."""
    return list(
        verbinding.execute(
            MET_ENVELOP.where(bericht.c.bestemming == partij, bericht.c.aangeboden, bericht.c.volgnummer > na)
            .order_by(bericht.c.volgnummer)
            .limit(limiet)
        ).mappings()
    )
