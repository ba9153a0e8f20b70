"""What a finding says of its case: the value that is wrong, where, and nothing about a person."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.conformance.boom import Boom
from tests.conformance.gevallen import gevallen, maak_bericht
from tests.conformance.knooppunt import speel

from berichtenverkeer.levensloop.rekenen.tekst import euro, getal
from berichtenverkeer.regels.bevinding import Bevinding, aangevuld
from berichtenverkeer.regels.getoond import VERHULD, getoond
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.domein import Domein

PERSOONLIJK = ("999900006", "Voorbeeld", "Fictief", "1950-05-17", "2012-05-17", "0600000001")
"""What the base messages say of people."""


def gevonden() -> Iterator[Bevinding]:
    """Every finding of every bad case."""
    for geval in gevallen():
        if geval.goed:
            continue
        yield from speel(geval)[0].bevindingen


@pytest.fixture(scope="module")
def alle() -> list[Bevinding]:
    return list(gevonden())


def test_a_finding_names_the_value_that_is_wrong(alle: list[Bevinding]) -> None:
    """A number may be written with its unit; of a group its first element is named."""

    def genoemd(bevinding: Bevinding, waarde: str) -> bool:
        eerste = waarde.partition(", ")[0].rpartition(" ")[2]
        vormen = [eerste, euro(int(eerste)), getal(int(eerste))] if eerste.isdigit() else [eerste]
        return any(vorm in bevinding.melding for vorm in vormen)

    verzwegen = {
        (b.regel, b.element, b.waarde, b.melding)
        for b in alle
        if b.waarde not in (None, VERHULD) and not genoemd(b, b.waarde)
    }
    assert verzwegen == set()


def test_a_finding_says_nothing_of_a_person(alle: list[Bevinding]) -> None:
    for bevinding in alle:
        tekst = " ".join([bevinding.melding, bevinding.advies, bevinding.waarde or "", *bevinding.berekening])
        assert not [deel for deel in PERSOONLIJK if deel in tekst], bevinding


def test_a_finding_says_in_sentences_what_is_wrong_and_what_to_do(alle: list[Bevinding]) -> None:
    for bevinding in alle:
        assert all(zin.endswith(".") for zin in (bevinding.melding, bevinding.advies, *bevinding.berekening)), bevinding


def test_a_finding_names_its_class(alle: list[Bevinding]) -> None:
    klassen = {(b.regel, b.klasse) for b in alle}
    assert ("TR019", "StartProduct") in klassen
    assert ("TR056", "Header") in klassen
    assert ("TR358", "Declaratie") in klassen
    assert None not in {klasse for _, klasse in klassen}


def test_a_sum_that_is_wrong_shows_how_it_is_reckoned(alle: list[Bevinding]) -> None:
    for regel in ("TR358", "TR342", "TR418"):
        assert any(b.berekening for b in alle if b.regel == regel), regel


@pytest.mark.parametrize(
    ("element", "waarde"),
    [
        ("Bsn", VERHULD),
        ("Geboortedatum/Datum", VERHULD),
        ("Naam", VERHULD),
        ("Naam/NaamGebruik", "1"),
        ("Geboortedatum/DatumGebruik", None),
        ("Communicatie/Taal", None),
        ("Contactgegevens", None),
        ("", None),
    ],
)
def test_a_value_is_shown_unless_it_is_of_a_person(element: str, waarde: str | None) -> None:
    soort, bericht = maak_bericht("301", Domein.IWMO)
    assert isinstance(bericht, Bericht301)
    assert getoond(bericht.Client, element, soort) == waarde


@pytest.mark.parametrize(
    ("element", "waarde"),
    [
        ("ToewijzingNummer", "1001"),
        ("Toewijzingstijd", "10:00:00"),
        ("Ingangsdatum", "2026-02-01"),
        ("Omvang", "Volume 4, Eenheid 04, Frequentie 2"),
        ("Omvang/Volume", "4"),
        ("Product/Code", "02T01"),
        ("Commentaar", VERHULD),
        ("Budget", None),
    ],
)
def test_a_value_is_shown_as_the_xml_has_it(element: str, waarde: str | None) -> None:
    erbij: dict[str, Boom] = {"Client/ToegewezenProducten/ToegewezenProduct[1]/Commentaar": "Iets over iemand"}
    soort, bericht = maak_bericht("301", Domein.IWMO, erbij)
    assert isinstance(bericht, Bericht301)
    assert getoond(bericht.Client.ToegewezenProducten[0], element, soort) == waarde


def test_a_finding_of_before_is_read_with_what_it_lacks() -> None:
    oud = {"regel": "TR019", "melding": "x"}
    later: dict[str, Any] = {
        "klasse": None,
        "waarde": None,
        "berekening": [],
        "ernst": "fout",
        "toewijzingnummer": None,
    }
    assert aangevuld(oud) == {**oud, **later}
    nieuw = {
        **oud,
        "klasse": "StartProduct",
        "waarde": "1",
        "berekening": ["y"],
        "ernst": "signaal",
        "toewijzingnummer": 1,
    }
    assert aangevuld(nieuw) == nieuw
