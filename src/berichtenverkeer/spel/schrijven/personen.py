"""The clients of a flow: made when they are first needed, or learnt from a message that someone else sent. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .inhoud import Inhoud
from .sjablonen import sjablonen
from .waarden import Omgeving

_VELDEN = ("Bsn", "Geboortedatum", "Geslacht", "Naam")
"""What a message says of its client."""


@dataclass
class Personen:
    """``clienten`` is what the flow says of each, by name."""

    clienten: Mapping[str, Mapping[str, Any]]
    omgeving: Omgeving
    _bekend: dict[str, Inhoud] = field(default_factory=dict)

    def geef(self, naam: str) -> Inhoud:
        """The client of this name; its Bsn is the variable of that name."""
        if naam not in self._bekend:
            anders = self.omgeving.waarde(self.clienten[naam])
            nummer = anders.get("Bsn") or self.omgeving.nummers.bsn()
            self.omgeving.namen.setdefault(naam, nummer)
            self._bekend[naam] = _over(self.omgeving.waarde(sjablonen()["persoon"]) | {"Bsn": nummer}, anders)
        return self._bekend[naam]

    def leer_kennen(self, naam: str, client: Mapping[str, Any]) -> None:
        """The client of this name is who a message names as ``Client``."""
        if "Bsn" not in client:
            return
        self.omgeving.namen.setdefault(naam, client["Bsn"])
        bekend = self._bekend.get(naam) or self.omgeving.waarde(sjablonen()["persoon"])
        self._bekend[naam] = _over(bekend, {veld: client[veld] for veld in _VELDEN if veld in client})


def _over(persoon: Inhoud, anders: Mapping[str, Any]) -> Inhoud:
    return persoon | dict(anders) | {"Naam": persoon["Naam"] | anders.get("Naam", {})}
