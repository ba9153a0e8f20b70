"""What waits at this node, for who looks after it or after a party."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from ..opslag.berichten import wachtend as tabel
from ..opslag.database import momentopname


@dataclass(frozen=True, slots=True)
class Wachtrij:
    """A queue: what it is in Dutch, how much waits in it, since when the oldest does, and what to do when that is long."""

    code: str
    """A word for it that does not change."""

    naam: str
    aantal: int
    oudste: datetime | None
    uitleg: str


_RIJEN = (
    (
        "in-verwerking",
        "Declaraties die nog worden beoordeeld",
        tabel.in_verwerking,
        "Grote declaraties, een voor een. Duurt het lang, kijk dan of er een werker draait (BV_WERKER, of 'berichtenverkeer worker').",
    ),
    (
        "voorlopig",
        "Berichten die op het antwoord van de ontvanger wachten",
        tabel.voorlopig,
        "De ontvanger oordeelt zelf. Is de termijn voorbij, vraag hem dan om zijn retourbericht.",
    ),
    (
        "postvak",
        "Berichten die klaarliggen",
        tabel.in_postvak,
        "Nog niet opgehaald en bevestigd. Blijft het liggen, vraag de partij dan of haar software ophaalt en bevestigt.",
    ),
    (
        "bezorging",
        "Berichten die niet bij een eindpunt kwamen",
        tabel.te_bezorgen,
        "Het knooppunt probeert het opnieuw, of is gestopt. Vraag de partij dan of haar eindpunt werkt, en begin opnieuw.",
    ),
    (
        "webhooks",
        "Meldingen die een webhook nog moet horen",
        tabel.te_vertellen,
        "Blijft het oplopen, vraag de partij dan of de ontvanger van de webhook werkt.",
    ),
)


def stand(engine: Engine, partij: str | None) -> list[Wachtrij]:
    """How the queues stand: of the node, or what of them is of a party."""
    with momentopname(engine) as verbinding:
        gevonden = [(code, naam, tel(verbinding, partij), uitleg) for code, naam, tel, uitleg in _RIJEN]
    return [Wachtrij(code, naam, deze.aantal, deze.oudste, uitleg) for code, naam, deze, uitleg in gevonden]
