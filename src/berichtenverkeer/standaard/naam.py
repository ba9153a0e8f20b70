"""A person's name as one writes it."""

from .berichten.basis import Achternaam, VerkorteNaam, VolledigeNaam


def volledig(naam: VolledigeNaam | VerkorteNaam) -> str:
    """By its NaamGebruik (COD700): own, of the partner, or both in either order; letters or else names before it."""
    eigen = _achternaam(naam.Geslachtsnaam)
    ander, gebruik = "", ""
    if isinstance(naam, VolledigeNaam):
        ander, gebruik = _achternaam(naam.Partnernaam) if naam.Partnernaam else "", naam.NaamGebruik
    delen = {"2": (ander,), "3": (ander, eigen), "4": (eigen, ander)}.get(gebruik, (eigen,))
    achternaam = "-".join(deel for deel in delen if deel) or eigen
    return " ".join(filter(None, (naam.Voorletters or naam.Voornamen, achternaam)))


def _achternaam(naam: Achternaam) -> str:
    return " ".join(filter(None, (naam.Voorvoegsel, naam.Achternaam)))
