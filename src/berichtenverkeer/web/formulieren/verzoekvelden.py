"""The fields of what is asked or assigned, on more forms."""

from collections.abc import Sequence

from ...standaard.domein import Domein
from ...voorstel.opstellen.aanvraag import CATEGORIEEN, JA_NEE, VERWIJZERS
from .. import opmaak
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


def productvelden(domein: Domein | None) -> Sequence[Veld]:
    """What is asked in a 315; of a law that is still to be chosen the categories are a question of the proposal."""
    lijsten = domein or Domein.IWMO  # of which they are the same under both laws
    ja_nee = opmaak.keuzes_uit(JA_NEE, lijsten, "Niet ingevuld")
    categorie = (
        Veld("categorie", "Productcategorie", altijd=False, leeg="Kies")
        if domein is None
        else Veld("categorie", "Productcategorie", keuzes=categorieen(domein, "Kies"))
    )
    hint = "" if domein is Domein.IJW else "Alleen bij jeugdhulp"
    gezag = Veld("gezagsdrager_bekend", "Weet wie het gezag heeft ervan?", hint, keuzes=ja_nee)
    return [
        categorie,
        Veld("code", "Productcode", "Leeg: de gemeente kiest"),
        Veld("vanaf", "Vanaf", soort="date"),
        Veld("einddatum", "Tot en met", "Leeg: zonder einddatum", "date"),
        *verzoekvelden(lijsten, ""),
        Veld("verwijzer", "Wie verwees de cliënt?", keuzes=opmaak.keuzes_uit(VERWIJZERS, lijsten, "Kies")),
        Veld(
            "zorgverlener", "AGB-code van wie verwees", "8 cijfers; bij huisarts, jeugdarts, instelling of specialist"
        ),
        Veld("verwijzer_naam", "Naam van wie verwees", "Als de AGB-code niet bekend is"),
        Veld("beschikkingnummer", "Nummer van de beschikking", "Als die er is"),
        Veld("beschikking_ingangsdatum", "Ingangsdatum van de beschikking", "Als die er is", "date"),
        Veld("raamcontract", "Valt het onder een raamcontract?", keuzes=ja_nee),
        *([] if domein is Domein.IWMO else [gezag]),
        Veld("commentaar", "Toelichting voor de gemeente", "Hoogstens 200 tekens"),
    ]
