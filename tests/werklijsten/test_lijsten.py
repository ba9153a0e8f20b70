"""Which rows stand on each list, for which party, and by way of an index."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert, text
from tests.knoop import NU

from berichtenverkeer.opslag.berichten.signalen import bewaar
from berichtenverkeer.opslag.partijen.partijen import voeg_toe, zet
from berichtenverkeer.opslag.tabellen.partijen import productcode
from berichtenverkeer.werklijsten.alle import LIJSTEN
from berichtenverkeer.werklijsten.lijst import WieAanZet

from .rijen import (
    AANBIEDER,
    ANDER,
    BSN,
    DAG,
    GEMEENTE,
    hele_tabellen,
    ids,
    op,
    zet_bericht,
    zet_toewijzing,
    zet_verzoek,
)

START_VOORBIJ = date(2026, 3, 10)
"""The first day on which a start on ``DAG`` is late."""

DAGEN = {"start-ontbreekt": START_VOORBIJ, "start-te-laat-gemeld": START_VOORBIJ}
"""On which day a list is looked at, when that is not ``DAG``."""

GESTART = {"geleverd_van": date(2026, 2, 23), "start_gemeld_op": datetime(2026, 3, 3, 9, tzinfo=UTC)}
"""A start of which the term ended on 2 March, reported a day too late."""

VORIG_KWARTAAL = {"geleverd_van": date(2025, 11, 3), "bekend_op": datetime(2025, 11, 3, 9, tzinfo=UTC)}
TIJDELIJK: dict[str, Any] = {"levering": "tijdelijk_gestopt", "geleverd_tot": date(2025, 12, 1)}
"""Stopped for a time since exactly 13 weeks."""

STOP_37 = {"levering": "definitief_gestopt", "einde_reden": "37", "geleverd_tot": date(2026, 2, 27)}


@pytest.mark.parametrize(
    ("lijst", "velden", "erop"),
    [
        ("start-ontbreekt", {}, True),
        ("start-ontbreekt", {"levering": "gestart"}, False),
        ("start-ontbreekt", {"levering": "definitief_gestopt"}, False),
        ("start-ontbreekt", {"verwijderd": True}, False),
        ("start-ontbreekt", {"ingangsdatum": DAG}, True),
        ("start-ontbreekt", {"ingangsdatum": date(2026, 3, 3)}, False),
        ("start-ontbreekt", {"bekend_op": datetime(2026, 3, 2, 22, 59, tzinfo=UTC)}, True),
        ("start-ontbreekt", {"bekend_op": datetime(2026, 3, 2, 23, 0, tzinfo=UTC)}, False),
        ("start-ontbreekt", {"bekend_op": None}, True),
        ("start-ontbreekt", {"einddatum": None}, True),
        ("start-ontbreekt", {"einddatum": date(2026, 2, 10)}, True),
        ("start-ontbreekt", {"einddatum": date(2026, 2, 9)}, False),
        ("start-ontbreekt", {"categorie": "50", "code": "50T01"}, False),  # taakgericht
        ("start-ontbreekt", {"categorie": "50", "code": "50T02"}, True),  # no longer taakgericht
        ("start-ontbreekt", {"categorie": None, "code": None}, True),
        ("start-te-laat-gemeld", GESTART | {"start_gemeld_op": datetime(2026, 3, 2, 22, 59, tzinfo=UTC)}, False),
        ("start-te-laat-gemeld", GESTART | {"start_gemeld_op": datetime(2026, 3, 2, 23, 0, tzinfo=UTC)}, True),
        ("start-te-laat-gemeld", GESTART | {"geleverd_van": date(2026, 2, 24)}, False),
        ("start-te-laat-gemeld", GESTART | {"bekend_op": datetime(2026, 2, 23, 22, 59, tzinfo=UTC)}, True),
        ("start-te-laat-gemeld", GESTART | {"bekend_op": datetime(2026, 2, 23, 23, 0, tzinfo=UTC)}, False),
        ("start-te-laat-gemeld", VORIG_KWARTAAL | {"start_gemeld_op": datetime(2025, 12, 8, 23, 0, tzinfo=UTC)}, True),
        ("start-te-laat-gemeld", VORIG_KWARTAAL | {"start_gemeld_op": datetime(2025, 12, 8, 22, 59, tzinfo=UTC)}, False),
        ("start-te-laat-gemeld", {}, False),
        ("stop-ontbreekt", {"levering": "gestart", "einddatum": date(2026, 3, 1)}, True),
        ("stop-ontbreekt", {"levering": "tijdelijk_gestopt", "einddatum": date(2026, 3, 1)}, True),
        ("stop-ontbreekt", {"levering": "gestart", "einddatum": DAG}, False),
        ("stop-ontbreekt", {"levering": "gestart", "einddatum": None}, False),
        ("stop-ontbreekt", {"levering": "definitief_gestopt", "einddatum": date(2026, 3, 1)}, False),
        ("stop-ontbreekt", {"einddatum": date(2026, 3, 1)}, False),
        ("stop-ontbreekt", {"levering": "gestart", "einddatum": date(2026, 3, 1), "verwijderd": True}, False),
        ("stop-ontbreekt", {"levering": "gestart", "einddatum": date(2026, 3, 1), "verlenging_gevraagd": True}, False),
        ("stop-ontbreekt", {"levering": "gestart", "einddatum": date(2026, 3, 1), "verlenging_gevraagd": False}, True),
        ("tijdelijke-stop-open", TIJDELIJK, True),
        ("tijdelijke-stop-open", TIJDELIJK | {"geleverd_tot": date(2025, 12, 2)}, False),
        ("tijdelijke-stop-open", TIJDELIJK | {"levering": "gestart"}, False),
        ("tijdelijke-stop-open", TIJDELIJK | {"einddatum": None}, True),
        ("tijdelijke-stop-open", TIJDELIJK | {"einddatum": DAG}, True),
        ("tijdelijke-stop-open", TIJDELIJK | {"einddatum": date(2026, 3, 1)}, False),
        ("tijdelijke-stop-open", TIJDELIJK | {"verwijderd": True}, False),
        ("toewijzing-loopt-af", {"einddatum": date(2026, 3, 1), "verlenging_gevraagd": True}, True),
        ("toewijzing-loopt-af", {"einddatum": date(2026, 3, 24), "verlenging_gevraagd": True}, False),
        ("toewijzing-loopt-af", {"einddatum": DAG}, True),
        ("toewijzing-loopt-af", {"einddatum": date(2026, 3, 23), "levering": "gestart"}, True),
        ("toewijzing-loopt-af", {"einddatum": date(2026, 3, 24)}, False),
        ("toewijzing-loopt-af", {"einddatum": date(2026, 3, 1)}, False),
        ("toewijzing-loopt-af", {"einddatum": None}, False),
        ("toewijzing-loopt-af", {"einddatum": DAG, "levering": "definitief_gestopt"}, False),
        ("toewijzing-loopt-af", {"einddatum": DAG, "verwijderd": True}, False),
        ("herindicatie-gevraagd", STOP_37, True),
        ("herindicatie-gevraagd", STOP_37 | {"einddatum": None}, True),
        ("herindicatie-gevraagd", STOP_37 | {"einddatum": date(2026, 2, 1)}, False),
        ("herindicatie-gevraagd", STOP_37 | {"einde_reden": "19"}, False),
        ("herindicatie-gevraagd", STOP_37 | {"levering": "gestart"}, False),
    ],
)  # fmt: skip
def test_which_toewijzingen_are_on_a_list(
    verbinding: Connection, lijst: str, velden: dict[str, Any], erop: bool
) -> None:
    for code, tot in (("50T01", None), ("50T02", date(2026, 1, 31))):
        verbinding.execute(
            insert(productcode).values(
                gemeente=GEMEENTE, categorie="50", code=code, van=date(2025, 1, 1), eenheid="16", tot=tot,
                variant="taakgericht",
            )
        )  # fmt: skip
    id_ = zet_toewijzing(verbinding, **velden)
    assert ids(verbinding, lijst, DAGEN.get(lijst, DAG)) == ({id_} if erop else set())


@pytest.mark.parametrize(
    ("velden", "volgt"),
    [
        ({}, True),
        ({"code": "02T02"}, True),  # a herindicatie may give another code of the category
        ({"categorie": "03", "code": "03T01"}, False),
        ({"ingangsdatum": date(2026, 3, 2)}, False),  # runs beside it
        ({"verwijderd": True}, False),
    ],
)
@pytest.mark.parametrize(
    ("lijst", "afloop"),
    [
        ("toewijzing-loopt-af", {"einddatum": DAG}),
        ("herindicatie-gevraagd", {**STOP_37, "geleverd_tot": DAG, "einddatum": DAG}),
    ],
)
def test_what_is_followed_needs_nothing(
    verbinding: Connection, lijst: str, afloop: dict[str, Any], velden: dict[str, Any], volgt: bool
) -> None:
    id_ = zet_toewijzing(verbinding, **afloop)
    zet_toewijzing(verbinding, **{"ingangsdatum": date(2026, 3, 3), **velden})
    assert (id_ in ids(verbinding, lijst)) is not volgt


def test_a_generic_toewijzing_is_followed_by_a_generic_one(verbinding: Connection) -> None:
    leeg: dict[str, Any] = {"categorie": None, "code": None}
    id_ = zet_toewijzing(verbinding, einddatum=DAG, **leeg)
    zet_toewijzing(verbinding, ingangsdatum=date(2026, 3, 3))
    assert ids(verbinding, "toewijzing-loopt-af") == {id_}
    zet_toewijzing(verbinding, ingangsdatum=date(2026, 3, 3), **leeg)
    assert ids(verbinding, "toewijzing-loopt-af") == set()


def test_a_toewijzing_of_another_aanbieder_does_not_follow(verbinding: Connection) -> None:
    id_ = zet_toewijzing(verbinding, einddatum=DAG)
    zet_toewijzing(verbinding, ANDER, ingangsdatum=date(2026, 3, 3))
    assert ids(verbinding, "toewijzing-loopt-af") == {id_}


@pytest.mark.parametrize(
    ("velden", "erop"),
    [
        ({}, True),
        ({"oordeel": "in_verwerking"}, True),
        ({"oordeel": "goedgekeurd"}, False),
        ({"oordeel": "afgekeurd"}, False),
        ({"berichtsoort": "WMO323"}, False),
        ({"dubbel": True}, True),
        ({"dossier": None}, True),
    ],
)
def test_which_messages_wait_for_an_answer(verbinding: Connection, velden: dict[str, Any], erop: bool) -> None:
    id_ = zet_bericht(verbinding, **velden)
    for partij in (GEMEENTE, AANBIEDER):
        assert ids(verbinding, "retour-ontbreekt", partij=partij) == ({id_} if erop else set())


def test_an_answered_message_does_not_wait(verbinding: Connection) -> None:
    id_ = zet_bericht(verbinding)
    zet_bericht(verbinding, verzender=AANBIEDER, bestemming=GEMEENTE, oordeel="goedgekeurd", antwoord_op=id_)
    assert ids(verbinding, "retour-ontbreekt") == set()


def test_whose_message_it_is_whichever_way_it_goes(verbinding: Connection) -> None:
    zet_bericht(verbinding)
    zet_bericht(verbinding, berichtsoort="WMO305", verzender=AANBIEDER, bestemming=GEMEENTE, dossier=None)
    rijen = [werk.rij for werk in op(verbinding, "retour-ontbreekt", partij=GEMEENTE)]
    assert {(rij.gemeente, rij.aanbieder, rij.wie, rij.bsn) for rij in rijen} == {
        (GEMEENTE, AANBIEDER, AANBIEDER, BSN),
        (GEMEENTE, AANBIEDER, GEMEENTE, None),
    }


@pytest.mark.parametrize(
    ("velden", "erop"),
    [({}, True), ({"toestand": "in_onderzoek"}, True), ({"toestand": "gehonoreerd"}, False), ({"soort": "VOT"}, False)],
)
def test_which_requests_are_open(verbinding: Connection, velden: dict[str, Any], erop: bool) -> None:
    id_ = zet_verzoek(verbinding, **velden)
    assert ids(verbinding, "herindicatie-gevraagd") == ({id_} if erop else set())


def test_a_party_sees_its_own(verbinding: Connection) -> None:
    van_mij = zet_toewijzing(verbinding), zet_verzoek(verbinding), zet_bericht(verbinding)
    elders = (
        zet_toewijzing(verbinding, ANDER),
        zet_verzoek(verbinding, ANDER),
        zet_bericht(verbinding, bestemming=ANDER),
    )
    for nummer, lijst in enumerate(("start-ontbreekt", "herindicatie-gevraagd", "retour-ontbreekt")):
        dag = DAGEN.get(lijst, DAG)
        assert ids(verbinding, lijst, dag, AANBIEDER) == {van_mij[nummer]}
        assert ids(verbinding, lijst, dag, ANDER) == {elders[nummer]}
        assert ids(verbinding, lijst, dag, GEMEENTE) == {van_mij[nummer], elders[nummer]}
        assert ids(verbinding, lijst, dag, "0363") == set()


@pytest.mark.parametrize("naam", LIJSTEN)
@pytest.mark.parametrize("partij", [GEMEENTE, AANBIEDER])
def test_every_list_goes_by_an_index(verbinding: Connection, naam: str, partij: str) -> None:
    assert hele_tabellen(verbinding, naam, partij) == []


def test_a_table_that_is_read_as_a_whole_shows(verbinding: Connection) -> None:
    sqlite = verbinding.dialect.name == "sqlite"
    if not sqlite:
        verbinding.execute(text("SET LOCAL enable_seqscan = off"))
    uitleg = verbinding.exec_driver_sql(
        f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}SELECT id FROM toewijzing WHERE einde_reden = '37'"
    )
    assert [rij for rij in uitleg if "SCAN toewijzing" in str(rij) or "Seq Scan" in str(rij)]


def zet_signaal(verbinding: Connection, *bevindingen: str, **velden: Any) -> str:
    """A 305 of the aanbieder with a signaal of each of these rules, after a fault."""
    basis = {"verzender": AANBIEDER, "bestemming": GEMEENTE, "berichtsoort": "WMO305", "oordeel": "goedgekeurd"}
    gevonden = [
        {"regel": regel, "ernst": "signaal", "toewijzingnummer": 1, "melding": "M.", "advies": "A."}
        for regel in bevindingen
    ]
    rij = basis | velden | {"bevindingen": [{"regel": "TR019", "ernst": "fout"}, *gevonden]}
    id_ = zet_bericht(verbinding, **rij)
    bewaar(verbinding, [{"ontvangen_op": NU, **rij, "id": id_}])
    return id_


@pytest.mark.parametrize(
    ("velden", "erop"),
    [
        ({}, True),
        ({"oordeel": "voorlopig"}, True),
        ({"oordeel": "deels_goedgekeurd"}, True),
        ({"oordeel": "afgekeurd"}, False),
        ({"ontvangen_op": datetime(2026, 2, 1, 23, tzinfo=UTC)}, True),  # the first moment of the Dutch day
        ({"ontvangen_op": datetime(2026, 2, 1, 22, 59, tzinfo=UTC)}, False),
    ],
)
def test_which_signalen_are_listed(verbinding: Connection, velden: dict[str, Any], erop: bool) -> None:
    meld_aan(verbinding)
    id_ = zet_signaal(verbinding, "OP011", "OP192", **velden)
    for partij in (GEMEENTE, AANBIEDER):
        assert ids(verbinding, "signalen", partij=partij) == ({f"{id_}/1", f"{id_}/2"} if erop else set())


def test_a_party_that_put_a_signaal_off_has_it_on_no_list(verbinding: Connection) -> None:
    meld_aan(verbinding, **{AANBIEDER: "IV075 OP192"})
    id_ = zet_signaal(verbinding, "OP011", "OP192", "OP033x1")
    assert ids(verbinding, "signalen", partij=AANBIEDER) == {f"{id_}/1", f"{id_}/3"}
    assert ids(verbinding, "signalen", partij=GEMEENTE) == {f"{id_}/1", f"{id_}/2", f"{id_}/3"}
    assert op(verbinding, "signalen", wie=WieAanZet.IK)[0].taak.waarom == "WMO305 van 2026-03-02: M. A."
    assert op(verbinding, "signalen", wie=WieAanZet.ANDER) == []


def test_a_signaal_names_the_toewijzing_it_is_about(verbinding: Connection) -> None:
    meld_aan(verbinding)
    zet_signaal(verbinding, "OP011")
    assert [werk.rij.toewijzing for werk in op(verbinding, "signalen")] == [None]
    id_ = zet_toewijzing(verbinding, toewijzingnummer=1)
    assert [werk.rij.toewijzing for werk in op(verbinding, "signalen")] == [id_]


def meld_aan(verbinding: Connection, **signaal_uit: str) -> None:
    """Both parties, with what they put off."""
    for code, rol in ((GEMEENTE, "gemeente"), (AANBIEDER, "aanbieder")):
        voeg_toe(verbinding, code, rol, "Partij", NU)
        zet(verbinding, code, signaal_uit=signaal_uit.get(code))
