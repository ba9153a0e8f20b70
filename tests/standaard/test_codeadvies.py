"""A code that is not in its list is told what it means elsewhere and what was meant; what is about a person is not repeated."""

import pytest

from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.codelijst import codelijsten, rijen
from berichtenverkeer.standaard.fouten import OngeldigBericht, XsdFout
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.toelichting import toegelicht

from .berichtgenerator import SCHEMAS, als_bytes, element, voorbeeld


def fout_van(soort: str, naam: str, waarde: str) -> XsdFout:
    wortel = voorbeeld(BERICHTSOORTEN[soort])
    element(wortel, naam).text = waarde
    with pytest.raises(OngeldigBericht) as gevangen:
        lees(als_bytes(wortel), SCHEMAS)
    [fout] = gevangen.value.fouten
    return fout


@pytest.mark.parametrize(
    ("soort", "naam", "waarde", "melding", "advies"),
    [
        (
            "JW307", "RedenBeeindiging", "19",
            "RedenBeeindiging 19 bestaat in iJw niet; in iWmo is dat ‘levering volgens plan beeindigd’.",
            "Bedoeld is 31 (levering is volgens plan beëindigd).",
        ),
        (
            "WMO307", "RedenBeeindiging", "35",
            "RedenBeeindiging 35 bestaat in iWmo niet; in iJw is dat ‘voortijdig afgesloten, externe oorzaak’.",
            "Bedoeld is 31 (verhuizing naar een andere gemeente).",
        ),
        (
            "WMO307", "RedenBeeindiging", "33",
            "RedenBeeindiging 33 bestaat in iWmo niet; in iJw is dat ‘voortijdig afgesloten, door aanbieder’; in een eerdere release "
            "was dat ‘voortzetting in Zvw’.",
            "Bedoeld is 22 (levering is eenzijdig door aanbieder beeindigd). Of, in de andere betekenis: 39 (uitstroom naar ander "
            "domein).",
        ),
        (
            "WMO301", "Frequentie", "3",
            "Frequentie 3 bestaat in iWmo niet; in een eerdere release was dat ‘per vier weken’.",
            "Bedoeld is 2 (per week) of 4 (per maand). Reken het volume om.",
        ),
        ("WMO301", "Eenheid", "4", None, "Bedoeld is waarschijnlijk 04 (uur)."),
        ("JW307", "StatusAanlevering", "01", None, "Bedoeld is waarschijnlijk 1 (eerste aanlevering)."),
        ("WMO301", "Eenheid", "UUR", None, "Bedoeld is waarschijnlijk 04 (uur)."),
        (
            "WMO301", "Eenheid", "zzz", None,
            "Toegestaan: 01 (minuut), 04 (uur), 14 (etmaal), 16 (dagdeel, 4 uur), 82 (stuks, output), 83 (euro's), "
            "84 (stuks, inspanning).",
        ),
        (
            "WMO305", "Categorie", "45",
            "Categorie 45 bestaat in iWmo niet; in iJw is dat ‘jeugdhulp ambulant’.",
            "Toegestaan: 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11, 12, 13, 14, 15, 16, 17, 18; zie codelijst WMO020.",
        ),
        ("JW301", "LandCode", "QQ", None, "Kies een code uit de codelijst Land (COD032)."),
    ],
)  # fmt: skip
def test_it_says_what_the_code_means_and_what_was_meant(
    soort: str, naam: str, waarde: str, melding: str | None, advies: str
) -> None:
    fout = fout_van(soort, naam, waarde)
    assert fout.melding == (melding or f"{naam} heeft een waarde die niet in de codelijst staat.")
    assert fout.advies == advies


@pytest.mark.parametrize("waarde", ["9", "M", "Mannelijk", "999900006"])
def test_a_value_about_a_person_is_never_repeated(waarde: str) -> None:
    fout = fout_van("WMO301", "Geslacht", waarde)
    assert fout.melding == "Geslacht heeft een waarde die niet in de codelijst staat."
    assert fout.advies == "Toegestaan: 0 (onbekend), 1 (mannelijk), 2 (vrouwelijk)."


def test_every_code_that_was_meant_is_in_the_list_and_the_other_is_not() -> None:
    lijsten = {lijst.naam_code: lijst for domein in ("iwmo", "ijw") for lijst in codelijsten(domein)}
    for rij in rijen("bedoeld.csv"):
        lijst = lijsten[rij["codelijst"]]
        assert rij["code"] not in lijst, rij
        assert all(toegelicht(lijst, code) for code in rij["bedoeld"].split("|")), rij
        assert rij["betekende"] or rij["codelijst"] in ("JZ588", "WMO588")
