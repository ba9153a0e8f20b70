"""What a row of a work list says: who acts, before the end of which day, and a sentence that names the rule and no person."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.kalender import Kalender, plus_dagen
from berichtenverkeer.levensloop.termijnen import STOP, TERMIJNEN
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, Ketenrol
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.werklijsten.alle import LIJSTEN
from berichtenverkeer.werklijsten.lijst import laatste_voor
from berichtenverkeer.werklijsten.lijsten.herindicatie_gevraagd import WIJZIGINGSVERZOEK
from berichtenverkeer.werklijsten.prestatie import volgende_declaratie

from .rijen import AANBIEDER, BSN, DAG, GEMEENTE, op, peil, zet_bericht, zet_toewijzing, zet_verzoek

MOMENT = datetime(2026, 3, 2, 12, tzinfo=NEDERLAND)
HEEN = [soort for soort in BERICHTSOORTEN.values() if soort.retour]


@pytest.mark.parametrize("soort", HEEN, ids=str)
def test_the_receiver_owes_the_retourbericht(verbinding: Connection, soort: Berichtsoort) -> None:
    heen = {"verzender": GEMEENTE, "bestemming": AANBIEDER}
    terug = {"verzender": AANBIEDER, "bestemming": GEMEENTE}
    kant = heen if soort.verzender is Ketenrol.GEMEENTE else terug
    zet_bericht(
        verbinding, berichtsoort=soort.code, domein=str(soort.domein), ontvangen_op=MOMENT, bevestigd_op=MOMENT, **kant
    )
    [werk] = op(verbinding, "retour-ontbreekt")
    assert werk.rol is not soort.verzender
    assert (werk.rij.wie, werk.uiterlijk) == (kant["bestemming"], date(2026, 3, 5))
    assert (str(soort) in werk.taak.waarom, str(soort.retour) in werk.taak.waarom) == (True, True)


@pytest.mark.parametrize("soort", ["WMO323", "JW323"])
def test_the_gemeente_owes_the_325(verbinding: Connection, soort: str) -> None:
    kant = {"verzender": AANBIEDER, "bestemming": GEMEENTE, "oordeel": "in_verwerking"}
    zet_bericht(verbinding, berichtsoort=soort, ontvangen_op=MOMENT, dossier=None, **kant)
    [werk] = op(verbinding, "declaratieantwoord-ontbreekt")
    assert (werk.rol, werk.uiterlijk, werk.taak.regel) == (Ketenrol.GEMEENTE, date(2026, 3, 16), "OP090x4")


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
    verbinding: Connection, domein: str, soort: str, toestand: str, woonplaats: bool
) -> None:
    zet_verzoek(verbinding, domein=domein, soort=soort, toestand=toestand)
    onderzoek = toestand == "in_onderzoek"
    [werk] = op(verbinding, "onderzoek-loopt-af" if onderzoek else "antwoord-op-verzoek-ontbreekt")
    assert werk.rol is Ketenrol.GEMEENTE
    assert f"({werk.taak.regel})" in werk.taak.waarom
    assert ("OP359" in werk.taak.waarom) is woonplaats


def test_a_herindicatie_without_einddatum_is_due_when_the_levering_stops(verbinding: Connection) -> None:
    stop: dict[str, Any] = {"levering": "definitief_gestopt", "einde_reden": "37", "geleverd_tot": DAG}
    zet_toewijzing(verbinding, **stop, einddatum=None)
    zet_toewijzing(verbinding, **stop, einddatum=date(2026, 3, 16), categorie="03")
    gevonden = op(verbinding, "herindicatie-gevraagd")
    assert [(werk.rol, werk.uiterlijk) for werk in gevonden] == [
        (Ketenrol.GEMEENTE, DAG),
        (Ketenrol.GEMEENTE, date(2026, 3, 16)),
    ]


def test_the_reason_that_asks_for_a_herindicatie_means_the_same_under_both_laws() -> None:
    betekenissen = {
        codelijst(lijst, domein).label(WIJZIGINGSVERZOEK) for lijst, domein in (("WMO588", "iwmo"), ("JZ588", "ijw"))
    }
    assert betekenissen == {"In verband met wijzigingsverzoek"}


def test_no_sentence_names_a_person(verbinding: Connection) -> None:
    zet_toewijzing(verbinding, ingangsdatum=date(2026, 1, 5))
    zet_verzoek(verbinding)
    zet_bericht(verbinding)
    zinnen = [werk.taak.waarom for naam in LIJSTEN for werk in op(verbinding, naam)]
    assert len(zinnen) >= 4
    assert not [zin for zin in zinnen if BSN in zin]


def test_the_lists_are_in_order_of_their_name() -> None:
    assert list(LIJSTEN) == sorted(LIJSTEN)
    assert all(lijst.omschrijving and lijst.advies and lijst.bronnen for lijst in LIJSTEN.values())


# the terms, forth and back

dagen = st.dates(date(2025, 1, 1), date(2027, 12, 31))
UITERLIJK: dict[str, Callable[[date], date]] = {
    **{termijn.naam: lambda dag, t=termijn: t.uiterlijk(dag, Kalender()) for termijn in TERMIJNEN},  # type: ignore[misc]
    "volgende declaratie": lambda dag: volgende_declaratie(dag, peil()),
    "drie weken eerder": lambda dag: plus_dagen(dag, -21),
}


@pytest.mark.parametrize("naam", UITERLIJK)
@given(dag=dagen)
def test_the_last_day_from_which_a_term_is_over(naam: str, dag: date) -> None:
    uiterlijk = UITERLIJK[naam]
    laatste = laatste_voor(uiterlijk, dag)
    assert laatste is not None
    assert uiterlijk(laatste) < dag <= uiterlijk(plus_dagen(laatste, 1))


def test_the_ends_of_the_calendar() -> None:
    assert laatste_voor(lambda dag: dag, date.min) is None
    assert laatste_voor(lambda dag: plus_dagen(dag, -1), date.max) == date.max
    assert laatste_voor(lambda dag: STOP.uiterlijk(dag, Kalender()), date.max) is not None


@given(dag=st.dates())
def test_a_declaratie_goes_before_the_end_of_the_next_month(dag: date) -> None:
    uiterlijk = volgende_declaratie(dag, peil())
    assert (uiterlijk.year * 12 + uiterlijk.month) - (dag.year * 12 + dag.month) in (
        1,
        0 if dag >= date(9999, 12, 1) else 1,
    )
    assert plus_dagen(uiterlijk, 1).day == 1 or uiterlijk == date.max
