"""The lists that can be put ready as files, by name."""

from collections.abc import Mapping
from typing import Any

from .. import berichtenlijst, declaraties, toewijzingen, verzoeken
from ..lijstbron import Lijstbron

BRONNEN: Mapping[str, Lijstbron[Any, Any]] = {
    bron.naam: bron for bron in (toewijzingen.BRON, verzoeken.BRON, declaraties.BRON, berichtenlijst.BRON)
}
