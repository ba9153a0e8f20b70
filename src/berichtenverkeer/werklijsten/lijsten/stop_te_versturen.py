"""Stops that a partner reported, and for which no 307 was sent."""

from ...levensloop.gebeurtenis import TIJDELIJK
from ...levensloop.overgangen import Leveringstoestand
from ...levensloop.termijnen import STOP
from ...opslag.bureau.inzetten import Partnermelding
from ..bureau import van_hoofdaannemer
from ..lijst import Werklijst
from ..meldingen import Gemeld, te_versturen


def _blijft(gemeld: Gemeld) -> bool:
    """The levering goes on, and no start was reported after it; what is stopped for a while can still be stopped for good."""
    if not gemeld.laatste or gemeld.levering is Leveringstoestand.DEFINITIEF_GESTOPT:
        return False
    return gemeld.levering is not Leveringstoestand.TIJDELIJK_GESTOPT or gemeld.melding.reden != TIJDELIJK


def _vraag(melding: Partnermelding) -> dict[str, str]:
    return {"einddatum": str(melding.datum), **({"reden": melding.reden} if melding.reden else {})}


LIJST = Werklijst(
    "stop-te-versturen",
    "Stops die een partner aan de hoofdaannemer meldde en waarvoor nog geen 307 is verstuurd.",
    "Hoofdaannemer: stuur het 307; `voorstel` is de vraag die het geeft, met wat de regels ervan zeggen. Is er nog geen start gemeld, "
    "stuur dan eerst het 305. Gaat de levering bij een andere partner door, stuur dan niets.",
    (van_hoofdaannemer(te_versturen("stop", "307", STOP, _blijft, _vraag)),),
)
