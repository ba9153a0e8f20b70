"""A name as one writes it."""

import pytest

from berichtenverkeer.standaard.berichten.basis import Achternaam, VerkorteNaam, VolledigeNaam
from berichtenverkeer.standaard.naam import volledig


@pytest.mark.parametrize(
    ("gebruik", "naam"),
    [
        ("1", "A. van den Berg"),
        ("2", "A. de Boom"),
        ("3", "A. de Boom-van den Berg"),
        ("4", "A. van den Berg-de Boom"),
        ("9", "A. van den Berg"),
    ],
)
def test_by_its_use(gebruik: str, naam: str) -> None:
    eigen, ander = _achternaam("Berg", "van den"), _achternaam("Boom", "de")
    assert (
        volledig(
            VolledigeNaam(
                Geslachtsnaam=eigen, Partnernaam=ander, Voornamen="Anna", Voorletters="A.", NaamGebruik=gebruik
            )
        )
        == naam
    )


def test_without_a_partner_or_letters() -> None:
    assert volledig(VolledigeNaam(Geslachtsnaam=_achternaam("Berg"), Voornamen="Anna", NaamGebruik="2")) == "Anna Berg"
    assert volledig(VerkorteNaam(Geslachtsnaam=_achternaam("Berg"))) == "Berg"


def _achternaam(naam: str, voorvoegsel: str | None = None) -> Achternaam:
    return Achternaam(Achternaam=naam, Voorvoegsel=voorvoegsel)
