"""What a retourbericht, or a 325, says: the codes per class, and the verdict in them."""

from functools import cache

from ...instellingen import Instellingen
from ...oordeel.declaratie import ALLES_TOEGEKEND, NIET_BEOORDEELD, uitslag_van
from ...oordeel.oordeel import Berichtoordeel, van_declaratie
from ...oordeel.retour import GEEN_OPMERKING
from ...standaard.berichten.declaratie import Bericht323, Bericht325
from ...standaard.lezen import Gelezen, lees
from ...standaard.schema import Schemas
from ...standaard.vorm import WORTEL, plaatsen

_GEEN_FOUT = {GEEN_OPMERKING, ALLES_TOEGEKEND, NIET_BEOORDEELD}


def codes_van(retour: bytes) -> dict[str, tuple[str, ...]]:
    """The RetourCodes of every class that has them, sorted, by its path below the root: ``Client/StartProducten/StartProduct[1]``."""
    return codes_in(lees(retour, _schemas()))


def codes_in(gelezen: Gelezen) -> dict[str, tuple[str, ...]]:
    """The same of a message that was read."""
    uit: dict[str, tuple[str, ...]] = {}
    for pad, deel in plaatsen(gelezen.bericht, gelezen.soort):
        codes = getattr(deel, "RetourCodes", None)
        if codes is not None:
            uit[pad.removeprefix(f"/{WORTEL}/")] = tuple(sorted(codes))
    return uit


def fouten_in(codes: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """The codes that find a fault."""
    return frozenset(code for bij in codes.values() for code in bij) - _GEEN_FOUT


def oordeel_van(retour: bytes | None, heen: bytes) -> str:
    """The verdict that a retourbericht, or a 325, gives of the message it answers; without one the receiver judges for itself,
    and it is ``voorlopig``."""
    if retour is None:
        return Berichtoordeel.VOORLOPIG
    antwoord = lees(retour, _schemas()).bericht
    if isinstance(antwoord, Bericht325):
        bericht = lees(heen, _schemas()).bericht
        assert isinstance(bericht, Bericht323)
        return van_declaratie(uitslag_van(antwoord, bericht))
    return Berichtoordeel.AFGEKEURD if fouten_in(codes_van(retour)) else Berichtoordeel.GOEDGEKEURD


@cache
def _schemas() -> Schemas:
    return Schemas(Instellingen().xsd_dir)
