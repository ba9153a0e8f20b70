"""The API Design Rules of the Dutch government: their linter finds nothing in our interface, and what it cannot see holds too."""

import json
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from tests.conftest import MaakDatabase
from tests.gereedschap import npm_map
from tests.knoop import Paar, knoop
from tests.openapi import van_de_app

from berichtenverkeer.api.tabel import Gedaante
from berichtenverkeer.tabellen.lezen import STRENG, lees_tabel


def test_the_linter_finds_nothing(tmp_path: Path) -> None:
    waar = npm_map()
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(_fouten_eenmaal(van_de_app(proefmodus=True)["berichtenverkeer"])))
    uit = tmp_path / "uit.json"
    spectral: list[str | Path] = [
        waar / "node_modules/.bin/spectral",
        "lint",
        "--quiet",
        "--format",
        "json",
        "--output",
        uit,
    ]
    opdracht = [*spectral, "--ruleset", waar / "api-design-rules.yaml", document]
    gelopen = subprocess.run(opdracht, capture_output=True, text=True, timeout=300)
    assert (gelopen.returncode, json.loads(uit.read_text())) == (0, []), gelopen.stderr


def _fouten_eenmaal(document: dict[str, Any]) -> dict[str, Any]:
    """An error that is described at many operations keeps its content at the first: the linter compiles the schema of every content and holds
    the example against it, and the same eight hundred times takes it seven times as long."""
    gezien: set[str] = set()
    for methoden in document["paths"].values():
        for operatie in methoden.values():
            for status, antwoord in operatie["responses"].items():
                tekst = json.dumps([status, antwoord])
                if status >= "400" and tekst in gezien:
                    del antwoord["content"]
                gezien.add(tekst)
    return document


def test_outside_proefmodus_the_document_is_a_part_of_that_inside() -> None:
    """So what the linter finds of the one holds for the other."""
    buiten, binnen = (van_de_app(proefmodus=proefmodus)["berichtenverkeer"] for proefmodus in (False, True))
    for deel in ("paths", "components"):
        _is_deel(buiten.pop(deel), binnen.pop(deel))
    assert [tag for tag in binnen.pop("tags") if tag not in buiten["tags"]] == [{"name": "proef"}]
    del buiten["tags"]
    assert buiten == binnen


def _is_deel(deel: Any, van: Any) -> None:
    """Of what is named in both all is the same."""
    if isinstance(deel, dict) and deel.keys() <= van.keys():
        for naam, waarde in deel.items():
            _is_deel(waarde, van[naam])
    else:
        assert deel == van


def test_names_are_of_one_operation() -> None:
    for document in van_de_app(proefmodus=True).values():
        operaties = [o for methoden in document["paths"].values() for o in methoden.values()]
        assert len({o["operationId"] for o in operaties}) == len(operaties)
        assert all(o["summary"] and o["tags"] for o in operaties)


def test_every_body_has_an_example() -> None:
    for pad, methoden in van_de_app(proefmodus=True)["berichtenverkeer"]["paths"].items():
        for methode, operatie in methoden.items():
            goed = [a for status, a in operatie["responses"].items() if status < "300"]
            for inhoud in (a["content"] for a in [*goed, operatie.get("requestBody", {})] if "content" in a):
                for soort, vorm in inhoud.items():
                    zonder_vorm = vorm.get("schema", {"format": "binary"}).get("format") == "binary"
                    assert zonder_vorm or "example" in vorm, (pad, methode, soort)


def test_the_document_is_for_everyone(sqlite: MaakDatabase) -> None:
    with knoop(sqlite.gereed()) as node:
        for pad in ("/v1", "/vsp", "/ggk", "/validatie"):
            json_, yaml_ = (httpx.get(f"{node.url}{pad}/openapi.{soort}", timeout=60) for soort in ("json", "yaml"))
            assert {a.headers["access-control-allow-origin"] for a in (json_, yaml_)} == {"*"}
            assert json_.json() == yaml.load(yaml_.text, Loader=yaml.CSafeLoader)
        assert httpx.get(f"{node.url}/openapi.json").status_code == 404
        assert httpx.get(f"{node.url}/postvak/berichten").status_code == 404


def test_the_page_loads_nothing_from_elsewhere(sqlite: MaakDatabase) -> None:
    with knoop(sqlite.gereed()) as node:
        pagina = httpx.get(f"{node.url}/docs")
        assert "://" not in pagina.text
        assert "script-src 'self';" in pagina.headers["content-security-policy"]
        for bestand in ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png", "begin.js", "licentie.txt"):
            antwoord = httpx.get(f"{node.url}/docs/{bestand}")
            assert (antwoord.status_code, bool(antwoord.content)) == (200, True), bestand
        assert httpx.get(f"{node.url}/docs/anders.js").status_code == 404


@pytest.mark.parametrize(
    ("vraag", "melding"),
    [
        ({"limiet": "1001"}, "limiet is hoogstens 1000"),
        ({"limiet": "0"}, "limiet is ten minste 1"),
        ({"limiet": "veel"}, "limiet is een geheel getal"),
        ({"geldigOp": "2-3-2026"}, "geldigOp is onjuist: schrijf een dag als EEJJ-MM-DD"),
        ({"domein": "wlz"}, "domein is iwmo of ijw"),
        ({"gemeente": "16"}, "gemeente heeft 4 cijfers"),
    ],
)
def test_an_error_names_the_field_and_the_bound(paar: Paar, vraag: dict[str, str], melding: str) -> None:
    antwoord = paar.aanbieder.get("/v1/toewijzingen", params=vraag)
    assert (antwoord.status_code, antwoord.json()["detail"]) == (400, f"De vraag is niet goed ingevuld: {melding}.")
    veld, _, waarom = melding.partition(" ")
    assert antwoord.json()["onjuist"] == [{"veld": veld, "melding": waarom}]


def test_all_errors_at_once_and_the_name_that_was_meant(paar: Paar) -> None:
    vraag = {"bsm": "999900006", "gewijzigd_na": "", "limiet": 0, "product": ""}
    antwoord = paar.aanbieder.post("/v1/toewijzingen/zoeken", json=vraag)
    assert antwoord.status_code == 400
    assert antwoord.json()["onjuist"] == [
        {"veld": "bsm", "melding": "is hier niet bekend; bedoelt u bsn?"},
        {"veld": "gewijzigd_na", "melding": "is hier niet bekend; bedoelt u gewijzigdNa?"},
        {"veld": "limiet", "melding": "is ten minste 1"},
        {"veld": "product", "melding": "heeft 1 tot 5 cijfers of letters"},
    ]


@pytest.mark.parametrize("lijst", ["toewijzingen", "verzoeken", "declaraties", "berichten"])
def test_a_bsn_is_asked_for_in_a_body_only(paar: Paar, lijst: str) -> None:
    antwoord = paar.aanbieder.get(f"/v1/{lijst}", params={"bsn": "999900006"})
    assert (antwoord.status_code, "/zoeken" in antwoord.json()["advies"]) == (400, True)
    assert paar.aanbieder.post(f"/v1/{lijst}/zoeken", json={"bsn": "999900006"}).json()["items"] == []
    assert paar.aanbieder.post(f"/v1/{lijst}/zoeken", json={"bsn": "12"}).status_code == 400
    assert paar.aanbieder.post(f"/v1/{lijst}/zoeken", content=b"{").status_code == 400


def test_messages_and_declaraties_about_a_client(paar: Paar) -> None:
    d, ander = paar.dossier(), paar.dossier("999900018", nummer=2001)
    for dossier in (d, ander):
        paar.gemeente.goedgekeurd(dossier.toewijzing())
        paar.aanbieder.goedgekeurd(dossier.start())
    items = paar.aanbieder.json("/v1/berichten", bsn=d.bsn)["items"]
    assert {item["berichtsoort"] for item in items} == {"WMO301", "WMO302", "WMO305", "WMO306"}
    assert len(items) == 4


ALLE_LIJSTEN = (
    "/v1/werklijsten", "/v1/exports", "/v1/webhooks", "/v1/webhooks/soorten", "/v1/standaard/regels", "/v1/standaard/retourcodes",
    "/v1/standaard/codelijsten/WJ001",
)  # fmt: skip


@pytest.mark.parametrize("pad", ALLE_LIJSTEN)
def test_a_list_in_memory_has_all_forms_too(paar: Paar, pad: str) -> None:
    items = next(iter(waarde for waarde in paar.aanbieder.get(pad).json().values() if isinstance(waarde, list)))
    tabel = lees_tabel(paar.aanbieder.get(pad, headers={"Accept": "text/csv"}).content, STRENG)
    assert len(tabel.rijen) == len(items)
    xlsx = paar.aanbieder.get(pad, headers={"Accept": Gedaante.XLSX})
    assert len(lees_tabel(xlsx.content, STRENG).rijen) == len(items)
    assert paar.aanbieder.get(pad, headers={"Accept": "image/png"}).status_code == 406


def test_the_story_of_a_toewijzing_as_a_table(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    pad = f"/v1/toewijzingen/{paar.aanbieder.toewijzingen()[0]['id']}/tijdlijn"
    tekst = paar.aanbieder.get(pad, headers={"Accept": "text/csv"}).text
    assert tekst.count("\r\n") == 1 + len(paar.aanbieder.json(pad)["items"])
