"""Messages that their receiver judges for itself, without their retourbericht (OP090)."""

from ...levensloop.termijnen import RETOUR
from ...standaard.berichtsoort import BERICHTSOORTEN
from ..lijst import Werklijst
from ..onbeantwoord import bronnen

LIJST = Werklijst(
    "retour-ontbreekt",
    "Berichten waarvan de ontvanger zelf oordeelt en waarop nog geen retourbericht kwam.",
    "Ontvanger: verwerk het bericht en stuur het retourbericht; lukt dat niet, meld het de verzender buiten het "
    "berichtenverkeer om. Verzender: neem na de termijn contact op met de ontvanger.",
    bronnen(
        [code for code, soort in BERICHTSOORTEN.items() if soort.retour],
        RETOUR,
        lambda code: str(BERICHTSOORTEN[code].retour),
    ),
)
