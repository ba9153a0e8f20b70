"""What lies ready for a party, through the door that its software uses: what is new, the bytes, and the acknowledgement."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from ...keten.envelop.stuf import Envelop, lees_stuf
from ..deuren.deur import DeurFout, nederlands
from ..deuren.lijst import POSTVAK, lees_postvak
from ..deuren.stuf import POSTVAK as POSTVAK_STUF
from ..deuren.vsp import PULL

_BEVESTIGD = "Bezorgd"


@dataclass(frozen=True, slots=True)
class Liggend:
    """A message in the postvak: ``traceer_id`` is that of its envelope, ``id`` that of its bytes, ``soort`` ``WMO301`` or ``Fo01``."""

    traceer_id: str
    id: str
    soort: str
    afzender: str
    moment: datetime
    bevestigd: bool


@dataclass
class Brievenbus:
    """The postvak of one party. What is new is asked by its number, so that what was acknowledged is seen too (afgeleid: VSP and
    StUF do not tell that); the bytes and the acknowledgement go through ``deur``."""

    klant: Callable[[], httpx.Client]
    deur: str
    _vanaf: str = field(default="0")

    def nieuw(self) -> list[Liggend]:
        """What came since the last look, oldest first. Raises ``DeurFout``."""
        items, self._vanaf = lees_postvak(self.klant(), self._vanaf)
        return [_liggend(item) for item in items]

    def data(self, liggend: Liggend) -> bytes | None:
        """The bytes; None when they cannot be fetched now. Raises ``DeurFout``."""
        paden = {
            "berichten": f"/v1/berichten/{liggend.id}/xml",
            "vsp": f"{PULL}/{liggend.traceer_id}/payload",
            "stuf": f"{POSTVAK_STUF}/{liggend.traceer_id}",
        }
        antwoord = self.klant().get(paden[self.deur])
        if antwoord.status_code == httpx.codes.NOT_FOUND:
            return None
        if antwoord.is_error:
            raise DeurFout(f"{liggend.soort} is niet op te halen: HTTP {antwoord.status_code}.")
        return _uit_envelop(antwoord.content) if self.deur == "stuf" else antwoord.content

    def bevestig(self, liggend: Liggend) -> None:
        """It is safe here. Raises ``DeurFout``."""
        klant = self.klant()
        match self.deur:
            case "vsp":
                antwoord = klant.delete(f"{PULL}/{liggend.traceer_id}")
            case "stuf":
                antwoord = klant.delete(f"{POSTVAK_STUF}/{liggend.traceer_id}")
            case _:
                antwoord = klant.post(f"{POSTVAK}/{liggend.traceer_id}/bevestigd")
        if antwoord.is_error:
            raise DeurFout(f"{liggend.soort} is niet te bevestigen: HTTP {antwoord.status_code}.")


def _liggend(item: dict[str, Any]) -> Liggend:
    routering, basis = item["routeringgegevens"], item["basisgegevens"]
    return Liggend(
        item["referentiegegevens"]["traceerId"],
        urlsplit(basis["payload"]["url"]).path.split("/")[-2],
        routering["berichtstroom"]["berichtsubtype"],
        routering["afzender"]["code"],
        nederlands(basis["ontvangenOp"]),
        item["status"] == _BEVESTIGD,
    )


def _uit_envelop(data: bytes) -> bytes:
    inhoud = lees_stuf(data).inhoud()
    if not isinstance(inhoud, Envelop):
        raise DeurFout("In het postvak ligt geen envelop van StUF.")
    return inhoud.parameters.payload()
