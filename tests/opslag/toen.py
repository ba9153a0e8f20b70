"""Rows of a database as it was at some revision: what the tables of then ask, made of their columns, for what wrote them is gone.

Everything is of the client, the gemeente and the aanbieder of one number, so rows that are put in at one revision differ in every key from those of
another. What the software of now has to read has a meaning; all else has some value of its type.
"""

import hashlib
import uuid
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Integer, LargeBinary, MetaData, Table
from tests.berichten import Dossier, bsns, gemeenten

from berichtenverkeer.opslag.partijen.partijen import vingerafdruk

OP = datetime(2026, 3, 2, 11, tzinfo=UTC)
LEEG = frozenset({"partij", "token", "bericht"})
"""Of these nothing is filled in that may be left out: it would mean something."""


class Toen(NamedTuple):
    """Whose rows they are, and the message that he is known by."""

    nummer: int
    gemeente: str
    agb: str
    bsn: str
    toewijzing: bytes

    @property
    def dossier(self) -> str:
        """The key of his dossier."""
        return f"iwmo/{self.gemeente}/{self.agb}/{self.bsn}"


@cache
def _bsns() -> list[str]:
    return list(islice(bsns(), 200))


@lru_cache
def van(nummer: int) -> Toen:
    """The same for the same number."""
    gemeente, agb, bsn = gemeenten()[nummer], str(98_000_000 + nummer), _bsns()[nummer]
    return Toen(nummer, gemeente, agb, bsn, Dossier(gemeente, agb, bsn).toewijzing())


_PER_KOLOM: Mapping[str, Callable[[Toen], Any]] = {
    "domein": lambda t: "iwmo",
    "gemeente": lambda t: t.gemeente,
    "bsn": lambda t: t.bsn,
    "dossier": lambda t: t.dossier,
    "rol": lambda t: "aanbieder",
    "beoordeling": lambda t: "knooppunt",
    "maand": lambda t: f"20{t.nummer:02}-01",
}
"""What a column of this name has, in whatever table."""

_PER_TABEL: Mapping[str, Callable[[Toen], dict[str, Any]]] = {
    "partij": lambda t: {"code": t.agb},
    "token": lambda t: {"hash": vingerafdruk(f"token-van-{t.agb}"), "partij": t.agb},
    "maandstaat": lambda t: {"inhoud": [[], [], []]},  # a migration takes it apart
    "bericht": lambda t: {
        "id": _id(t), "berichtsoort": "WMO301", "identificatie": f"T{t.nummer:08}", "dagtekening": OP.date(),
        "afzender": t.gemeente, "ontvanger": t.agb, "verzender": t.gemeente, "bestemming": t.agb,
        "dossier": t.dossier, "ontvangen_op": OP, "sha256": hashlib.sha256(t.toewijzing).hexdigest(),
        "inhoud": t.toewijzing, "oordeel": "goedgekeurd", "bevindingen": [], "aangeboden": True,
    },
}  # fmt: skip
"""What these have besides."""


def zet(verbinding: Connection, nummer: int, tabellen: Collection[str] | None = None) -> dict[str, dict[str, Any]]:
    """Put a row in each table that there is (or in these), and the gemeente beside the aanbieder; the rows by table, as they stand there."""
    toen = van(nummer)
    nu = MetaData()
    nu.reflect(verbinding, only=None if tabellen is None else list(tabellen))
    gezet: dict[str, dict[str, Any]] = {}
    for tabel in nu.sorted_tables:
        if tabel.name == "alembic_version" or not (tabellen is None or tabel.name in tabellen):
            continue
        rij = _rij(tabel, toen, gezet)
        rijen = [rij]
        if tabel.name == "partij":
            rijen = [rij | {"code": toen.gemeente, "rol": "gemeente"}, rij]
        elif tabel.name == "token":
            rijen = [rij | {"hash": vingerafdruk(f"token-van-{toen.gemeente}"), "partij": toen.gemeente}, rij]
        verbinding.execute(tabel.insert(), rijen)
        gezet[tabel.name] = staat(verbinding, tabel, rij)
    return gezet


def staat(verbinding: Connection, tabel: Table, rij: Mapping[str, Any]) -> dict[str, Any]:
    """The row with the key of this one, as the database gives it."""
    gevonden = tabel.select().where(*(kolom == rij[kolom.name] for kolom in sleutel(tabel)))
    return dict(verbinding.execute(gevonden).mappings().one())


def standen(verbinding: Connection, tabel: Table) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """As ``staat``, for many rows of a table: it is read once."""
    namen = [kolom.name for kolom in sleutel(tabel)]
    alle = [dict(rij) for rij in verbinding.execute(tabel.select()).mappings()]
    per_sleutel = {tuple(rij[naam] for naam in namen): rij for rij in alle}
    assert len(per_sleutel) == len(alle)
    return lambda rij: per_sleutel[tuple(rij[naam] for naam in namen)]


def sleutel(tabel: Table) -> list[Column[Any]]:
    """By which a row is known; of a table without a key by all that it always has."""
    return list(tabel.primary_key) or [kolom for kolom in tabel.columns if not kolom.nullable]


def _rij(tabel: Table, toen: Toen, gezet: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    eigen = _PER_TABEL[tabel.name](toen) if tabel.name in _PER_TABEL else {}
    rij = {}
    for kolom in tabel.columns:
        if kolom.name in eigen:
            rij[kolom.name] = eigen[kolom.name]
        elif (kolom.primary_key or kolom.server_default is None) and not (kolom.nullable and tabel.name in LEEG):
            rij[kolom.name] = _waarde(kolom, toen, gezet)
    return rij


def _waarde(kolom: Column[Any], toen: Toen, gezet: Mapping[str, Mapping[str, Any]]) -> Any:
    for verwijzing in kolom.foreign_keys:
        doel, naar = verwijzing.target_fullname.split(".")
        return gezet[doel][naar]
    if kolom.name in _PER_KOLOM:
        return _PER_KOLOM[kolom.name](toen)
    soort = kolom.type
    if isinstance(soort, Boolean):
        return False
    if isinstance(soort, DateTime):
        return OP + timedelta(minutes=toen.nummer)
    if isinstance(soort, Date):
        return date(2026, 1, 1) + timedelta(days=toen.nummer)
    if isinstance(soort, Integer):
        return toen.nummer + 1
    if isinstance(soort, LargeBinary):
        return f"bytes {toen.nummer}".encode()
    if isinstance(soort, JSON):
        return [f"tekst {toen.nummer}"]
    lengte: int = getattr(soort, "length", None) or 20
    return f"{toen.nummer:x}{kolom.name}"[:lengte]


def _id(toen: Toen) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, str(toen.nummer)))
