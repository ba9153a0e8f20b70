"""The status of a message, by the names of VECOZO's berichtstatus V3.

It is not kept but follows: until a message came of a zending from the zending, from then on from the message.
"""

from collections.abc import Mapping
from typing import Any

from ...koppelvlak.vsp import Status
from ...verwerking.oordeel import Uitslag


def van_bericht(rij: Mapping[Any, Any]) -> Status:
    """The status of a message that was taken in.

    One that the node rejected for its receiver was dealt with and goes no further: its retourbericht says why.
    """
    if rij["bevestigd_op"]:
        return Status.BEZORGD
    if rij["aangeboden"]:
        return Status.WORDT_AANGEBODEN
    return Status.WORDT_VERWERKT if rij["oordeel"] == Uitslag.IN_VERWERKING else Status.VERWERKING_VOLTOOID
