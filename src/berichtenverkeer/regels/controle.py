"""Judging a document by itself: its XSD, and the rules inside one message (levels 1 and 2). No history, nothing kept."""

from dataclasses import dataclass

from ..standaard.fouten import OngeldigBericht
from ..standaard.lezen import Gelezen, lees
from ..standaard.schema import Schemas
from ..standaard.xml import MAX_BYTES
from .bevinding import Bevinding, Ernst, van_ongeldig
from .toetsen import bevindingen, toets_bericht


@dataclass(frozen=True, slots=True)
class Controle:
    """What was found in a document that is a message of the standard; ``gelezen`` is it when its XSD is kept."""

    berichtsoort: str
    bevindingen: tuple[Bevinding, ...]
    gelezen: Gelezen | None

    @property
    def geldig(self) -> bool:
        """Whether nothing of it refuses; a signaal does not."""
        return all(bevinding.ernst is Ernst.SIGNAAL for bevinding in self.bevindingen)


def controleer(data: bytes, schemas: Schemas, max_bytes: int = MAX_BYTES, *, regels: bool = True) -> Controle:
    """Judge a document; without ``regels`` by its XSD only. Raises ``Berichtfout`` for what cannot be read as a message of the
    standard at all."""
    try:
        gelezen = lees(data, schemas, max_bytes)
    except OngeldigBericht as fout:
        return Controle(fout.berichtsoort, tuple(van_ongeldig(fout)), None)
    treffers = toets_bericht(gelezen.bericht, gelezen.soort, gelezen.data) if regels else []
    return Controle(gelezen.soort.code, tuple(bevindingen(gelezen, treffers)), gelezen)
