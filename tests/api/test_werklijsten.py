"""The work lists over HTTP, on the days around a weekend and a holiday."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert
from tests.berichten import Dossier, bsns
from tests.conformance.boom import WEG
from tests.conftest import MaakDatabase
from tests.knoop import Klant, Knoop, Paar, knoop

from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.keten.envelop.vsp import Statusmelding
from berichtenverkeer.keten.zendingen.deur import Deur
from berichtenverkeer.keten.zendingen.zendingen import Opname, Zending, bewaar_foutbericht
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.werklijsten.alle import LIJSTEN

ZELF = 100
"""The pair whose aanbieder judges for itself."""

ZELF_GEMEENTE = 101
"""The pair whose gemeente judges for itself."""

PASEN = "2026-04-02"
"""The Thursday before Easter: Monday the 6th is a holiday, Friday the 3rd is not."""


@pytest.fixture(scope="module")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node in which two parties judge for themselves."""
    with knoop(maak_database.gereed(), proefmodus=True) as k:
        zet_beoordeling(k.engine, k.paar(ZELF).agb, Beoordelaar.PARTIJ)
        zet_beoordeling(k.engine, k.paar(ZELF_GEMEENTE).gemeentecode, Beoordelaar.PARTIJ)
        yield k


@pytest.fixture
def paar(node: Knoop) -> Paar:
    """A gemeente and an aanbieder of this test."""
    return node.paar()


@pytest.fixture
def zelf(node: Knoop) -> Paar:
    """The pair whose aanbieder judges for itself; more tests share it."""
    return node.paar(ZELF)


def op(dag: str, tijd: str = "12:00:00") -> dict[str, str]:
    """The header that makes it that day."""
    return {"Bv-Klok": f"{dag}T{tijd}"}


def van(d: Dossier, dag: str) -> Dossier:
    """The same client in messages with this Dagtekening: what is told of must have happened by then (OP011)."""
    return replace(d, wijzigingen={"Header/BerichtIdentificatie/Dagtekening": dag})


def lijst(klant: Klant, naam: str, dag: str, **vraag: Any) -> list[dict[str, Any]]:
    """The rows of a work list on a day."""
    antwoord = klant.get(f"/v1/werklijsten/{naam}", params=vraag, headers=op(dag))
    assert antwoord.status_code == 200, antwoord.text
    items: list[dict[str, Any]] = antwoord.json()["items"]
    return items


def stand(paar: Paar, naam: str, dagen: list[str]) -> list[bool | None]:
    """Of each day whether the one row is late, or None when there is no row; both sides see the same."""
    gevonden: list[bool | None] = []
    for dag in dagen:
        rijen = lijst(paar.aanbieder, naam, dag)
        assert rijen == lijst(paar.gemeente, naam, dag)
        assert len(rijen) <= 1
        gevonden.append(rijen[0]["te_laat"] if rijen else None)
    return gevonden


def aantallen(klant: Klant, dag: str, **vraag: Any) -> dict[str, int]:
    """How much is on each list that is not empty."""
    antwoord = klant.get("/v1/werklijsten", params=vraag, headers=op(dag))
    assert antwoord.status_code == 200, antwoord.text
    return {item["naam"]: item["aantal"] for item in antwoord.json()["items"] if item["aantal"]}


# start


def test_a_start_is_missed_from_the_day_after_its_term(paar: Paar) -> None:
    """The toewijzing is retroactive: the term runs from its receipt, over Easter."""
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing(), **op(PASEN))
    assert stand(paar, "start-ontbreekt", ["2026-04-10", "2026-04-11", "2026-04-13"]) == [None, True, True]
    [rij] = lijst(paar.aanbieder, "start-ontbreekt", "2026-04-11")
    [toewijzing] = paar.gemeente.toewijzingen()
    links = rij.pop("links")
    waarom = rij.pop("waarom")
    assert rij == {
        "wie": {"code": paar.agb, "rol": "aanbieder"},
        "uiterlijk": "2026-04-10",
        "te_laat": True,
        "regel": "OP271",
        "domein": "iwmo",
        "gemeente": paar.gemeentecode,
        "aanbieder": paar.agb,
        "bsn": "999900006",
        "toewijzingnummer": 1001,
        "voorstel": None,
    }
    assert ("OP271" in waarom, "5 werkdagen" in waarom, "999900006" in waarom) == (True, True, False)
    assert links["toewijzing"] == f"/v1/toewijzingen/{toewijzing['id']}"
    assert links["verzoek"] is None
    for pad in (links["toewijzing"], links["bericht"]):
        assert paar.aanbieder.get(pad).status_code == 200


def test_a_start_in_time_needs_no_work_list(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Ingangsdatum="2026-04-24"), **op(PASEN))
    paar.aanbieder.goedgekeurd(
        van(d, "2026-05-04").start(ToewijzingIngangsdatum="2026-04-24", Begindatum="2026-04-24"),
        **op("2026-05-04", "23:59:59"),
    )
    assert aantallen(paar.aanbieder, "2026-05-05") == {}


def test_a_start_that_is_reported_after_its_term(paar: Paar) -> None:
    """Koningsdag is no working day; a quarter later the list no longer shows it."""
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Ingangsdatum="2026-04-24"), **op(PASEN))
    assert stand(paar, "start-ontbreekt", ["2026-05-04", "2026-05-05"]) == [None, True]
    paar.aanbieder.goedgekeurd(
        d.start(ToewijzingIngangsdatum="2026-04-24", Begindatum="2026-04-24"), **op("2026-05-05", "00:00:00")
    )
    assert stand(paar, "start-ontbreekt", ["2026-05-05"]) == [None]
    dagen = ["2026-05-05", "2026-08-03", "2026-08-10"]
    assert stand(paar, "start-te-laat-gemeld", dagen) == [True, True, None]
    [rij] = lijst(paar.gemeente, "start-te-laat-gemeld", "2026-05-05")
    assert (rij["uiterlijk"], rij["regel"]) == ("2026-05-04", "OP271")


def test_a_toewijzing_that_ended_without_a_start_stays_four_weeks(paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing(Einddatum="2026-03-31"), **op("2026-03-02"))
    dagen = ["2026-03-10", "2026-04-28", "2026-04-29"]
    assert stand(paar, "start-ontbreekt", dagen) == [True, True, None]


def test_a_deleted_toewijzing_is_on_no_list(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    assert aantallen(paar.aanbieder, "2026-04-01") == {"start-ontbreekt": 1}
    paar.gemeente.goedgekeurd(d.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-02-01", RedenWijziging="13"))
    assert aantallen(paar.aanbieder, "2026-04-01") == {}


# stop


def test_a_stop_is_due_after_the_einddatum(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Einddatum=PASEN))
    paar.aanbieder.goedgekeurd(d.start())
    dagen = [PASEN, "2026-04-03", "2026-04-10", "2026-04-11"]
    assert stand(paar, "stop-ontbreekt", dagen) == [None, False, False, True]
    [rij] = lijst(paar.gemeente, "stop-ontbreekt", "2026-04-03")
    assert (rij["wie"]["rol"], rij["uiterlijk"], rij["regel"]) == ("aanbieder", "2026-04-10", "OP288")
    tijdelijk_gestopt = van(d, "2026-04-03").stop(Einddatum=PASEN, RedenBeeindiging="20")
    paar.aanbieder.goedgekeurd(tijdelijk_gestopt, **op("2026-04-03"))
    [tijdelijk] = lijst(paar.gemeente, "stop-ontbreekt", "2026-04-13")
    assert "tijdelijk" in tijdelijk["waarom"]
    paar.aanbieder.goedgekeurd(van(d, "2026-04-13").stop(Einddatum=PASEN), **op("2026-04-13"))
    assert aantallen(paar.gemeente, "2026-04-13") == {}


# herindicatie


def test_a_toewijzing_runs_out_and_a_herindicatie_is_asked_for_three_weeks_before(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Einddatum="2026-04-30"))
    paar.aanbieder.goedgekeurd(d.start())
    dagen = ["2026-03-18", "2026-03-19", "2026-04-09", "2026-04-10", "2026-04-30", "2026-05-01"]
    assert stand(paar, "toewijzing-loopt-af", dagen) == [None, False, False, True, True, None]
    [rij] = lijst(paar.aanbieder, "toewijzing-loopt-af", "2026-03-18", weken=7)
    assert (rij["wie"]["rol"], rij["uiterlijk"], rij["regel"]) == ("aanbieder", "2026-04-09", "OP343")
    assert "uiterlijk 2026-04-09" in rij["waarom"]
    assert lijst(paar.aanbieder, "toewijzing-loopt-af", "2026-04-09", weken=2) == []
    assert aantallen(paar.aanbieder, "2026-03-18", weken=7) == {"toewijzing-loopt-af": 1}


def _vow(d: Dossier, einde: str) -> bytes:
    """A 317 that asks for another Einddatum of the toewijzing."""
    product = "Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct[1]"
    return d.bericht("317", {"Client/Verzoek/OngewijzigdeProducten": WEG, f"{product}/Einddatum": einde})


def test_while_a_request_to_lengthen_is_open_no_stop_is_asked_for(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Einddatum=PASEN))
    paar.aanbieder.goedgekeurd(d.start())
    [zonder] = lijst(paar.aanbieder, "toewijzing-loopt-af", "2026-03-30")
    assert (zonder["wie"]["rol"], zonder["links"]["verzoek"]) == ("aanbieder", None)
    paar.aanbieder.goedgekeurd(_vow(d, "2026-12-31"), **op("2026-03-30"))
    for dag in ("2026-03-30", "2026-04-07", "2026-06-01"):
        assert lijst(paar.aanbieder, "stop-ontbreekt", dag) == []
        [rij] = lijst(paar.aanbieder, "toewijzing-loopt-af", dag)
        assert (rij["wie"]["rol"], rij["uiterlijk"], "317" in rij["waarom"]) == ("gemeente", PASEN, True)
        assert paar.aanbieder.get(rij["links"]["verzoek"]).status_code == 200
    afwijzing = {"Antwoord/ReferentieAanbieder": "VOW-1"}
    paar.gemeente.goedgekeurd(d.bericht("319", {**afwijzing}), **op("2026-04-07"))
    assert stand(paar, "stop-ontbreekt", ["2026-04-07"]) == [False]
    assert lijst(paar.aanbieder, "toewijzing-loopt-af", "2026-04-07") == []


def test_a_request_that_asks_for_no_longer_run_leaves_the_stop_due(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Einddatum=PASEN))
    paar.aanbieder.goedgekeurd(d.start())
    paar.aanbieder.goedgekeurd(_vow(d, PASEN), **op("2026-03-30"))
    assert stand(paar, "stop-ontbreekt", ["2026-04-07"]) == [False]


def test_a_stop_for_a_change_asks_for_a_herindicatie_until_a_toewijzing_follows(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Einddatum="2026-04-30"))
    paar.aanbieder.goedgekeurd(d.start())
    paar.aanbieder.goedgekeurd(d.stop(Einddatum="2026-04-30", RedenBeeindiging="37"), **op("2026-04-07"))
    dagen = ["2026-04-07", "2026-04-30", "2026-05-01", "2026-05-28", "2026-05-29"]
    assert stand(paar, "herindicatie-gevraagd", dagen) == [False, False, True, True, None]
    assert stand(paar, "toewijzing-loopt-af", ["2026-04-09"]) == [None]
    [rij] = lijst(paar.gemeente, "herindicatie-gevraagd", "2026-04-07")
    assert (rij["wie"]["code"], rij["uiterlijk"]) == (paar.gemeentecode, "2026-04-30")
    vervolg = replace(d, nummer=1002).toewijzing(Ingangsdatum="2026-05-01", Toewijzingsdatum="2026-04-10")
    paar.gemeente.goedgekeurd(vervolg, **op("2026-04-10"))
    # the stop of 30 April was told on the 7th; 1001 still runs and is not in this 301, and 1002 goes on where it ends
    assert [rij["regel"] for rij in lijst(paar.gemeente, "signalen", "2026-04-10")] == ["OP011", "OP087", "OP380"]
    assert aantallen(paar.gemeente, "2026-04-10") == {"signalen": 3}


# requests


def test_a_vot_wants_an_answer_in_five_working_days(paar: Paar) -> None:
    paar.aanbieder.goedgekeurd(paar.dossier(domein=Domein.IJW).bericht("315"), **op(PASEN))
    dagen = [PASEN, "2026-04-10", "2026-04-11"]
    assert stand(paar, "antwoord-op-verzoek-ontbreekt", dagen) == [False, False, True]
    [rij] = lijst(paar.gemeente, "antwoord-op-verzoek-ontbreekt", PASEN)
    assert (rij["wie"]["code"], rij["regel"], rij["toewijzingnummer"]) == (paar.gemeentecode, "OP274", None)
    assert "2026-04-16 (OP359)" in rij["waarom"]
    assert rij["links"]["verzoek"].startswith("/v1/verzoeken/")
    assert paar.gemeente.get(rij["links"]["bericht"]).json()["berichtsoort"] == "JW315"


def test_a_request_under_examination_wants_a_decision_in_eight_weeks_of_its_dagtekening(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    zonder = {"Client/Verzoek/OngewijzigdeProducten": WEG}
    paar.aanbieder.goedgekeurd(d.bericht("317", {**zonder}), **op("2026-03-09"))
    assert aantallen(paar.gemeente, "2026-03-09") == {"antwoord-op-verzoek-ontbreekt": 1, "herindicatie-gevraagd": 1}
    [rij] = lijst(paar.gemeente, "herindicatie-gevraagd", "2026-03-09")
    assert (rij["uiterlijk"], rij["regel"]) == ("2026-03-16", "OP346")
    antwoord = {
        "Antwoord/ReferentieAanbieder": "VOW-1", "Antwoord/VerzoekAntwoord": "2", "Antwoord/RedenAfwijzingVerzoek": WEG,
    }  # fmt: skip
    paar.gemeente.goedgekeurd(d.bericht("319", {**antwoord}), **op("2026-03-10"))
    assert aantallen(paar.gemeente, "2026-03-10") == {"onderzoek-loopt-af": 1, "herindicatie-gevraagd": 1}
    dagen = ["2026-03-10", "2026-04-28", "2026-04-29"]  # Monday the 27th is Koningsdag
    assert stand(paar, "onderzoek-loopt-af", dagen) == [False, False, True]
    afwijzing = {"Antwoord/ReferentieAanbieder": "VOW-1"}
    paar.gemeente.goedgekeurd(d.bericht("319", {**afwijzing}), **op("2026-04-28"))
    assert aantallen(paar.gemeente, "2026-04-28") == {}


# answers


def test_a_retourbericht_is_due_in_three_working_days(zelf: Paar) -> None:
    d = zelf.dossier()
    uit = zelf.gemeente.aangenomen(d.toewijzing(), **op(PASEN))
    assert uit["oordeel"] == "voorlopig"
    [rij] = lijst(zelf.gemeente, "retour-ontbreekt", "2026-05-04")
    assert (rij["te_laat"], "nog niet bezorgd" in rij["waarom"], rij["uiterlijk"]) == (False, True, "2026-05-07")
    bevestigd = zelf.aanbieder.post(f"/v1/postvak/berichten/{uit['id']}/bevestigd", headers=op(PASEN))
    assert bevestigd.is_success
    dagen = [PASEN, "2026-04-08", "2026-04-09"]
    assert stand(zelf, "retour-ontbreekt", dagen) == [False, False, True]
    [rij] = lijst(zelf.aanbieder, "retour-ontbreekt", PASEN)
    assert (rij["wie"]["code"], rij["uiterlijk"], rij["regel"]) == (zelf.agb, "2026-04-08", "OP090")
    plek = f"/v1/berichten/{uit['id']}"
    assert rij["links"] == dict.fromkeys(("toewijzing", "verzoek", "declaratie", "inzet")) | {"bericht": plek}
    assert (rij["bsn"], "WMO302" in rij["waarom"]) == (d.bsn, True)
    assert lijst(zelf.gemeente, "retour-ontbreekt", PASEN, wie="ik") == []
    assert lijst(zelf.gemeente, "retour-ontbreekt", PASEN, wie="ander") == [rij]
    assert lijst(zelf.aanbieder, "retour-ontbreekt", PASEN, wie="ik") == [rij]


def test_what_its_receiver_refused_with_a_foutbericht_waits_for_no_retourbericht(node: Knoop) -> None:
    paar = node.paar(ZELF_GEMEENTE)
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(), **op("2026-05-20"))
    uit = paar.aanbieder.aangenomen(d.start(), **op("2026-05-20"))
    [rij] = lijst(paar.aanbieder, "retour-ontbreekt", "2026-05-21")
    assert rij["links"]["bericht"] == f"/v1/berichten/{uit['id']}"
    fout = Zending(
        zender=paar.gemeentecode, traceer_id=str(uuid.uuid4()), ontvanger=paar.agb, indiener=paar.gemeentecode,
        door=Deur.GGK, functie="WMO305", versie=3, subversie=2, applicatie="Voorbeeldsuite", applicatie_versie="0007",
        applicatie_subversie="0001", conversatie_id=uit["id"], hash="0" * 64, inhoud=b"<Fo01/>", als_antwoord_op=uit["id"],
        foutbericht=True,
    )  # fmt: skip
    zegt = Statusmelding(code="StUF055", omschrijving="niet conform")
    assert bewaar_foutbericht(node.engine, fout, datetime(2026, 5, 21, 9, tzinfo=NEDERLAND), zegt) is Opname.NIEUW
    assert lijst(paar.aanbieder, "retour-ontbreekt", "2026-05-21") == []
    assert lijst(paar.gemeente, "retour-ontbreekt", "2026-05-21") == []


def test_a_declaration_wants_an_answer_in_ten_working_days(node: Knoop, paar: Paar) -> None:
    rij: dict[str, Any] = {
        "id": "11111111-0000-4000-8000-000000000000", "volgnummer": 1_000_000, "domein": "iwmo", "berichtsoort": "WMO323",
        "identificatie": "D1", "dagtekening": date(2026, 4, 2), "afzender": paar.agb, "ontvanger": paar.gemeentecode,
        "verzender": paar.agb, "bestemming": paar.gemeentecode, "sha256": "0" * 64, "inhoud": b"x", "bevindingen": [],
        "ontvangen_op": datetime(2026, 4, 2, 23, 30, tzinfo=NEDERLAND), "oordeel": "in_verwerking", "dubbel": False,
        "aangeboden": True,
    }  # fmt: skip
    with schrijvend(node.engine) as verbinding:
        verbinding.execute(insert(bericht).values(rij))
    dagen = [PASEN, "2026-04-17", "2026-04-18"]
    assert stand(paar, "declaratieantwoord-ontbreekt", dagen) == [False, False, True]
    [werk] = lijst(paar.aanbieder, "declaratieantwoord-ontbreekt", PASEN)
    assert (werk["wie"]["code"], werk["regel"], werk["bsn"]) == (paar.gemeentecode, "OP090x4", None)


# the lists as such


def _clienten(paar: Paar, aantal: int) -> list[Dossier]:
    return [paar.dossier(bsn, nummer=1000 + n) for n, bsn in zip(range(aantal), bsns(), strict=False)]


@pytest.mark.parametrize("limiet", [1, 2, 100])
def test_the_most_urgent_first_and_page_by_page(paar: Paar, limiet: int) -> None:
    for nummer, d in enumerate(_clienten(paar, 5)):
        paar.gemeente.goedgekeurd(d.toewijzing(), **op(f"2026-04-{13 - nummer // 2:02}"))
    gezien: list[dict[str, Any]] = []
    na = "0"
    while True:
        vraag: dict[str, Any] = {"limiet": limiet, "na": na}
        bladzijde = paar.aanbieder.get("/v1/werklijsten/start-ontbreekt", params=vraag, headers=op("2026-05-01")).json()
        gezien += bladzijde["items"]
        assert (bladzijde["volgende"] == na) is (not bladzijde["items"])
        if not bladzijde["items"]:
            break
        assert len(bladzijde["items"]) <= limiet
        na = bladzijde["volgende"]
    assert gezien == lijst(paar.aanbieder, "start-ontbreekt", "2026-05-01")
    assert [rij["uiterlijk"] for rij in gezien] == sorted(rij["uiterlijk"] for rij in gezien)
    assert {rij["toewijzingnummer"] for rij in gezien} == set(range(1000, 1005))


def test_the_overview_names_every_list(paar: Paar) -> None:
    items = paar.gemeente.json("/v1/werklijsten")["items"]
    assert [item["naam"] for item in items] == list(LIJSTEN)
    assert all(item["omschrijving"] and item["advies"] for item in items)
    assert all((item["aantal"], item["te_laat"]) == (0, 0) for item in items)


def test_the_overview_tells_what_is_late_and_who_must_act(paar: Paar) -> None:
    een, twee = _clienten(paar, 2)
    for d, einde in ((een, "2026-04-02"), (twee, "2026-04-08")):
        paar.gemeente.goedgekeurd(d.toewijzing(Einddatum=einde))
        paar.aanbieder.goedgekeurd(d.start())
    items = paar.gemeente.get("/v1/werklijsten", headers=op("2026-04-13")).json()["items"]
    assert {i["naam"]: (i["aantal"], i["te_laat"]) for i in items if i["aantal"]} == {"stop-ontbreekt": (2, 1)}
    assert aantallen(paar.gemeente, "2026-04-13", wie="ik") == {}
    assert aantallen(paar.gemeente, "2026-04-13", wie="ander") == {"stop-ontbreekt": 2}
    assert aantallen(paar.aanbieder, "2026-04-13", wie="ik") == {"stop-ontbreekt": 2}


def test_others_see_nothing_of_it(node: Knoop, paar: Paar) -> None:
    ander = node.paar()
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    assert aantallen(paar.gemeente, "2026-04-01") == {"start-ontbreekt": 1}
    for klant in (ander.gemeente, ander.aanbieder):
        assert aantallen(klant, "2026-04-01") == {}
    assert node.klant(None).get("/v1/werklijsten").status_code == 401
    assert node.klant(None).get("/v1/werklijsten/start-ontbreekt").status_code == 401


@pytest.mark.parametrize(
    ("dag", "einde", "erop"),
    [
        ("2000-01-01", "9999-12-31", {}),
        ("2099-12-31", "9999-12-31", {}),
        ("2099-12-31", "2099-12-31", {"toewijzing-loopt-af": 1}),
    ],
)
def test_the_ends_of_the_calendar(paar: Paar, dag: str, einde: str, erop: dict[str, int]) -> None:
    """The first and last day at which the clock can stand, and those that a message can name."""
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Ingangsdatum="0001-01-01", Einddatum=einde))
    paar.aanbieder.goedgekeurd(d.start(ToewijzingIngangsdatum="0001-01-01"))
    gevonden = {naam: len(lijst(paar.aanbieder, naam, dag)) for naam in LIJSTEN}
    assert {naam: aantal for naam, aantal in gevonden.items() if aantal} == erop
    assert aantallen(paar.aanbieder, dag) == erop


@pytest.mark.parametrize(
    ("naam", "waarde"), [("limiet", "0"), ("limiet", "1001"), ("wie", "wij"), ("weken", "-1"), ("weken", "53")]
)
def test_what_cannot_be_asked(paar: Paar, naam: str, waarde: str) -> None:
    antwoord = paar.gemeente.get("/v1/werklijsten/start-ontbreekt", params={naam: waarde})
    assert (antwoord.status_code, naam in antwoord.json()["detail"]) == (400, True)


def test_a_list_that_does_not_exist(paar: Paar) -> None:
    antwoord = paar.gemeente.get("/v1/werklijsten/geen-idee")
    assert antwoord.status_code == 404
    assert all(naam in antwoord.json()["advies"] for naam in LIJSTEN)


@pytest.mark.parametrize(
    "plek",
    [
        "",
        "x",
        "2026-04-10",
        "0.2026-04-10",
        "0.2026-04-10.x",
        f"9.2026-04-10.{'a' * 36}",
        f"0.2026-02-30.{'a' * 36}",
    ],
)
def test_a_cursor_that_is_none(paar: Paar, plek: str) -> None:
    for na in (plek or "x", f"start-ontbreekt.{plek}"):
        antwoord = paar.gemeente.get("/v1/werklijsten/start-ontbreekt", params={"na": na})
        assert (antwoord.status_code, antwoord.json()["type"].endswith("cursor-onjuist")) == (400, True), na


def test_a_cursor_that_is_no_text(paar: Paar) -> None:
    for na in ("\x00", "start-ontbreekt.\x00"):
        antwoord = paar.gemeente.get("/v1/werklijsten/start-ontbreekt", params={"na": na})
        assert (antwoord.status_code, antwoord.json()["type"].endswith("teken-onjuist")) == (400, True), na


def test_a_cursor_of_another_list(paar: Paar) -> None:
    na = paar.gemeente.json("/v1/werklijsten/stop-ontbreekt")["volgende"]
    antwoord = paar.gemeente.get("/v1/werklijsten/start-ontbreekt", params={"na": na})
    assert (antwoord.status_code, "stop-ontbreekt" in antwoord.json()["detail"]) == (400, True)


# settings


def test_free_days_and_weeks_of_ones_own(sqlite: MaakDatabase) -> None:
    vrij = frozenset({date(2026, 4, 3)})
    with knoop(sqlite.gereed(), proefmodus=True, vrije_dagen=vrij, herindicatie_weken=6) as node:
        paar = node.paar()
        paar.gemeente.goedgekeurd(paar.dossier().toewijzing(Einddatum="2026-05-22"), **op(PASEN))
        assert stand(paar, "start-ontbreekt", ["2026-04-13", "2026-04-14"]) == [None, True]
        assert stand(paar, "toewijzing-loopt-af", ["2026-04-09", "2026-04-10"]) == [None, False]


def test_free_days_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Instellingen().vrije_dagen == frozenset()
    monkeypatch.setenv("BV_VRIJE_DAGEN", "2026-04-03, 2026-05-05,")
    monkeypatch.setenv("BV_HERINDICATIE_WEKEN", "4")
    assert Instellingen().vrije_dagen == {date(2026, 4, 3), date(2026, 5, 5)}
    assert Instellingen().herindicatie_weken == 4
    monkeypatch.setenv("BV_VRIJE_DAGEN", "Goede Vrijdag")
    with pytest.raises(ValueError, match="vrije_dagen"):
        Instellingen()


# all lists together


def test_all_lists_together_by_date_with_the_name_of_the_client(node: Knoop, paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Ingangsdatum="2026-03-02", Einddatum="2026-04-10"), **op("2026-03-02"))
    paar.aanbieder.goedgekeurd(replace(d, bsn="999900018").bericht("315"), **op("2026-03-02"))
    alles = alle_werk(paar.gemeente, "2026-03-23")
    los = {naam: lijst(paar.gemeente, naam, "2026-03-23") for naam in LIJSTEN}
    assert {een["lijst"] for een in alles} == {naam for naam, items in los.items() if items}
    assert len({een["lijst"] for een in alles}) > 1
    zonder = [{naam: waarde for naam, waarde in een.items() if naam not in ("lijst", "naam")} for een in alles]
    assert all(een in zonder for items in los.values() for een in items)
    assert [een["uiterlijk"] for een in alles] == sorted(een["uiterlijk"] for een in alles)
    assert all(een["naam"] for een in alles if een["bsn"])
    assert "" not in {een["naam"] for een in alles}
    eerste = alles[0]["uiterlijk"]
    tot = alle_werk(paar.gemeente, "2026-03-23", totEnMet=eerste)
    assert tot == [een for een in alles if een["uiterlijk"] <= eerste]
    assert alle_werk(paar.gemeente, "2026-03-23", limiet=1) == alles
    assert alle_werk(node.paar().gemeente, "2026-03-23") == []


def alle_werk(klant: Klant, dag: str, **vraag: Any) -> list[dict[str, Any]]:
    """All rows of all lists on this day, page by page."""
    items: list[dict[str, Any]] = []
    na: dict[str, str] = {}
    while True:
        antwoord = klant.get("/v1/werklijsten/alles", params={**vraag, **na}, headers=op(dag))
        assert antwoord.status_code == 200, antwoord.text
        if not antwoord.json()["items"]:
            return items
        items += antwoord.json()["items"]
        na = {"na": antwoord.json()["volgende"]}


@pytest.mark.parametrize(("naam", "waarde"), [("totEnMet", "2026-3-1"), ("na", "alles.99.2026-01-01.x"), ("na", "x.1")])
def test_what_cannot_be_asked_of_all_lists(paar: Paar, naam: str, waarde: str) -> None:
    antwoord = paar.gemeente.get("/v1/werklijsten/alles", params={naam: waarde})
    assert (antwoord.status_code, naam in antwoord.json()["detail"]) == (400, True)
