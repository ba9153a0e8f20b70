"""What two parties sent each other about a client before, as their node tells it."""

from collections.abc import Callable
from datetime import datetime

import httpx

from ...standaard.domein import Domein
from ..deuren.deur import json_van, nederlands
from ..deuren.lijst import zoek_bladzijden
from .plan import Eerder


class Geschiedenis:
    """Asks the node; what it fetched once it keeps."""

    def __init__(self, klant: Callable[[], httpx.Client]) -> None:
        self._klant = klant
        self._data: dict[str, bytes] = {}

    def eerder(
        self, wet: Domein, paar: dict[str, str], bsn: str, moment: datetime, telt: Callable[[str], bool]
    ) -> list[Eerder]:
        """What was sent about the toewijzingen of this client up to this moment, in order; ``telt`` says of the id of a message
        whether it came before."""
        gevonden: dict[str, datetime] = {}
        vraag = {"domein": str(wet), **paar, "bsn": bsn}
        bladzijden = zoek_bladzijden(self._klant(), "/v1/toewijzingen", vraag)
        for toewijzing in (item for items in bladzijden for item in items):
            for punt in json_van(self._klant().get(f"/v1/toewijzingen/{toewijzing['id']}/tijdlijn"))["items"]:
                if punt["bericht"] is not None and telt(punt["bericht"]["id"]):
                    gevonden.setdefault(punt["bericht"]["id"], nederlands(punt["moment"]))
        return [
            Eerder(self._inhoud(id_), toen)
            for id_, toen in sorted(gevonden.items(), key=lambda paar: paar[1])
            if toen <= moment
        ]

    def _inhoud(self, id_: str) -> bytes:
        if id_ not in self._data:
            self._data[id_] = self._klant().get(f"/v1/berichten/{id_}/xml").raise_for_status().content
        return self._data[id_]
