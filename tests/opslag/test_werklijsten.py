"""What the work lists ask the database: which rows come, of which party, and by way of an index."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, event, insert, text
from tests.knoop import NU

from berichtenverkeer.levensloop.overgangen import Verzoektoestand
from berichtenverkeer.opslag import werklijsten
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.tabellen import bericht, productcode, toewijzing, verzoek

GEMEENTE, AANBIEDER, ANDER = "0344", "98000001", "98000002"
INGEDIEND, IN_ONDERZOEK = Verzoektoestand.INGEDIEND, Verzoektoestand.IN_ONDERZOEK
DAG = date(2026, 3, 2)
_nummers = count(1)

Lijst = Callable[[Connection, str], Iterable[Mapping[Any, Any]]]


@pytest.fixture
def verbinding(engine: Engine) -> Iterator[Connection]:
    """A transaction whose rows are gone after the test."""
    with schrijvend(engine) as verbinding:
        yield verbinding
        verbinding.rollback()


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = maak_engine(database_url)
    maak_gereed(engine)
    yield engine
    engine.dispose()


def _id(nummer: int) -> str:
    return f"00000000-0000-4000-8000-{nummer:012d}"


def _voeg_toe(verbinding: Connection, tabel: Table, rij: dict[str, Any]) -> str:
    verbinding.execute(insert(tabel).values(rij))
    return str(rij["id"])


def _eigen(aanbieder: str) -> dict[str, str]:
    dossier = f"iwmo/{GEMEENTE}/{aanbieder}/999900006"
    return {"dossier": dossier, "domein": "iwmo", "gemeente": GEMEENTE, "aanbieder": aanbieder, "bsn": "999900006"}


def _toewijzing(verbinding: Connection, aanbieder: str = AANBIEDER, **velden: Any) -> str:
    """A toewijzing that runs since 1 February and on which nothing started, but for these columns."""
    nummer = next(_nummers)
    basis: dict[str, Any] = {
        "id": _id(nummer), **_eigen(aanbieder), "toewijzingnummer": nummer, "categorie": "02", "code": "02T01",
        "ingangsdatum": date(2026, 2, 1), "einddatum": date(2026, 12, 31), "verwijderd": False,
        "levering": "niet_gestart", "bekend_op": datetime(2026, 1, 15, 12, tzinfo=UTC), "versie": 1, "wijziging": nummer,
        "gewijzigd_op": NU,
    }  # fmt: skip
    return _voeg_toe(verbinding, toewijzing, basis | velden)


def _bericht(verbinding: Connection, **velden: Any) -> str:
    """A 301 from the gemeente to an aanbieder that judges for itself, but for these columns."""
    nummer = next(_nummers)
    basis: dict[str, Any] = {
        "id": _id(nummer), "volgnummer": nummer, "domein": "iwmo", "berichtsoort": "WMO301", "identificatie": f"T{nummer}",
        "dagtekening": DAG, "afzender": GEMEENTE, "ontvanger": AANBIEDER, "verzender": GEMEENTE, "bestemming": AANBIEDER,
        "dossier": f"iwmo/{GEMEENTE}/{AANBIEDER}/999900006", "ontvangen_op": NU, "sha256": f"{nummer:064d}", "inhoud": b"x",
        "oordeel": "voorlopig", "bevindingen": [], "dubbel": False, "aangeboden": True,
    }  # fmt: skip
    return _voeg_toe(verbinding, bericht, basis | velden)


def _verzoek(verbinding: Connection, aanbieder: str = AANBIEDER, **velden: Any) -> str:
    nummer = next(_nummers)
    basis: dict[str, Any] = {
        "id": _id(nummer), **_eigen(aanbieder), "soort": "VOW", "referentie": f"R{nummer}", "toestand": "ingediend",
        "toewijzingnummers": [], "bericht": _bericht(verbinding, oordeel="goedgekeurd"), "ingediend_op": NU,
        "dagtekening": DAG, "wijziging": nummer, "gewijzigd_op": NU,
    }  # fmt: skip
    return _voeg_toe(verbinding, verzoek, basis | velden)


def _ids(verbinding: Connection, lijst: Lijst, partij: str = AANBIEDER) -> set[str]:
    return {rij["id"] for rij in lijst(verbinding, partij)}


def _retouren(verbinding: Connection, partij: str) -> Iterable[Mapping[Any, Any]]:
    return werklijsten.onbeantwoord(verbinding, partij, ["WMO301", "WMO305"])


def _zonder_start(verbinding: Connection, partij: str) -> Iterable[Mapping[Any, Any]]:
    return werklijsten.zonder_start(verbinding, partij, DAG, date(2026, 2, 2))


def _eindigend(verbinding: Connection, partij: str) -> Iterable[Mapping[Any, Any]]:
    return werklijsten.eindigend(verbinding, partij, DAG, date(2026, 3, 23))


def _zonder_stop(verbinding: Connection, partij: str) -> Iterable[Mapping[Any, Any]]:
    return werklijsten.zonder_stop(verbinding, partij, DAG)


def _gestart(verbinding: Connection, partij: str) -> Iterable[Mapping[Any, Any]]:
    return werklijsten.gestart(verbinding, partij, DAG)


def _gestopt_om_37(verbinding: Connection, partij: str) -> Iterable[Mapping[Any, Any]]:
    return werklijsten.gestopt_om(verbinding, partij, "37", date(2026, 2, 2))


def _verzoeken(verbinding: Connection, partij: str) -> Iterable[Mapping[Any, Any]]:
    return werklijsten.verzoeken(verbinding, partij, [INGEDIEND, IN_ONDERZOEK], "VOW")


STOP_37 = {"levering": "definitief_gestopt", "einde_reden": "37", "geleverd_tot": date(2026, 2, 27)}


@pytest.mark.parametrize(
    ("lijst", "velden", "erop"),
    [
        (_zonder_start, {}, True),
        (_zonder_start, {"levering": "gestart"}, False),
        (_zonder_start, {"levering": "definitief_gestopt"}, False),
        (_zonder_start, {"verwijderd": True}, False),
        (_zonder_start, {"ingangsdatum": DAG}, True),
        (_zonder_start, {"ingangsdatum": date(2026, 3, 3)}, False),
        (_zonder_start, {"bekend_op": datetime(2026, 3, 2, 22, 59, tzinfo=UTC)}, True),
        (_zonder_start, {"bekend_op": datetime(2026, 3, 3, 0, 0, tzinfo=UTC)}, False),
        (_zonder_start, {"bekend_op": None}, True),
        (_zonder_start, {"einddatum": None}, True),
        (_zonder_start, {"einddatum": date(2026, 2, 2)}, True),
        (_zonder_start, {"einddatum": date(2026, 2, 1)}, False),
        (_zonder_start, {"categorie": "50", "code": "50T01"}, False),  # taakgericht
        (_zonder_start, {"categorie": "50", "code": "50T02"}, True),  # no longer taakgericht
        (_zonder_start, {"categorie": None, "code": None}, True),
        (_gestart, {"geleverd_van": DAG, "start_gemeld_op": NU}, True),
        (_gestart, {"geleverd_van": DAG, "start_gemeld_op": datetime(2026, 3, 1, 12, tzinfo=UTC)}, False),
        (_gestart, {}, False),
        (_zonder_stop, {"levering": "gestart", "einddatum": date(2026, 3, 1)}, True),
        (_zonder_stop, {"levering": "tijdelijk_gestopt", "einddatum": date(2026, 3, 1)}, True),
        (_zonder_stop, {"levering": "gestart", "einddatum": DAG}, False),
        (_zonder_stop, {"levering": "gestart", "einddatum": None}, False),
        (_zonder_stop, {"levering": "definitief_gestopt", "einddatum": date(2026, 3, 1)}, False),
        (_zonder_stop, {"einddatum": date(2026, 3, 1)}, False),
        (_zonder_stop, {"levering": "gestart", "einddatum": date(2026, 3, 1), "verwijderd": True}, False),
        (_eindigend, {"einddatum": DAG}, True),
        (_eindigend, {"einddatum": date(2026, 3, 23), "levering": "gestart"}, True),
        (_eindigend, {"einddatum": date(2026, 3, 24)}, False),
        (_eindigend, {"einddatum": date(2026, 3, 1)}, False),
        (_eindigend, {"einddatum": None}, False),
        (_eindigend, {"einddatum": DAG, "levering": "definitief_gestopt"}, False),
        (_eindigend, {"einddatum": DAG, "verwijderd": True}, False),
        (_gestopt_om_37, STOP_37, True),
        (_gestopt_om_37, STOP_37 | {"einddatum": None}, True),
        (_gestopt_om_37, STOP_37 | {"einddatum": date(2026, 2, 1)}, False),
        (_gestopt_om_37, STOP_37 | {"einde_reden": "19"}, False),
        (_gestopt_om_37, STOP_37 | {"levering": "gestart"}, False),
    ],
)  # fmt: skip
def test_which_toewijzingen_are_on_a_list(
    verbinding: Connection, lijst: Lijst, velden: dict[str, Any], erop: bool
) -> None:
    for code, tot in (("50T01", None), ("50T02", date(2026, 1, 31))):
        verbinding.execute(
            insert(productcode).values(
                gemeente=GEMEENTE, categorie="50", code=code, van=date(2025, 1, 1), eenheid="16", tot=tot,
                variant="taakgericht",
            )
        )  # fmt: skip
    id_ = _toewijzing(verbinding, **velden)
    assert _ids(verbinding, lijst) == ({id_} if erop else set())


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
    [(_eindigend, {"einddatum": DAG}), (_gestopt_om_37, {**STOP_37, "geleverd_tot": DAG, "einddatum": DAG})],
)
def test_what_is_followed_needs_nothing(
    verbinding: Connection, lijst: Lijst, afloop: dict[str, Any], velden: dict[str, Any], volgt: bool
) -> None:
    id_ = _toewijzing(verbinding, **afloop)
    _toewijzing(verbinding, **{"ingangsdatum": date(2026, 3, 3), **velden})
    assert (id_ in _ids(verbinding, lijst)) is not volgt


def test_a_generic_toewijzing_is_followed_by_a_generic_one(verbinding: Connection) -> None:
    leeg: dict[str, Any] = {"categorie": None, "code": None}
    id_ = _toewijzing(verbinding, einddatum=DAG, **leeg)
    _toewijzing(verbinding, ingangsdatum=date(2026, 3, 3))
    assert _ids(verbinding, _eindigend) == {id_}
    _toewijzing(verbinding, ingangsdatum=date(2026, 3, 3), **leeg)
    assert _ids(verbinding, _eindigend) == set()


def test_a_toewijzing_of_another_aanbieder_does_not_follow(verbinding: Connection) -> None:
    id_ = _toewijzing(verbinding, einddatum=DAG)
    _toewijzing(verbinding, ANDER, ingangsdatum=date(2026, 3, 3))
    assert _ids(verbinding, _eindigend) == {id_}


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
    id_ = _bericht(verbinding, **velden)
    for partij in (GEMEENTE, AANBIEDER):
        assert _ids(verbinding, _retouren, partij) == ({id_} if erop else set())


def test_an_answered_message_does_not_wait(verbinding: Connection) -> None:
    id_ = _bericht(verbinding)
    _bericht(verbinding, verzender=AANBIEDER, bestemming=GEMEENTE, oordeel="goedgekeurd", antwoord_op=id_)
    assert _ids(verbinding, _retouren) == set()


def test_whose_message_it_is_whichever_way_it_goes(verbinding: Connection) -> None:
    _bericht(verbinding)
    _bericht(verbinding, berichtsoort="WMO305", verzender=AANBIEDER, bestemming=GEMEENTE, dossier=None)
    rijen = list(_retouren(verbinding, GEMEENTE))
    assert [(rij["gemeente"], rij["aanbieder"]) for rij in rijen] == [(GEMEENTE, AANBIEDER)] * 2
    assert {(rij["berichtsoort"], rij["bsn"]) for rij in rijen} == {("WMO301", "999900006"), ("WMO305", None)}


@pytest.mark.parametrize(
    ("velden", "erop"),
    [({}, True), ({"toestand": "in_onderzoek"}, True), ({"toestand": "gehonoreerd"}, False), ({"soort": "VOT"}, False)],
)
def test_which_requests_are_open(verbinding: Connection, velden: dict[str, Any], erop: bool) -> None:
    id_ = _verzoek(verbinding, **velden)
    assert _ids(verbinding, _verzoeken) == ({id_} if erop else set())


def test_a_party_sees_its_own(verbinding: Connection) -> None:
    van_mij = _toewijzing(verbinding), _verzoek(verbinding), _bericht(verbinding)
    elders = _toewijzing(verbinding, ANDER), _verzoek(verbinding, ANDER), _bericht(verbinding, bestemming=ANDER)
    for nummer, lijst in enumerate((_zonder_start, _verzoeken, _retouren)):
        assert _ids(verbinding, lijst, AANBIEDER) == {van_mij[nummer]}
        assert _ids(verbinding, lijst, ANDER) == {elders[nummer]}
        assert _ids(verbinding, lijst, GEMEENTE) == {van_mij[nummer], elders[nummer]}
        assert _ids(verbinding, lijst, "0363") == set()


LIJSTEN: tuple[Lijst, ...] = (_retouren, _verzoeken, _zonder_start, _gestart, _zonder_stop, _eindigend, _gestopt_om_37)


@pytest.mark.parametrize("partij", [GEMEENTE, AANBIEDER])
def test_every_list_goes_by_an_index(verbinding: Connection, partij: str) -> None:
    sqlite = verbinding.dialect.name == "sqlite"
    if not sqlite:
        verbinding.execute(text("SET LOCAL enable_seqscan = off"))
    gezien: list[tuple[str, Any]] = []

    def onthoud(_: object, __: object, opdracht: str, parameters: Any, *___: object) -> None:
        gezien.append((opdracht, parameters))

    event.listen(verbinding, "before_cursor_execute", onthoud)
    for lijst in LIJSTEN:
        list(lijst(verbinding, partij))
    event.remove(verbinding, "before_cursor_execute", onthoud)
    assert len(gezien) == len(LIJSTEN) + 1  # of messages each side is one question
    for opdracht, parameters in gezien:
        uitleg = verbinding.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{opdracht}", parameters)
        stappen = [str(rij[-1]) for rij in uitleg]
        if "bericht.oordeel IN" in opdracht:
            assert any("ix_bericht_open_" in stap for stap in stappen), stappen
        assert not [stap for stap in stappen if stap.startswith("SCAN ") or "Seq Scan" in stap], stappen
