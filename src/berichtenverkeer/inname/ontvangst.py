"""The answer to who sent a message, as it was given and as it is given again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..oordeel.weigering import Weigering


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """What became of a message; ``bevindingen`` as they are stored. ``nieuw`` is False when the same bytes were taken in before."""

    id: str
    berichtsoort: str
    identificatie: str | None
    afzender: str
    ontvanger: str
    ontvangen_op: datetime
    oordeel: str
    bevindingen: list[dict[str, Any]]
    retour: dict[str, str] | None
    nieuw: bool


class Apart(Exception):
    """A message was not judged here: it would keep others waiting, or what it was judged against elsewhere has changed."""


Uitkomst = Ontvangst | Weigering | Apart
"""What comes of a message: it was taken in, there is nothing it can belong to, or it is first to be judged elsewhere."""


def van_rij(rij: Mapping[Any, Any], *, nieuw: bool = False) -> Ontvangst:
    """The answer on a stored message: its row, with ``retour_id`` and ``retour_soort``."""
    retour = {"id": rij["retour_id"], "berichtsoort": rij["retour_soort"]} if rij["retour_id"] else None
    return Ontvangst(
        id=rij["id"],
        berichtsoort=rij["berichtsoort"],
        identificatie=rij["identificatie"],
        afzender=rij["afzender"],
        ontvanger=rij["ontvanger"],
        ontvangen_op=rij["ontvangen_op"],
        oordeel=rij["oordeel"],
        bevindingen=rij["bevindingen"],
        retour=retour,
        nieuw=nieuw,
    )


def retour_van(rij: Mapping[Any, Any] | None) -> dict[str, Any]:
    """The row of an answer, or none, as the columns that ``van_rij`` asks for."""
    return {"retour_id": rij["id"] if rij else None, "retour_soort": rij["berichtsoort"] if rij else None}
