"""Rule on how the file of a message is written."""

from collections.abc import Iterator

from ...standaard.berichten.kop import DeclaratieAntwoordHeader, Header
from ...standaard.xml import BOM
from ..bevinding import Niveau, Overtreding
from ..kennis import Context
from ..regel import signaal


@signaal(Niveau.BERICHT, "301 305 307 315 317 319 323 325", Header, DeclaratieAntwoordHeader)
def OP192(header: Header, context: Context) -> Iterator[Overtreding]:
    """Een bericht is UTF-8 zonder byte order mark (BOM), en iedere regel eindigt op CR/LF.

    Een bestand op één regel mag. Een andere codering dan UTF-8 is geen signaal: dan is het bericht niet te lezen. Per bericht
    één signaal, wat er ook aan mankeert.
    """
    data = context.data
    gevonden = []
    if data.startswith(BOM):
        gevonden.append("Het bestand begint met een byte order mark (BOM).")
    if not data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r"):
        gevonden.append("Niet alle regels eindigen op CR/LF.")
    if gevonden:
        yield Overtreding(
            context.bericht,
            "",
            " ".join(gevonden),
            "Schrijf het bestand als UTF-8 zonder BOM, met CR/LF aan het einde van iedere regel. Hier gaat het door; andere "
            "software kan het weigeren.",
        )
