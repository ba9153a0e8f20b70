"""What the operator sees of pushing, and does about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from ...opslag.berichten import bezorgingen as tabel
from ...opslag.database import schrijvend
from ...opslag.partijen import partijen
from ...partijen.partij import PartijFout


@dataclass(frozen=True, slots=True)
class Vastgelopen:
    """What could not be pushed: to whom, its referentienummer, how often and since when it was tried, and what the last
    attempt that ended came to. ``volgende_op`` is None when it was broken off; ``bezig``: it is being tried now."""

    partij: str
    nummer: str
    pogingen: int
    sinds: datetime
    volgende_op: datetime | None
    bezig: bool
    reden: str


def vastgelopen(engine: Engine) -> list[Vastgelopen]:
    """What could not be pushed (yet), by party, the oldest first."""
    with engine.connect() as verbinding:
        rijen = tabel.lijst(verbinding)
    return [
        Vastgelopen(
            rij["partij"],
            rij["traceer_id"] or rij["sleutel"].partition("/")[2] or rij["sleutel"],
            rij["pogingen"],
            rij["eerste_poging_op"],
            None if rij["afgebroken_op"] else rij["volgende_op"],
            rij["bezig_tot"] is not None,
            rij["fout"],
        )
        for rij in rijen
    ]


def opnieuw(engine: Engine, code: str, systeem: datetime) -> int:
    """Begin anew with what could not be pushed to this party, also what waits for its next attempt (afgeleid): as if it was
    never tried. How many there are. ``systeem`` is the moment by the clock of the machine. Raises ``PartijFout`` for an
    unknown party."""
    with schrijvend(engine) as verbinding:
        if not any(rij["code"] == code for rij in partijen.alle(verbinding)):
            raise PartijFout(f"Partij {code} bestaat niet.")
        return tabel.opnieuw(verbinding, code, systeem)
