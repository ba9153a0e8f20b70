"""The fields of how much is asked or assigned, on more forms."""

from collections.abc import Sequence

from ..standaard.domein import Domein
from ..voorstel.opstellen.aanvraag import CATEGORIEEN
from . import opmaak
from .bedrag import HINT
from .veld import Veld

BEDRAGEN = ("budget",)
"""Those of them that hold an amount."""


def verzoekvelden(domein: Domein, hint: str, anders: str = "") -> Sequence[Veld]:
    """Volume, unit, frequency and budget; ``hint`` is what an empty volume means, ``anders`` what an empty choice means."""
    return [
        Veld("volume", "Volume", hint),
        Veld("eenheid", "Eenheid", keuzes=opmaak.keuzes_uit("WJ756", domein, anders or "Niet ingevuld")),
        Veld("frequentie", "Frequentie", keuzes=opmaak.keuzes_uit("WMO757", domein, anders or "Niet ingevuld")),
        Veld("budget", "Budget", HINT),
    ]


def categorieen(domein: Domein, zonder: str) -> opmaak.Keuzes:
    """The product categories to choose from."""
    return opmaak.keuzes_uit(CATEGORIEEN[domein], domein, zonder)
