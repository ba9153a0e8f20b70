"""The numbers in which messages and foutberichten become visible: one series for all."""

from sqlalchemy import Connection, insert

from .samen import Vraag, vraag
from .tabellen.berichten import teller

STAND = "stand"
"""The row that holds the last number; others count something else."""


def begin(verbinding: Connection) -> None:
    """Begin the series, in new tables."""
    verbinding.execute(insert(teller).values(naam=STAND, waarde=0))


_VERDER = Vraag(f"UPDATE teller SET waarde = waarde + {{n0}} FROM {{sleutels}} WHERE naam = '{STAND}' RETURNING waarde")


def volgnummers(verbinding: Connection, aantal: int) -> int:
    """The first of so many new numbers. From here to the commit other writers wait, so that numbers become visible in
    order and a reader who has seen one has seen all before it."""
    [[[hoogste]]] = vraag(verbinding, [(_VERDER, [(aantal,)])])
    return int(hoogste) - aantal + 1
