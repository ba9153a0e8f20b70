"""The numbers in which messages and foutberichten become visible: one series for all."""

from sqlalchemy import Connection, insert, update

from .tabellen import teller

STAND = "stand"
"""The row that holds the last number; others count something else."""


def begin(verbinding: Connection) -> None:
    """Begin the series, in new tables."""
    verbinding.execute(insert(teller).values(naam=STAND, waarde=0))


def volgnummers(verbinding: Connection, aantal: int) -> int:
    """The first of so many new numbers. From here to the commit other writers wait, so that numbers become visible in
    order and a reader who has seen one has seen all before it."""
    hoogste = verbinding.execute(
        update(teller).where(teller.c.naam == STAND).values(waarde=teller.c.waarde + aantal).returning(teller.c.waarde)
    ).scalar_one()
    return int(hoogste) - aantal + 1
