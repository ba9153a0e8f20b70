"""What a node knows of the division into gemeenten besides what is packaged.

Every change raises the versions ``TOEGANG`` and ``CONTRACT``: it is kept in memory with either.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache

from sqlalchemy import Connection, delete, insert, select

from ...standaard.indeling import Gemeente, Indeling
from .. import versies
from ..tabellen.partijen import gemeente as tabel


def indeling(verbinding: Connection) -> Indeling:
    """The division as this node knows it."""
    return _indeling(tuple(eigen(verbinding)))


def eigen(verbinding: Connection) -> list[Gemeente]:
    """Only what differs from what is packaged, by code."""
    rijen = verbinding.execute(select(tabel).order_by(tabel.c.code))
    return [Gemeente(rij.code, rij.naam, rij.van, rij.tot, tuple(rij.opgegaan_in.split())) for rij in rijen]


def bewaar(verbinding: Connection, gewijzigd: Iterable[Gemeente], weg: Collection[str] = ()) -> None:
    """Put these in the place of what was known of their codes; of ``weg`` holds what is packaged again."""
    rijen = [
        {"code": een.code, "naam": een.naam, "van": een.van, "tot": een.tot, "opgegaan_in": " ".join(een.opgegaan_in)}
        for een in gewijzigd
    ]
    verbinding.execute(delete(tabel).where(tabel.c.code.in_([*(rij["code"] for rij in rijen), *weg])))
    if rijen:
        verbinding.execute(insert(tabel), rijen)
    for versie in (versies.TOEGANG, versies.CONTRACT):
        versies.verhoog(verbinding, versie)


@lru_cache(maxsize=8)
def _indeling(eigen_: tuple[Gemeente, ...]) -> Indeling:
    """Shared by all who have the same."""
    return Indeling(eigen_)
