"""What a gemeente pays in a year, and paid (contract, Money, Betaalschema)."""

from ..hoofdaannemer.betaalschema import Betaalschema
from ..hoofdaannemer.betaalschema import betaalschema as _schema
from ..opslag.bureau import hoofdaannemers
from .bureau import Bedrijfsbureau, kijkend


def betaalschema(bureau: Bedrijfsbureau, gemeente: str, jaar: int) -> Betaalschema:
    """That of a gemeente and year; without lumpsum and payments it has no segmenten."""
    with kijkend(bureau.engine, bureau.code) as zitting:
        lumpsums = hoofdaannemers.lumpsums(zitting.verbinding, bureau.code)
        return _schema(gemeente, jaar, lumpsums, hoofdaannemers.betalingen(zitting.verbinding, bureau.code))
