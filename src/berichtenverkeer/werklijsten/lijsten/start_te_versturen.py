"""Starts that a partner reported, and for which no 305 was sent."""

from ...levensloop.overgangen import Leveringstoestand
from ...levensloop.termijnen import START
from ..bureau import van_hoofdaannemer
from ..lijst import Werklijst
from ..meldingen import Gemeld, te_versturen


def _blijft(gemeld: Gemeld) -> bool:
    """Nothing was started; or what was stopped for a while goes on again."""
    hervat = gemeld.levering is Leveringstoestand.TIJDELIJK_GESTOPT and gemeld.laatste
    return gemeld.levering is Leveringstoestand.NIET_GESTART or hervat


LIJST = Werklijst(
    "start-te-versturen",
    "Starts die een partner aan de hoofdaannemer meldde en waarvoor nog geen 305 is verstuurd.",
    "Hoofdaannemer: stuur het 305; `voorstel` is de vraag die het geeft, met wat de regels ervan zeggen.",
    (
        van_hoofdaannemer(
            te_versturen("start", "305", START, _blijft, lambda melding: {"begindatum": str(melding.datum)})
        ),
    ),
)
