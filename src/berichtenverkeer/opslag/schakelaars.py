"""Switches of releases in the database."""

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from ..partijen.schakelaar import Schakelaar, Stand
from .tabellen import schakelaar as tabel


def alle(verbinding: Connection) -> list[Schakelaar]:
    """Every switch, by functie, release and the moment from which it holds."""
    rijen = verbinding.execute(select(tabel).order_by(tabel.c.functie, tabel.c.versie, tabel.c.van))
    return [Schakelaar(r.functie, r.versie, r.van, r.tot, Stand(r.stand), r.reden) for r in rijen]


def zet(verbinding: Connection, schakelaar: Schakelaar) -> None:
    """Add a switch, or put it in the place of the one for the same functie and release from the same moment."""
    sleutel = {"functie": schakelaar.functie, "versie": schakelaar.versie, "van": schakelaar.van}
    rest = {"tot": schakelaar.tot, "stand": str(schakelaar.stand), "reden": schakelaar.reden}
    soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
    rij = soort_insert(tabel).values(**sleutel, **rest)
    verbinding.execute(rij.on_conflict_do_update(index_elements=list(sleutel), set_=rest))


def wis(verbinding: Connection, functie: str, versie: str, van: datetime | None) -> int:
    """Remove the switch of this functie and release from this moment, or all of them for None; how many there were."""
    opdracht = delete(tabel).where(tabel.c.functie == functie, tabel.c.versie == versie)
    if van is not None:
        opdracht = opdracht.where(tabel.c.van == van)
    return verbinding.execute(opdracht).rowcount
