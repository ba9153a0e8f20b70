"""What a party sent and received, and what became of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.conformance.boom import WEG
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.knoop import Klant, Knoop, Paar, knoop

from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling


@pytest.fixture(scope="module")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    with knoop(maak_database.gereed(), proefmodus=True) as k:
        yield k


@pytest.fixture
def paar(node: Knoop) -> Paar:
    return node.paar()


def op(dag: str, tijd: str = "12:00:00") -> dict[str, str]:
    return {"Bv-Klok": f"{dag}T{tijd}"}


def lijst(klant: Klant, **vraag: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = klant.json("/v1/berichten", **vraag)["items"]
    return items


def soorten(klant: Klant, **vraag: Any) -> list[str]:
    return [item["berichtsoort"] for item in lijst(klant, **vraag)]


@pytest.mark.parametrize("pad", ["/v1/berichten", "/v1/berichten/zoeken", "/v1/exports"])
def test_a_period_that_ends_before_it_begins_is_said(paar: Paar, pad: str) -> None:
    vraag = {"ontvangenVan": "2026-03-02", "ontvangenTot": "2026-03-01"}
    if pad == "/v1/berichten":
        antwoord = paar.aanbieder.get(pad, params=vraag)
    else:
        inhoud = {"wat": "berichten", "vorm": "csv", "filters": vraag} if pad == "/v1/exports" else vraag
        antwoord = paar.aanbieder.post(pad, json=inhoud)
    assert antwoord.status_code == 400
    [onjuist] = antwoord.json()["onjuist"]
    assert onjuist["veld"].endswith("ontvangenTot")
    assert onjuist["melding"] == "is onjuist: deze dag ligt vóór die in ontvangenVan; draai de twee om"


def test_a_message_and_its_answer_name_each_other(paar: Paar) -> None:
    d = paar.dossier()
    heen = paar.gemeente.goedgekeurd(d.toewijzing())
    [van_mij, voor_mij] = lijst(paar.gemeente)
    ontvangen_op = van_mij.pop("ontvangen_op")
    assert ontvangen_op == heen["ontvangen_op"]
    assert van_mij == {
        "id": heen["id"],
        "domein": "iwmo",
        "berichtsoort": "WMO301",
        "identificatie": heen["identificatie"],
        "dagtekening": "2026-03-02",
        "afzender": paar.gemeentecode,
        "ontvanger": paar.agb,
        "richting": "verzonden",
        "tegenpartij": paar.agb,
        "oordeel": "goedgekeurd",
        "beoordeling": "knooppunt",
        "status": "WordtAangeboden",
        "retourcodes": [],
        "antwoord_op": None,
        "antwoorden": [heen["retour"]],
    }
    assert (voor_mij["id"], voor_mij["richting"], voor_mij["antwoorden"]) == (heen["retour"]["id"], "ontvangen", [])
    assert voor_mij["antwoord_op"] == {"id": heen["id"], "berichtsoort": "WMO301"}
    assert [item["richting"] for item in lijst(paar.aanbieder)] == ["ontvangen", "verzonden"]
    assert paar.aanbieder.post(f"/v1/postvak/berichten/{heen['id']}/bevestigd").is_success
    assert [item["status"] for item in lijst(paar.gemeente, richting="verzonden")] == ["Bezorgd"]


def test_what_was_refused_has_its_retourcodes(paar: Paar) -> None:
    d = paar.dossier()
    uit = paar.aanbieder.aangenomen(d.start())
    [item] = lijst(paar.aanbieder, oordeel="afgekeurd")
    assert (item["id"], item["oordeel"]) == (uit["id"], "afgekeurd")
    assert item["retourcodes"] == sorted({b["retourcode"] for b in uit["bevindingen"]})
    assert item["retourcodes"]


def test_a_325_names_its_323(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    heen = paar.aanbieder.aangenomen(declaratie(d, "D1", Regel("R1", uren=10_000), Regel("R1")))
    [van_323] = lijst(paar.gemeente, berichtsoort="323")
    [van_325] = lijst(paar.gemeente, berichtsoort="WMO325")
    assert van_325["antwoord_op"] == {"id": heen["id"], "berichtsoort": "WMO323"}
    assert van_323["antwoorden"] == [{"id": van_325["id"], "berichtsoort": "WMO325"}]
    assert van_323["retourcodes"] == sorted({b["retourcode"] for b in heen["bevindingen"] if b["retourcode"]})
    assert len(van_323["retourcodes"]) < len(heen["bevindingen"])


def test_what_its_receiver_judges(node: Knoop) -> None:
    paar = node.paar()
    zet_beoordeling(node.engine, paar.agb, Beoordelaar.PARTIJ)
    node.binnen.register.kijk()
    paar.gemeente.aangenomen(paar.dossier().toewijzing())
    assert soorten(paar.gemeente, oordeel="voorlopig") == ["WMO301"]


@pytest.fixture(scope="module")
def gevuld(node: Knoop) -> Paar:
    """A pair with messages of two laws on three days."""
    paar = node.paar()
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(), **op("2026-03-02"))
    paar.aanbieder.goedgekeurd(d.start(), **op("2026-03-03", "00:00:00"))
    paar.aanbieder.goedgekeurd(
        d.bericht("317", {"Client/Verzoek/OngewijzigdeProducten": WEG}), **op("2026-03-03", "23:59:59")
    )
    paar.aanbieder.goedgekeurd(d.stop(), **op("2026-03-04", "00:00:00"))
    return paar


@pytest.mark.parametrize(
    ("vraag", "verwacht"),
    [
        ({}, ["301", "302", "305", "306", "317", "318", "307", "308"]),
        ({"berichtsoort": "305"}, ["305"]),
        ({"berichtsoort": "WMO305"}, ["305"]),
        ({"berichtsoort": "JW305"}, []),
        ({"domein": "ijw"}, []),
        ({"richting": "verzonden"}, ["302", "305", "317", "307"]),
        ({"richting": "ontvangen"}, ["301", "306", "318", "308"]),
        ({"ontvangen_van": "2026-03-03"}, ["305", "306", "317", "318", "307", "308"]),
        ({"ontvangen_tot": "2026-03-02"}, ["301", "302"]),
        ({"ontvangen_van": "2026-03-03", "ontvangen_tot": "2026-03-03"}, ["305", "306", "317", "318"]),
        ({"oordeel": "afgekeurd"}, []),
        ({"ontvangen_van": "9999-12-31"}, []),
        ({"ontvangen_tot": "0001-01-01"}, []),
    ],
)
def test_what_is_asked_for(gevuld: Paar, vraag: dict[str, str], verwacht: list[str]) -> None:
    assert soorten(gevuld.aanbieder, **vraag) == [f"WMO{nummer}" for nummer in verwacht]


def test_with_whom(node: Knoop, gevuld: Paar) -> None:
    ander = node.paar()
    d = ander.dossier()
    d = type(d)(d.gemeente, gevuld.agb, d.bsn, d.domein, 2001)
    ander.gemeente.goedgekeurd(d.toewijzing(), **op("2026-03-05"))
    assert soorten(gevuld.aanbieder, tegenpartij=ander.gemeentecode) == ["WMO301", "WMO302"]
    assert len(soorten(gevuld.aanbieder, tegenpartij=gevuld.gemeentecode)) == 8
    assert soorten(ander.gemeente) == ["WMO301", "WMO302"]
    assert soorten(ander.aanbieder) == []


@pytest.mark.parametrize("limiet", [1, 3])
def test_page_by_page(gevuld: Paar, limiet: int) -> None:
    vraag: dict[str, Any] = {"tegenpartij": gevuld.gemeentecode, "limiet": limiet}
    gezien: list[str] = []
    while items := (pagina := gevuld.aanbieder.json("/v1/berichten", **vraag))["items"]:
        assert len(items) <= limiet
        gezien += (item["id"] for item in items)
        vraag["gewijzigdNa"] = pagina["volgende"]
    assert gezien == [item["id"] for item in lijst(gevuld.aanbieder, tegenpartij=gevuld.gemeentecode)]
    assert len(set(gezien)) == 8


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("berichtsoort", "999"),
        ("oordeel", "x"),
        ("richting", "x"),
        ("tegenpartij", "12"),
        ("ontvangen_van", "gisteren"),
    ],
)
def test_what_cannot_be_asked(gevuld: Paar, naam: str, waarde: str) -> None:
    antwoord = gevuld.aanbieder.get("/v1/berichten", params={naam: waarde})
    assert (antwoord.status_code, naam in antwoord.json()["detail"]) == (400, True)


def test_nobody_sees_it_without_a_token(node: Knoop) -> None:
    assert node.klant(None).get("/v1/berichten").status_code == 401
