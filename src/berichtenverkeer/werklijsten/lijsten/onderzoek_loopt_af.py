"""Requests of which the gemeente said that it examines them (OP274, OP346)."""

from ...levensloop.overgangen import Verzoeksoort, Verzoektoestand
from ..lijst import Werklijst
from ..verzoek import bron

LIJST = Werklijst(
    "onderzoek-loopt-af",
    "Verzoeken waarvan de gemeente zei dat zij ze onderzoekt.",
    "Gemeente: besluit, met een 301 of met een 319 met VerzoekAntwoord 1.",
    tuple(bron(soort, Verzoektoestand.IN_ONDERZOEK) for soort in Verzoeksoort),
)
