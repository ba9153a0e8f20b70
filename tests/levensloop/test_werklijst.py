"""What a row of a work list says: who acts, and a sentence that names the rule and no person."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.levensloop.termijnen import START, begin_start
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, Rol
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.werklijsten import werklijst
from berichtenverkeer.werklijsten.werklijst import UITLEG, WIJZIGINGSVERZOEK, Naam, Peil

DAG = date(2026, 3, 2)
MOMENT = datetime(2026, 3, 2, 12, tzinfo=NEDERLAND)
PEIL = Peil(date(2026, 3, 16), Kalender(), 3)
HEEN = [soort for soort in BERICHTSOORTEN.values() if soort.retour]

dagen = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def _toewijzing(**velden: Any) -> dict[str, Any]:
    basis = {"ingangsdatum": DAG, "einddatum": None, "bekend_op": None, "levering": "gestart"}
    return basis | {"geleverd_van": DAG, "geleverd_tot": None, "start_gemeld_op": MOMENT} | velden


@pytest.mark.parametrize("soort", HEEN, ids=str)
def test_the_receiver_owes_the_retourbericht(soort: Berichtsoort) -> None:
    taak = werklijst.retour({"berichtsoort": soort.code, "ontvangen_op": MOMENT, "in_handen_op": MOMENT}, PEIL)
    assert taak.wie is not soort.verzender
    assert (str(soort) in taak.waarom, str(soort.retour) in taak.waarom) == (True, True)


@pytest.mark.parametrize("soort", ["WMO323", "JW323"])
def test_the_gemeente_owes_the_325(soort: str) -> None:
    taak = werklijst.declaratieantwoord({"berichtsoort": soort, "ontvangen_op": MOMENT, "in_handen_op": MOMENT}, PEIL)
    assert (taak.wie, taak.uiterlijk, taak.regel) == (Rol.GEMEENTE, date(2026, 3, 16), "OP090x4")


@pytest.mark.parametrize(
    ("domein", "soort", "toestand", "woonplaats"),
    [
        ("ijw", "VOT", "ingediend", True),
        ("iwmo", "VOT", "ingediend", False),
        ("ijw", "VOW", "ingediend", False),
        ("ijw", "VOT", "in_onderzoek", False),
    ],
)
def test_woonplaatsbeginsel_is_for_a_vot_of_the_jeugdwet(
    domein: str, soort: str, toestand: str, woonplaats: bool
) -> None:
    rij = {"domein": domein, "soort": soort, "toestand": toestand, "ingediend_op": MOMENT, "dagtekening": DAG}
    taak = werklijst.verzoek(rij, PEIL)
    assert taak is not None
    assert taak.wie is Rol.GEMEENTE
    assert f"({taak.regel})" in taak.waarom
    assert ("OP359" in taak.waarom) is woonplaats


def test_a_settled_request_is_no_task() -> None:
    rij = {"domein": "iwmo", "soort": "VOT", "toestand": "gehonoreerd", "ingediend_op": MOMENT, "dagtekening": DAG}
    assert werklijst.verzoek(rij, PEIL) is None


@given(dagen, st.one_of(st.none(), dagen), dagen)
def test_a_start_is_missed_when_its_term_is_over_and_not_before(ingang: date, bekend: date | None, dag: date) -> None:
    moment = datetime(bekend.year, bekend.month, bekend.day, 23, 59, tzinfo=NEDERLAND) if bekend else None
    taak = werklijst.start_ontbreekt(_toewijzing(ingangsdatum=ingang, bekend_op=moment), Peil(dag, Kalender(), 3))
    uiterlijk = START.uiterlijk(begin_start(ingang, bekend), Kalender())
    assert (taak is not None) is (uiterlijk < dag)
    assert taak is None or taak.uiterlijk == uiterlijk


@given(dagen, st.integers(0, 30))
def test_a_start_is_late_when_it_came_after_its_term(begin: date, later: int) -> None:
    gemeld = begin + timedelta(days=later)
    moment = datetime(gemeld.year, gemeld.month, gemeld.day, tzinfo=NEDERLAND)
    taak = werklijst.start_te_laat(_toewijzing(geleverd_van=begin, start_gemeld_op=moment), PEIL)
    assert (taak is not None) is (gemeld > START.uiterlijk(begin, Kalender()))


def test_a_herindicatie_without_einddatum_is_due_when_the_levering_stops() -> None:
    taak = werklijst.herindicatie(_toewijzing(geleverd_tot=DAG), PEIL)
    assert (taak.wie, taak.uiterlijk) == (Rol.GEMEENTE, DAG)
    assert werklijst.herindicatie(_toewijzing(geleverd_tot=DAG, einddatum=PEIL.vandaag), PEIL).uiterlijk == PEIL.vandaag


def test_the_reason_that_asks_for_a_herindicatie_means_the_same_under_both_laws() -> None:
    betekenissen = {
        codelijst(lijst, domein).label(WIJZIGINGSVERZOEK) for lijst, domein in (("WMO588", "iwmo"), ("JZ588", "ijw"))
    }
    assert betekenissen == {"In verband met wijzigingsverzoek"}


def test_every_list_is_explained() -> None:
    assert list(UITLEG) == list(Naam)
