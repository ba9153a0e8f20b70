"""What waits at this node, for who looks after it or after a party."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from ..opslag import wachtend as tabel
from ..opslag.database import momentopname


@dataclass(frozen=True, slots=True)
class Wachtrij:
    """A queue: what it is in Dutch, how much waits in it, since when the oldest does, and what to do when that is long."""

    naam: str
    aantal: int
    oudste: datetime | None
    uitleg: str


_RIJEN = (
    (
        "Declaraties die nog worden beoordeeld",
        tabel.in_verwerking,
        "Grote declaraties, een voor een. Duurt het lang, kijk dan of er een werker draait (BV_WERKER, of 'berichtenverkeer worker').",
    ),
    (
        "Berichten die op het antwoord van de ontvanger wachten",
        tabel.voorlopig,
        "De ontvanger oordeelt zelf. Is de termijn voorbij, vraag hem dan om zijn retourbericht.",
    ),
    (
        "Berichten die klaarliggen",
        tabel.in_postvak,
        "Nog niet opgehaald en bevestigd. Blijft het liggen, vraag de partij dan of haar software ophaalt en bevestigt.",
    ),
)


def stand(engine: Engine, partij: str | None) -> list[Wachtrij]:
    """How the queues stand: of the node, or what of them is of a party."""
    with momentopname(engine) as verbinding:
        gevonden = [(naam, tel(verbinding, partij), uitleg) for naam, tel, uitleg in _RIJEN]
    return [Wachtrij(naam, deze.aantal, deze.oudste, uitleg) for naam, deze, uitleg in gevonden]
