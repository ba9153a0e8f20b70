"""What there is to see of a flow of which the other side plays some parties: their postvak is not ours to read. Pure."""

from collections.abc import Collection, Mapping
from typing import Any

from ...standaard.berichtsoort import BERICHTSOORTEN
from ..bestand.flow import Flow, Stap, Verwacht

_ANTWOORD = "325"
_VAN_PARTIJ = ("postvak", "werklijsten")
"""What is expected of a party by itself."""


def is_melding(item: Mapping[str, Any]) -> bool:
    """Whether an item of a postvak tells of an inzet, and is no message."""
    return "inzet" in item


class Zicht:
    """``speelt`` names the parties that the other side plays, ``codes`` is the code of each party."""

    def __init__(self, flow: Flow, speelt: Collection[str], codes: Mapping[str, str]) -> None:
        self._flow = flow
        self.hunne = [naam for naam in flow.partijen if naam in speelt]
        self.onze = [naam for naam in flow.partijen if naam not in speelt]
        self._van_code = {codes[naam]: naam for naam in self.hunne}

    def is_van_hen(self, item: Mapping[str, Any]) -> bool:
        """Whether the other side sent what lies in a postvak of ours; what the node answers for it is not its own, nor a melding of
        an inzet."""
        if is_melding(item):
            return False
        routering = item["routeringgegevens"]
        wie = self._van_code.get(routering["afzender"]["code"])
        soort = BERICHTSOORTEN.get(routering["berichtstroom"]["berichtsubtype"])
        if wie is None or soort is None:
            return False
        zelf = self._flow.partijen[wie].beoordeling == "partij"
        return zelf or not (soort.is_retour or soort.nummer == _ANTWOORD)

    def niet_te_zien(self, stap: Stap, naar: str) -> str:
        """Why what the other side sends to this party cannot be waited for; empty when it can."""
        if stap.nogmaals:
            return "dezelfde bytes worden niet nog eens bezorgd"
        if stap.is_bestand:
            return "een bestand van de andere kant is niet te verwachten"
        if naar in self.hunne:
            return f"het postvak van {naar} is niet van ons"
        verwacht = stap.verwacht
        zelf = self._flow.partijen[naar].beoordeling == "partij"
        if verwacht.geweigerd or (not zelf and (verwacht.oordeel == "afgekeurd" or verwacht.regels)):
            return "wat het knooppunt afwijst, wordt niet bezorgd"
        return ""

    def te_zien(self, verwacht: Verwacht) -> tuple[Verwacht, tuple[str, ...]]:
        """What can be compared, and what cannot."""
        weg: list[str] = []
        onze: dict[str, Any] = {}
        for wat in _VAN_PARTIJ:
            if (per_partij := getattr(verwacht, wat)) is not None:
                weg += [f"{wat} van {naam}" for naam in per_partij if naam in self.hunne]
                onze[wat] = {naam: inhoud for naam, inhoud in per_partij.items() if naam in self.onze}
        return verwacht.model_copy(update=onze), tuple(weg)
