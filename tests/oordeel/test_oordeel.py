"""Which level stops which, and what an approved message brings about."""

from datetime import date

import pytest
from tests.conformance.boom import Boom
from tests.conformance.gevallen import SCHEMAS, Wijzigingen, maak_bericht
from tests.conformance.knooppunt import Knooppunt

from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.oordeel.oordeel import Berichtoordeel, Oordeel, beoordeel, feiten
from berichtenverkeer.regels.bevinding import Niveau
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.toetsen import toets_bericht
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schrijven import serialiseer

VANDAAG = date(2026, 3, 2)


def oordeel(nummer: str, *wijzigingen: Wijzigingen, domein: Domein = Domein.IWMO, vandaag: date = VANDAAG) -> Oordeel:
    """The judgement of a message with nothing before it."""
    soort, bericht = maak_bericht(nummer, domein, *wijzigingen)
    gelezen = lees(serialiseer(bericht, soort), SCHEMAS)
    kennis = Kennis(soort, gelezen.bericht, vandaag, Dossier())
    return beoordeel(gelezen, toets_bericht(gelezen.bericht, soort), kennis)


def test_a_fault_inside_the_message_keeps_the_rest_from_being_judged() -> None:
    gevonden = oordeel("305", {"Client/StartProducten/StartProduct[1]/StatusAanlevering": "2"})
    assert {b.niveau for b in gevonden.bevindingen} == {Niveau.BERICHT}
    assert {b.regel for b in oordeel("305").bevindingen} == {"TR019"}


def test_levels_3_and_4_are_judged_together() -> None:
    gevonden = oordeel("305", vandaag=date(2026, 3, 1))
    assert [(b.regel, b.niveau) for b in gevonden.bevindingen] == [
        ("TR135", Niveau.EXTERNE_BRON),
        ("TR019", Niveau.BERICHTOVERSTIJGEND),
    ]


def test_all_findings_come_out_in_document_order_with_their_line() -> None:
    gevonden = oordeel(
        "301",
        {
            "Client/Bsn": "999900007",
            "Client/Relaties/Relatie[1]/Naam/NaamGebruik": "5",
            "Client/ToegewezenProducten/ToegewezenProduct[1]/Einddatum": "2026-01-01",
            "Client/ToegewezenProducten/ToegewezenProduct[2]/RedenWijziging": "01",
        },
    )
    assert [b.regel for b in gevonden.bevindingen] == ["CS002", "CS050", "CS003", "CS336"]
    regelnummers = [b.regelnummer or 0 for b in gevonden.bevindingen]
    assert regelnummers == sorted(set(regelnummers))


def test_a_finding_names_its_element_and_has_no_personal_data() -> None:
    [bevinding] = oordeel("301", {"Client/Geboortedatum/Datum": "1901-12-31"}).bevindingen
    assert (bevinding.element, bevinding.retourcode) == ("Datum", "0001")
    assert "1901-12-31" not in bevinding.melding + bevinding.advies


@pytest.mark.parametrize("soort", [s for s in BERICHTSOORTEN.values() if not s.is_retour], ids=str)
def test_every_message_is_judged_on_its_header_and_rejected_without_effect(soort: Berichtsoort) -> None:
    gevonden = oordeel(soort.nummer, domein=soort.domein, vandaag=date(2026, 3, 1))
    assert "TR135" in {b.regel for b in gevonden.bevindingen}
    assert gevonden.uitslag is Berichtoordeel.AFGEKEURD
    assert gevonden.feiten == ()


@pytest.mark.parametrize("nummer", ["301", "305", "307", "315", "317", "319", "323", "325"])
def test_what_has_a_life_cycle_brings_about_its_classes(nummer: str) -> None:
    _, bericht = maak_bericht(nummer, Domein.IJW)
    assert bool(feiten(bericht)) == (nummer not in ("323", "325"))


def test_a_correction_in_one_message_first_takes_back_whatever_its_place() -> None:
    knooppunt = Knooppunt(VANDAAG)
    knooppunt.verwerk(maak_bericht("301", Domein.IWMO))
    knooppunt.verwerk(maak_bericht("305", Domein.IWMO, identificatie="A"))
    product = "Client/StartProducten/StartProduct"
    correctie: dict[str, Boom] = {
        f"{product}[2]": {"zoals": "1", "StatusAanlevering": "3"},
        f"{product}[1]/Begindatum": "2026-02-09",
    }
    gevonden, _ = knooppunt.verwerk(maak_bericht("305", Domein.IWMO, correctie, identificatie="B"))
    assert gevonden.uitslag is Berichtoordeel.GOEDGEKEURD
    assert [getattr(feit, "StatusAanlevering", None) for feit in gevonden.feiten] == ["3", "1"]
