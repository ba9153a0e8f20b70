"""The status of a message, by the names of VECOZO's berichtstatus V3.

It is not kept but follows: until a message came of a zending from the zending, from then on from the message.
"""

from collections.abc import Mapping
from typing import Any

from ...oordeel.oordeel import Uitslag
from ...opslag.zendingen import AFGEKEURD
from ..envelop.vsp import Status


def van_bericht(rij: Mapping[Any, Any]) -> Status:
    """The status of a message that was taken in.

    One that the node rejected for its receiver was dealt with and goes no further: its retourbericht says why. One that it
    refused by itself was not even dealt with (``xslt_at_node``).
    """
    if rij["zendingstatus"] == AFGEKEURD:
        return Status.AFGEKEURD_DOOR_DIENST
    if rij["bevestigd_op"]:
        return Status.BEZORGD
    if rij["aangeboden"]:
        return _aangeboden(rij)
    return Status.WORDT_VERWERKT if rij["oordeel"] == Uitslag.IN_VERWERKING else Status.VERWERKING_VOLTOOID


def van_zending(rij: Mapping[Any, Any]) -> Status:
    """The status of an envelope of which no message came (yet), or of a foutbericht."""
    status = Status(rij["status"])
    return _aangeboden(rij) if status is Status.WORDT_AANGEBODEN else status


def bezorgmeldingen(rij: Mapping[Any, Any]) -> list[dict[str, str]]:
    """Why what lies ready could not be pushed; empty when it could, or was not."""
    if not rij["bezorgfout"]:
        return []
    toelichting = _AFGEBROKEN if rij["afgebroken_op"] else _NOG_EENS
    return [{"code": BEZORGING, "omschrijving": rij["bezorgfout"], "toelichting": toelichting}]


BEZORGING = "BEZORGING"
"""The code of a melding that says why pushing failed; the lists in force have none for it (afgeleid)."""

_NOG_EENS = "Het knooppunt probeert het opnieuw; het bericht ligt ook klaar om op te halen."
_AFGEBROKEN = "Het knooppunt probeert het niet meer; het bericht ligt nog klaar om op te halen."


def _aangeboden(rij: Mapping[Any, Any]) -> Status:
    if rij["afgebroken_op"]:
        return Status.BEZORGING_AFGEBROKEN
    return Status.AANBIEDEN_MISLUKT if rij["bezorgfout"] else Status.WORDT_AANGEBODEN
