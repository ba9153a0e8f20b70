"""Numbers that go up with every change in what processes keep in memory: one cheap look says whether it still holds."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from .tabellen.berichten import teller

TOEGANG = "toegang"
"""Of parties, their credentials and mandates, and of the switches."""

CONTRACT = "contract"
"""Of product codes, tariffs and settings."""


def alle(verbinding: Connection) -> dict[str, int]:
    """Each number by its name; one that is not there yet is 0."""
    vraag = select(teller.c.naam, teller.c.waarde).where(teller.c.naam.in_((TOEGANG, CONTRACT)))
    return {TOEGANG: 0, CONTRACT: 0} | {rij.naam: rij.waarde for rij in verbinding.execute(vraag)}


def verhoog(verbinding: Connection, naam: str) -> None:
    """Note that something changed, in the transaction that changes it."""
    soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
    rij = soort_insert(teller).values(naam=naam, waarde=1)
    verbinding.execute(rij.on_conflict_do_update(index_elements=["naam"], set_={"waarde": teller.c.waarde + 1}))
