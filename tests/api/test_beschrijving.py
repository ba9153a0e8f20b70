"""The OpenAPI description. That every status which occurs is in it, the caller of ``tests.knoop`` checks at every answer."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.conftest import MaakDatabase
from tests.knoop import knoop
from tests.openapi import als_een, van_de_app

_ZONDER_JSON = {"application/xml", "application/octet-stream", "text/xml"}
"""What an answer may be besides JSON; some have nothing to say but their status."""

MET_TOKEN = (
    "/v1/berichten",
    "/v1/declaraties",
    "/ggk/v1",
    "/v1/postvak",
    "/v1/proef",
    "/v1/toewijzingen",
    "/v1/verzoeken",
    "/v1/voorstellen",
    "/vsp",
    "/v1/werklijsten",
)


@pytest.fixture(scope="module", params=[False, True], ids=["productie", "proefmodus"])
def openapi(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The description of the app."""
    return als_een(van_de_app(proefmodus=request.param))


def _methoden(openapi: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for pad, methoden in openapi["paths"].items():
        for methode, beschrijving in methoden.items():
            yield pad, methode, beschrijving


def _verwijzingen(deel: Any) -> Iterator[str]:
    if isinstance(deel, dict):
        yield from ([deel["$ref"]] if isinstance(deel.get("$ref"), str) else [])
        for waarde in deel.values():
            yield from _verwijzingen(waarde)
    elif isinstance(deel, list):
        for waarde in deel:
            yield from _verwijzingen(waarde)


def test_every_reference_leads_somewhere(openapi: dict[str, Any]) -> None:
    for verwijzing in set(_verwijzingen(openapi)):
        hier = openapi
        for stap in verwijzing.removeprefix("#/").split("/"):
            hier = hier[stap]


def test_every_error_is_a_problem(openapi: dict[str, Any]) -> None:
    for pad, methode, beschrijving in _methoden(openapi):
        for status, antwoord in beschrijving["responses"].items():
            if status >= "400" and (pad, status) != ("/ggk/ws/OntvangAsynchroon", "500"):  # a soap:Fault
                assert list(antwoord["content"]) == ["application/problem+json"], (pad, methode, status)
                assert antwoord["description"]
                voorbeeld = antwoord["content"]["application/problem+json"]["example"]
                assert (voorbeeld["status"], bool(voorbeeld["advies"])) == (int(status), True)


def test_what_is_told_has_the_name_of_the_thing(openapi: dict[str, Any]) -> None:
    namen = openapi["components"]["schemas"].keys()
    assert [naam for naam in namen if naam.endswith(("Uit", "In"))] == []
    assert {"Toewijzing", "Toewijzingtoestand", "Berichtoordeel", "Probleem"} <= namen


def test_a_document_has_only_what_it_uses() -> None:
    for titel, document in van_de_app(proefmodus=False).items():
        gebruikt = {verwijzing.rpartition("/")[2] for verwijzing in _verwijzingen(document)}
        assert document["components"]["schemas"].keys() == gebruikt, titel


def test_what_asks_for_a_token_says_so(openapi: dict[str, Any]) -> None:
    for pad, methode, beschrijving in _methoden(openapi):
        if pad.startswith(MET_TOKEN):
            assert "401" in beschrijving["responses"], (pad, methode)
            assert beschrijving["security"] == [{"token": []}, {"certificaat": []}]
    assert openapi["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_every_operation_is_explained_in_dutch_and_has_a_form(openapi: dict[str, Any]) -> None:
    for pad, methode, beschrijving in _methoden(openapi):
        assert beschrijving["description"], (pad, methode)
        goed = [antwoord for status, antwoord in beschrijving["responses"].items() if status < "300"]
        assert goed
        for antwoord in goed:
            inhoud = antwoord.get("content", {})
            json = inhoud.get("application/json")
            assert json["schema"] if json else inhoud.keys() <= _ZONDER_JSON, (pad, methode)


def test_posting_takes_xml(openapi: dict[str, Any]) -> None:
    post = openapi["paths"]["/v1/berichten"]["post"]
    assert set(post["requestBody"]["content"]) == {"application/xml", "text/xml"}
    assert post["responses"].keys() == {
        "200", "202", "400", "401", "403", "408", "409", "410", "413", "415", "422", "429", "500", "503",
    }  # fmt: skip


def test_the_pages_are_there(sqlite: MaakDatabase) -> None:
    with knoop(sqlite.gereed()) as node:
        assert httpx.get(f"{node.url}/docs").status_code == 200
        assert httpx.get(f"{node.url}/v1/openapi.json").json()["info"]["title"] == "berichtenverkeer"
