"""Requests to which nothing came yet (OP274, OP346)."""

from ...levensloop.overgangen import Verzoeksoort, Verzoektoestand
from ..lijst import Werklijst
from ..verzoek import bron

LIJST = Werklijst(
    "antwoord-op-verzoek-ontbreekt",
    "Verzoeken om toewijzing (315, per product) en om wijziging (317) waarop nog niets kwam.",
    "Gemeente: stuur een 301 of een 319; kan het besluit nog niet, zeg dat dan met een 319 met VerzoekAntwoord 2. "
    "Aanbieder: vraag de gemeente na de termijn hoe het staat; een nieuw verzoek kan niet zolang dit openstaat.",
    tuple(bron(soort, Verzoektoestand.INGEDIEND) for soort in Verzoeksoort),
)
