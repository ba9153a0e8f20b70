"""What all lists have in common: who asks for a field or a cursor that they do not have hears so, and their schemas have names."""

import re

import pytest
from tests.knoop import Knoop, Paar

LIJSTEN = ("/v1/toewijzingen", "/v1/verzoeken", "/v1/declaraties", "/v1/berichten")
MET_VELDEN = (*LIJSTEN, "/v1/werklijsten", "/v1/werklijsten/stop-ontbreekt")


@pytest.mark.parametrize("pad", MET_VELDEN)
def test_a_field_that_is_not_there(bezoeker: Paar, pad: str) -> None:
    antwoord = bezoeker.gemeente.get(pad, params={"zomaar": "1"})
    assert (antwoord.status_code, antwoord.json()["type"]) == (400, "urn:berichtenverkeer:probleem:veld-onbekend")
    assert "'zomaar'" in antwoord.json()["detail"]


@pytest.mark.parametrize("pad", LIJSTEN)
@pytest.mark.parametrize(
    ("naam", "bedoeld"), [("gewijzigd_na", "gewijzigdNa"), ("limit", "limiet"), ("Domein", "domein")]
)
def test_the_nearest_field_is_named(bezoeker: Paar, pad: str, naam: str, bedoeld: str) -> None:
    antwoord = bezoeker.gemeente.get(pad, params={naam: "1", "limiet": "nog eens fout"})
    assert antwoord.status_code == 400
    assert f"Bedoelt u '{bedoeld}'?" in antwoord.json()["advies"]


@pytest.mark.parametrize("naam", ["<script>", "x" * 41, "999900006", "é"])
def test_a_name_that_is_none_is_not_repeated(bezoeker: Paar, naam: str) -> None:
    antwoord = bezoeker.gemeente.get("/v1/toewijzingen", params={naam: "1"})
    assert (antwoord.status_code, naam in antwoord.text) == (400, False)


def test_also_where_there_are_few_fields(bezoeker: Paar) -> None:
    id_ = "00000000-0000-4000-8000-000000000000"
    assert bezoeker.gemeente.get(f"/v1/toewijzingen/{id_}", params={"x": "1"}).status_code == 400
    assert bezoeker.gemeente.get(f"/v1/declaraties/{id_}", params={"na": "1"}).status_code == 404


@pytest.mark.parametrize("pad", LIJSTEN)
def test_a_cursor_is_of_one_list(bezoeker: Paar, pad: str) -> None:
    for van in LIJSTEN:
        volgende = bezoeker.gemeente.json(van)["volgende"]
        antwoord = bezoeker.gemeente.get(pad, params={"gewijzigdNa": volgende})
        if van == pad:
            assert antwoord.json() == {"items": [], "volgende": volgende}
        else:
            assert (antwoord.status_code, van.removeprefix("/v1/") in antwoord.json()["detail"]) == (400, True)


def test_every_schema_has_a_name_of_its_own(node: Knoop) -> None:
    namen = list(node.openapi["components"]["schemas"])
    assert not [naam for naam in namen if not re.fullmatch("[A-Z][A-Za-z0-9]*", naam)]
    assert len({naam.lower() for naam in namen}) == len(namen)
    assert "Lijst" not in namen
