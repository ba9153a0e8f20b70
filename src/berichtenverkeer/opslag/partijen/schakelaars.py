"""Switches of releases in the database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from .. import versies
from ..tabellen.partijen import schakelaar as tabel


def alle(verbinding: Connection) -> list[RowMapping]:
    """Every switch, by functie, release, receiver and the moment from which it holds."""
    vraag = select(tabel).order_by(tabel.c.functie, tabel.c.versie, tabel.c.ontvanger, tabel.c.van)
    return list(verbinding.execute(vraag).mappings())


def zet(verbinding: Connection, rij: Mapping[str, Any]) -> None:
    """Add a switch, or put it in the place of the one for the same functie, release and receiver from the same moment."""
    soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
    sleutel = [kolom.name for kolom in tabel.primary_key]
    rest = {naam: waarde for naam, waarde in rij.items() if naam not in sleutel}
    opdracht = soort_insert(tabel).values(**rij)
    verbinding.execute(opdracht.on_conflict_do_update(index_elements=sleutel, set_=rest))
    versies.verhoog(verbinding, versies.TOEGANG)


def wis(verbinding: Connection, functie: str, versie: str, van: datetime | None, ontvanger: str = "") -> int:
    """Remove the switch of this functie, release and receiver from this moment, or all of them for None; how many there were."""
    opdracht = delete(tabel).where(tabel.c.functie == functie, tabel.c.versie == versie, tabel.c.ontvanger == ontvanger)
    if van is not None:
        opdracht = opdracht.where(tabel.c.van == van)
    gewist = verbinding.execute(opdracht).rowcount
    versies.verhoog(verbinding, versies.TOEGANG)
    return gewist
