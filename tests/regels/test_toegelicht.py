"""A code in a finding carries what it means: whichever rule names it, and once."""

import re

import pytest
from tests.conformance.gevallen import maak_bericht

from berichtenverkeer.regels.toegelicht import toegelicht
from berichtenverkeer.standaard.berichten.onderdeel import Onderdeel
from berichtenverkeer.standaard.berichtsoort import Berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.vorm import plaatsen

from .test_zinnen import gevonden


def deel_van(domein: Domein, einde: str) -> tuple[Onderdeel, Berichtsoort]:
    soort, bericht = maak_bericht("301", domein)
    return next(deel for pad, deel in plaatsen(bericht, soort) if pad.endswith(einde)), soort


@pytest.mark.parametrize(
    ("domein", "tekst", "uit"),
    [
        (Domein.IWMO, "bij Eenheid 04.", "bij Eenheid 04 (uur)."),
        (Domein.IWMO, "Een eenheid 83 is er.", "Een eenheid 83 (euro's) is er."),
        (Domein.IWMO, "bij Eenheid 14, 16 of 84.", "bij Eenheid 14 (etmaal), 16 (dagdeel, 4 uur) of 84 (stuks, inspanning)."),
        (Domein.IWMO, "Frequentie 2 (per week) is er.", "Frequentie 2 (per week) is er."),
        (Domein.IWMO, "Frequentie 3 is er niet.", "Frequentie 3 is er niet."),
        (Domein.IWMO, "RedenBeeindiging 31.", "RedenBeeindiging 31 (verhuizing naar een andere gemeente)."),
        (Domein.IJW, "RedenBeeindiging 31.", "RedenBeeindiging 31 (levering is volgens plan beëindigd)."),
        (Domein.IJW, "van categorie 45 naar 46.", "van categorie 45 (jeugdhulp ambulant) naar 46."),
        (Domein.IJW, "NaamGebruik 4 kan niet.", "NaamGebruik 4 kan niet."),  # too long to stand in a sentence
        (Domein.IJW, "gemeente 0363 en retourcode 9999", "gemeente 0363 (Amsterdam) en retourcode 9999"),
        (Domein.IJW, "DebetCredit C op Eenheid 0412.", "DebetCredit C (creditbedrag en aantal) op Eenheid 0412."),
        (Domein.IJW, "Begindatum 2026-02-01, Volume 4", "Begindatum 2026-02-01, Volume 4"),
        (Domein.IJW, "Geslacht 1 van iemand", "Geslacht 1 van iemand"),  # about a person
    ],
)  # fmt: skip
def test_a_code_is_told_with_what_it_means(domein: Domein, tekst: str, uit: str) -> None:
    assert toegelicht(tekst, *deel_van(domein, "/ToegewezenProduct[1]")) == uit


@pytest.mark.parametrize(
    ("einde", "uit"), [("/Contact[1]", "04 (tijdelijk verblijfadres)"), ("/Relatie[1]", "04 (financieel, gemachtigd)")]
)
def test_an_element_with_two_lists_has_that_of_its_class(einde: str, uit: str) -> None:
    assert toegelicht("Soort 04", *deel_van(Domein.IWMO, einde)) == f"Soort {uit}"


def test_an_element_with_two_lists_is_left_alone_elsewhere() -> None:
    assert toegelicht("Soort 04", *deel_van(Domein.IWMO, "/Client")) == "Soort 04"


def test_no_finding_names_an_eenheid_or_a_reden_without_its_meaning() -> None:
    kaal = re.compile(
        r"\b(?:Eenheid|Frequentie|RedenBeeindiging|StatusAanlevering|VerzoekAntwoord) [0-9]+(?![0-9]| \()"
    )
    zinnen = {zin for bevinding in gevonden() for zin in (bevinding.melding, bevinding.advies)}
    assert {zin for zin in zinnen if kaal.search(zin)} == set()
