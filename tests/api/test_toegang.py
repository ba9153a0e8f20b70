"""One token for several parties: which it acts for, and that it ends when it is withdrawn."""

import pytest
from tests.knoop import NU, Klant, Knoop, Paar

from berichtenverkeer.uitwisseling.partijen import maak_token, trek_token_in

POSTVAKKEN = ("/postvak/v1/berichten", "/vsp/berichten/rest-pull/v1/berichten", "/ggk/v1/postvak", "/toewijzingen")


def _met(node: Knoop, token: str) -> Klant:
    klant = node.klant(None)
    klant.headers["Authorization"] = f"Bearer {token}"
    return klant


def test_a_token_for_two_parties_hands_in_and_fetches_for_each(node: Knoop, paar: Paar) -> None:
    ander = node.paar()
    klant = _met(node, maak_token(node.engine, paar.agb, NU, ook=[ander.gemeentecode, paar.agb]))
    data = ander.dossier().toewijzing()
    geweigerd = klant.bied_aan(data)
    assert geweigerd.status_code == 403  # without the header it acts for the party it was made for
    uit = klant.goedgekeurd(data, **{"Bv-Partij": ander.gemeentecode})
    assert klant.get(f"/berichten/{uit['id']}").status_code == 404
    namens = {"Bv-Partij": ander.gemeentecode}
    assert klant.get(f"/berichten/{uit['id']}", headers=namens).status_code == 200
    assert len(klant.get("/toewijzingen", headers=namens).json()["items"]) == 1
    assert klant.toewijzingen() == []
    assert klant.get("/toewijzingen", headers={"Bv-Partij": paar.agb}).json()["items"] == []


@pytest.mark.parametrize("pad", POSTVAKKEN)
def test_a_party_of_another_is_as_one_that_does_not_exist(node: Knoop, bezoeker: Paar, pad: str) -> None:
    antwoorden = [
        bezoeker.aanbieder.get(pad, headers={"Bv-Partij": code})
        for code in (bezoeker.gemeentecode, "0000", "", "x" * 500, bezoeker.agb + "0")
    ]
    assert {antwoord.status_code for antwoord in antwoorden} == {401}
    [_] = {antwoord.text for antwoord in antwoorden}
    assert bezoeker.aanbieder.get(pad, headers={"Bv-Partij": bezoeker.agb}).status_code == 200


def test_the_header_alone_opens_nothing(node: Knoop, bezoeker: Paar) -> None:
    for klant in (node.klant(None), _met(node, "verzonnen")):
        antwoord = klant.get("/toewijzingen", headers={"Bv-Partij": bezoeker.agb})
        assert antwoord.status_code == 401
        assert antwoord.json()["type"].endswith("niet-aangemeld")


def test_a_withdrawn_token_acts_for_nobody(node: Knoop, bezoeker: Paar) -> None:
    token = maak_token(node.engine, bezoeker.agb, NU, ook=[bezoeker.gemeentecode])
    trek_token_in(node.engine, token, NU)
    klant = _met(node, token)
    for code in (bezoeker.agb, bezoeker.gemeentecode):
        assert klant.get("/toewijzingen", headers={"Bv-Partij": code}).status_code == 401
