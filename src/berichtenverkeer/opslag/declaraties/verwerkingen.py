"""The queue of large declaraties: what was taken in and is still to be judged, and how far it is."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from ..tabellen.berichten import bericht, teller, verwerking
from ..tabellen.declaraties import declaratie
from ..tabellen.dossiers import toewijzing
from ..teller import STAND


def stel_uit(verbinding: Connection, id_: str, domein: str, aanbieder: str, volgnummer: int, totaal: int) -> None:
    """Put a 323 in the queue; ``totaal`` is how many clients it has."""
    rij = {"bericht": id_, "domein": domein, "aanbieder": aanbieder, "volgnummer": volgnummer}
    verbinding.execute(insert(verwerking).values(**rij, gedaan=0, totaal=totaal))


def wacht(verbinding: Connection, domein: str, aanbieder: str) -> bool:
    """Whether a 323 of this aanbieder under this law is in the queue."""
    gevraagd = select(verwerking.c.bericht).where(verwerking.c.domein == domein, verwerking.c.aanbieder == aanbieder)
    return verbinding.execute(gevraagd.limit(1)).first() is not None


class Wachtend(NamedTuple):
    """A 323 in the queue; ``trace`` is the traceparent of the request with which it came."""

    id: str
    domein: str
    aanbieder: str
    trace: str | None


def rij(verbinding: Connection) -> list[Wachtend]:
    """What waits, in the order in which it came."""
    v = verwerking.c
    gevraagd = select(v.bericht, v.domein, v.aanbieder, bericht.c.trace).join(bericht, bericht.c.id == v.bericht)
    return [Wachtend(*een) for een in verbinding.execute(gevraagd.order_by(v.volgnummer))]


def bericht_van(verbinding: Connection, id_: str) -> RowMapping | None:
    """A message that is still in the queue, with its bytes."""
    gevraagd = select(bericht).join(verwerking, verwerking.c.bericht == bericht.c.id).where(bericht.c.id == id_)
    return verbinding.execute(gevraagd).mappings().first()


def voortgang(verbinding: Connection, id_: str) -> tuple[int, int] | None:
    """How many clients were judged and how many there are; None when it is not in the queue."""
    gevraagd = select(verwerking.c.gedaan, verwerking.c.totaal).where(verwerking.c.bericht == id_)
    gevonden = verbinding.execute(gevraagd).first()
    return (gevonden.gedaan, gevonden.totaal) if gevonden else None


def meld(verbinding: Connection, id_: str, gedaan: int) -> None:
    """Note how many clients were judged."""
    verbinding.execute(update(verwerking).where(verwerking.c.bericht == id_).values(gedaan=gedaan))


def stand(verbinding: Connection) -> int:
    """The last number that was given out: all messages up to it can be seen."""
    waarde: int = verbinding.execute(select(teller.c.waarde).where(teller.c.naam == STAND)).scalar_one()
    return waarde


def veranderd(verbinding: Connection, domein: str, aanbieder: str, sinds: int) -> bool:
    """Whether after this number something came of this aanbieder that a declaratie cannot be put before: a 325 that
    settled another, or a toewijzing that was taken back because nothing was granted on it (TR385)."""
    beide = (
        select(tabel.c.id).where(tabel.c.aanbieder == aanbieder, tabel.c.domein == domein, tabel.c.wijziging > sinds)
        for tabel in (declaratie, toewijzing)
    )
    gesteld, toegewezen = beide
    vragen = gesteld, toegewezen.where(toewijzing.c.verwijderd)
    return any(verbinding.execute(vraag.limit(1)).first() is not None for vraag in vragen)


def rond_af(verbinding: Connection, id_: str, waarden: dict[str, Any]) -> None:
    """Give a message its verdict and its place in the postvak, and take it out of the queue."""
    verbinding.execute(update(bericht).where(bericht.c.id == id_).values(**waarden))
    verbinding.execute(delete(verwerking).where(verwerking.c.bericht == id_))
