"""Whether what a database has of persons is hidden, and by whose keys: a row of ``teller`` has the mark of the keys, and none while all is in
the open. So nobody reads or writes with other keys than those that it was hidden with."""

from sqlalchemy import Connection, delete, exists, insert, select

from ..versleuteling.bestand import sleutelbos
from ..zegbaar import Zegbaar
from .tabellen.berichten import bericht, geweigerd, teller
from .tabellen.keten import zending
from .verborgen import ZONDER_SLEUTELS

MERK = "sleutelbos"
"""The row of ``teller``."""


class SleutelsPassenNiet(Zegbaar):
    """The keys of this process are not those of the database, or one of them has none."""


def gemerkt(verbinding: Connection) -> int | None:
    """The mark of the keys by which this database is hidden; None when it is in the open."""
    return verbinding.execute(select(teller.c.waarde).where(teller.c.naam == MERK)).scalar()


def merk(verbinding: Connection) -> None:
    """From now on what is kept of persons is hidden by the keys of this process, as far as it has them."""
    verbinding.execute(delete(teller).where(teller.c.naam == MERK))
    bos = sleutelbos()
    if bos is not None:
        verbinding.execute(insert(teller).values(naam=MERK, waarde=bos.merkteken))


def is_leeg(verbinding: Connection) -> bool:
    """Whether nothing of persons came in yet."""
    return not any(verbinding.execute(select(exists(select(t)))).scalar() for t in (bericht, zending, geweigerd))


def past(verbinding: Connection) -> bool:
    """Whether the keys of this process are those of the database; a database without anything of persons fits any. Raises
    ``SleutelsPassenNiet`` when keys are missing or others; False when the database is in the open and there are keys."""
    bos, gevonden = sleutelbos(), gemerkt(verbinding)
    if gevonden is None:
        return bos is None
    if bos is None:
        raise SleutelsPassenNiet(ZONDER_SLEUTELS)
    if bos.merkteken != gevonden:
        raise SleutelsPassenNiet(
            "Deze database is versleuteld met de sleutels van een ander knooppunt. Zet BV_SLEUTELS op het bestand dat erbij hoort."
        )
    return True


def eis(verbinding: Connection) -> None:
    """Raise ``SleutelsPassenNiet`` unless the keys of this process are those of the database."""
    if not past(verbinding):
        raise SleutelsPassenNiet(
            "Er zijn sleutels, en deze database is nog niet versleuteld. Stop het knooppunt en draai 'berichtenverkeer db versleutel'."
        )
