"""Playing a recording at once, on a node of its own: what came of it there must be what came of it where it was recorded."""

from pathlib import Path
from tempfile import TemporaryDirectory

from ...standaard.schema import Schemas
from ..bestand.flow import EINDE, lees
from ..doelen.proefknoop import proefknoop
from ..spelen.samen import speel_samen
from ..spelen.verloop import Opties, Verloop


def speel_na(tekst: str, xsd_dir: Path) -> Verloop:
    """How the flow in this text goes. Raises ``FlowFout`` when it is none, and ``StartNiet``."""
    with TemporaryDirectory(prefix="berichtenverkeer-", ignore_cleanup_errors=True) as map_:
        pad = Path(map_) / f"opname{EINDE}"
        pad.write_text(tekst, encoding="utf-8")
        flow = lees(pad)
    with proefknoop(xsd_dir) as eigen:
        [verloop] = speel_samen([(flow, flow.wetten[0])], eigen, Schemas(xsd_dir), Opties())
    return verloop
