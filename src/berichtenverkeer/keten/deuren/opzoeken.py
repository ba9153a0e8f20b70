"""One message by any of its numbers: its id, or what stands on its envelope; also what was refused before it became one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from ...inname.ontvangst import Ontvangst, van_rij
from ...oordeel.oordeel import Berichtoordeel
from ...opslag.berichten import berichten, enveloppen
from ...opslag.berichten.zendingen import AFGEKEURD
from ...standaard.berichtsoort import BERICHTSOORTEN

GEWEIGERD = "geweigerd"
"""The oordeel of what was refused before it became a message."""


@dataclass(frozen=True, slots=True)
class Gevonden:
    """A message as the plain door gives it; and what its own door said of it besides what was found (as JSON)."""

    ontvangst: Ontvangst
    meldingen: list[Mapping[str, str]]


def zoek(verbinding: Connection, partij: str, nummer: str) -> Gevonden | None:
    """The message with this id, or with this traceerId on its envelope, if this party may see it: what it sent or handed in
    goes before what it received."""
    rij = berichten.geef(verbinding, partij, nummer)
    if rij is None and (id_ := enveloppen.id_van(verbinding, partij, nummer)) is not None:
        rij = berichten.zoek(verbinding, [id_])[id_]
    if rij is not None:
        return Gevonden(van_rij(rij), enveloppen.meldingen_bij(verbinding, rij["id"]))
    zonder = enveloppen.zending_zonder_bericht(verbinding, partij, nummer)
    return None if zonder is None else Gevonden(_van_zending(zonder), zonder["meldingen"])


def _van_zending(rij: Mapping[Any, Any]) -> Ontvangst:
    """What is known of a zending of which no message came (yet), in the words of one."""
    soort = BERICHTSOORTEN.get(rij["functie"])
    partijen = rij["zender"], rij["ontvanger"]
    afzender, ontvanger = reversed(partijen) if soort is not None and soort.is_retour else partijen  # IV028
    return van_rij(
        {
            "id": rij["traceer_id"],
            "berichtsoort": rij["functie"],
            "identificatie": None,
            "afzender": afzender,
            "ontvanger": ontvanger,
            "ontvangen_op": rij["ontvangen_op"],
            "oordeel": GEWEIGERD if rij["status"] == AFGEKEURD else str(Berichtoordeel.IN_VERWERKING),
            "bevindingen": rij["bevindingen"] or (),
            "retour_id": None,
        }
    )
