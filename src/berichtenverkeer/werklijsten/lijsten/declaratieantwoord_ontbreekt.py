"""Declaraties (323) without their 325 (OP090x4)."""

from ...levensloop.termijnen import DECLARATIEANTWOORD
from ...standaard.berichtsoort import BERICHTSOORTEN
from ..lijst import Werklijst
from ..onbeantwoord import bronnen

LIJST = Werklijst(
    "declaratieantwoord-ontbreekt",
    "Declaraties (323) waarop nog geen 325 kwam.",
    "Gemeente: stuur het 325; lukt dat niet op tijd, neem dan contact op met de aanbieder. Aanbieder: neem na de termijn "
    "contact op als u niets hoorde; dien niet opnieuw in.",
    bronnen(
        [code for code, soort in BERICHTSOORTEN.items() if soort.nummer == "323"], DECLARATIEANTWOORD, lambda _: "325"
    ),
)
