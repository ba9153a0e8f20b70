"""What a question says and its route does not know is refused, with what it may have to be."""

import pytest
from tests.knoop import Paar


@pytest.mark.parametrize(
    ("pad", "onbekend", "bedoeld"),
    [
        ("/v1/toewijzingen", "gewijzigdna", "gewijzigdNa"),
        ("/v1/toewijzingen", "toewijzingsnummer", "toewijzingnummer"),
        ("/v1/verzoeken", "toestanden", "toestand"),
        ("/v1/declaraties", "mand", "maand"),
        ("/v1/berichten", "oordelen", "oordeel"),
        ("/v1/werklijsten", "week", "weken"),
        ("/v1/postvak/berichten", "limiet", "limit"),
    ],
)
def test_a_misspelled_field_is_refused_and_the_right_one_named(
    bezoeker: Paar, pad: str, onbekend: str, bedoeld: str
) -> None:
    antwoord = bezoeker.aanbieder.get(pad, params={onbekend: "1"})
    assert (antwoord.status_code, antwoord.json()["type"].rpartition(":")[2]) == (400, "veld-onbekend")
    assert f"het veld '{onbekend}'" in antwoord.json()["detail"]
    assert f"Bedoelt u '{bedoeld}'?" in antwoord.json()["advies"]


def test_all_of_them_are_told_at_once_and_to_a_bound(bezoeker: Paar) -> None:
    vraag = {
        "limiet": "5",
        "geen_idee": "x",
        "z" * 300: "1",
        **{f"v{a}{b}": "1" for a in "abcdefghijkl" for b in "abcdefghijkl"},
    }
    detail = bezoeker.aanbieder.get("/v1/toewijzingen", params=vraag).json()["detail"]
    assert "de velden 'geen_idee', 'vaa', 'vab', " in detail
    assert "limiet" not in detail
    assert "en nog 45" in detail
    assert "zzz" not in detail


def test_a_bsn_in_an_address_does_not_hide_the_other_field(bezoeker: Paar) -> None:
    fout = bezoeker.aanbieder.get("/v1/toewijzingen", params={"bsn": "999900006", "gewijzigdna": "1"}).json()
    assert fout["detail"] == "De vraag heeft de velden 'bsn', 'gewijzigdna', en die zijn hier niet bekend."
    assert "Bedoelt u 'gewijzigdNa'? Een Bsn staat nooit in een adres" in fout["advies"]


def test_a_route_without_fields_says_so(bezoeker: Paar) -> None:
    antwoord = bezoeker.aanbieder.get("/v1/standaard/kpis", params={"code": "INSTROOM"})
    assert antwoord.status_code == 400
    assert antwoord.json()["advies"] == "Er zijn hier geen velden."


def test_a_message_is_not_taken_in_with_a_field_that_means_nothing(bezoeker: Paar) -> None:
    antwoord = bezoeker.aanbieder.post("/v1/berichten?proef=ja", content=b"<x/>", headers={"Content-Type": "text/xml"})
    assert (antwoord.status_code, antwoord.json()["type"].rpartition(":")[2]) == (400, "veld-onbekend")


@pytest.mark.parametrize("pad", ["/vsp/berichten/rest-pull/v1/berichten", "/ggk/v1/postvak"])
def test_what_others_dictate_reads_past_what_it_does_not_know(bezoeker: Paar, pad: str) -> None:
    klant = bezoeker.aanbieder if pad.startswith("/vsp") else bezoeker.gemeente
    assert klant.get(pad, params={"versie": "1"}).status_code == 200
