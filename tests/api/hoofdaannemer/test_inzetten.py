"""The acts on inzetten over HTTP: what they give, and what breaks a rule."""

from typing import Any

import pytest
from tests.api.hoofdaannemer.conftest import H, Wereld


def test_the_shape_of_an_inzet(wereld: Wereld) -> None:
    wie, toewijzing = wereld.toegewezen()
    inzet = wereld.plaats(toewijzing)
    assert inzet.pop("let_op") == []
    id_ = inzet["id"]
    assert inzet == {
        "id": id_, "toewijzing": toewijzing, "gemeente": wereld.gemeentecode, "domein": "iwmo",
        "toewijzingnummer": wie.nummer, "partner": wereld.p, "segment": "begeleiding", "klasse": "licht",
        "van": "2026-02-01", "tot": None, "effectief": {"van": "2026-02-01", "tot": "2026-12-31"}, "toestand": "lopend",
        "aanname": "aangeboden", "aanname_voor": "2026-03-09", "versie": 1, "gewijzigd_op": "2026-03-02T11:00:00Z",
    }  # fmt: skip
    assert wereld.hoofdaannemer.json(f"{H}/inzetten/{id_}") == inzet
    lijst = wereld.hoofdaannemer.json(f"{H}/inzetten", toewijzing=toewijzing, geldig_op="2026-02-01")
    assert (lijst["items"], lijst["keuzes"]) == ([inzet], {"aanname": "ja", "aanname-termijn": "5"})
    for filter_ in (
        {"geldig_op": "2026-01-31"},
        {"toestand": "gepland"},
        {"partner": wereld.q},
        {"segment": "vervoer"},
    ):
        assert wereld.hoofdaannemer.json(f"{H}/inzetten", **filter_)["items"] == []
    assert wereld.hoofdaannemer.json(f"{H}/inzetten", gewijzigd_na=lijst["volgende"])["items"] == []


def test_the_acts(wereld: Wereld) -> None:
    w = wereld
    _, toewijzing = w.toegewezen()
    een = w.plaats(toewijzing)["id"]
    twee = w.hoofdaannemer.post(f"{H}/inzetten/{een}/klasse", json={"klasse": "midden", "per": "2026-03-01"})
    assert (twee.status_code, twee.json()["klasse"], twee.json()["van"]) == (201, "midden", "2026-03-01")
    pad = f"{H}/inzetten/{twee.json()['id']}"
    drie = w.hoofdaannemer.post(f"{pad}/overdragen", json={"naar": w.q, "per": "2026-04-01"})
    assert (drie.status_code, drie.json()["partner"], drie.json()["toestand"]) == (201, w.q, "gepland")
    pad = f"{H}/inzetten/{drie.json()['id']}"
    eind = w.hoofdaannemer.post(f"{pad}/beeindigen", json={"per": "2026-05-31", "reden": "verhuisd"})
    assert (eind.status_code, eind.json()["tot"]) == (200, "2026-05-31")
    later = w.plaats(toewijzing, van="2026-07-01")
    assert later["let_op"] == ["Op deze toewijzing is niemand ingezet van 2026-06-01 tot en met 2026-06-30."]
    weg = w.hoofdaannemer.post(f"{pad}/intrekken", json={"reden": "vergissing"})
    assert (weg.status_code, weg.json()["toestand"], weg.json()["effectief"]) == (200, "vervallen", None)
    assert w.hoofdaannemer.post(f"{pad}/intrekken", json={"reden": "nog eens"}).status_code == 409
    soorten = [item["soort"] for item in w.ander_partner.postvak()]
    assert soorten[0] == "inzorgmelding"
    assert soorten[-1] == "uitzorgmelding"


def test_a_number_delivered(wereld: Wereld) -> None:
    w = wereld
    _, toewijzing = w.toegewezen(Product__Categorie="08", Product__Code="08A03")
    pad = f"{H}/inzetten/{w.plaats(toewijzing, klasse='rolstoel')['id']}"
    assert w.hoofdaannemer.post(f"{pad}/geleverd", json={"maand": "2026-02", "aantal": 9}).status_code == 200
    assert w.hoofdaannemer.post(f"{pad}/geleverd", json={"maand": "2026-02", "aantal": 29}).status_code == 422
    [staat] = w.hoofdaannemer.json(f"{H}/maandstaten", maand="2026-02")["items"]
    assert (staat["regels"][0]["aantal"], staat["totaal"]) == (9, 9 * 3282)


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"van": "2026-01-31"}, "van"),
        ({"tot": "2027-01-01"}, "tot"),
        ({"partner": "niemand"}, "partner"),
        ({"klasse": "zwaar"}, "klasse"),
    ],
)
def test_what_breaks_a_rule(wereld: Wereld, anders: dict[str, Any], veld: str) -> None:
    _, toewijzing = wereld.toegewezen()
    antwoord = wereld.hoofdaannemer.post(f"{H}/inzetten", json=wereld.vraag(toewijzing, **anders))
    assert antwoord.status_code == 422
    assert [een["veld"] for een in antwoord.json()["onjuist"]] == [veld]
    assert wereld.hoofdaannemer.json(f"{H}/inzetten")["items"] == []


def test_days_without_contract_and_an_overlap(wereld: Wereld) -> None:
    w = wereld
    w.laad("partners", w.partners().replace(";2020-01-01;;", ";2020-01-01;2026-06-30;"))
    _, toewijzing = w.toegewezen()
    zonder = w.hoofdaannemer.post(f"{H}/inzetten", json=w.vraag(toewijzing))
    assert (zonder.status_code, zonder.json()["niet_gedekt"]) == (422, [{"van": "2026-07-01", "tot": "2026-12-31"}])
    w.plaats(toewijzing, tot="2026-06-30")
    dubbel = w.vraag(toewijzing, van="2026-06-01", tot="2026-06-30")
    assert w.hoofdaannemer.post(f"{H}/inzetten", json=dubbel).status_code == 422
    assert w.hoofdaannemer.post(f"{H}/inzetten", json=dubbel | {"overlap_bedoeld": True}).status_code == 201


def test_a_partner_answers_once(wereld: Wereld) -> None:
    w = wereld
    _, toewijzing = w.toegewezen()
    pad = f"/v1/inzetten/{w.plaats(toewijzing)['id']}"
    assert w.partner.post(f"{pad}/weigeren", json={"reden": " "}).status_code == 422
    geweigerd = w.partner.post(f"{pad}/weigeren", json={"reden": "geen plek"})
    assert (geweigerd.status_code, geweigerd.json()["toestand"]) == (200, "vervallen")
    assert w.partner.post(f"{pad}/aannemen").status_code == 409


def test_occupancy_and_the_scheme_of_payments(wereld: Wereld) -> None:
    w = wereld
    g = w.gemeentecode
    w.laad("plekken", f"gemeente;segment;partner;aantal;van;tot\n{g};begeleiding;;2;2026-01-01;\n")
    w.laad("lumpsum", f"gemeente;segment;jaar;euro\n{g};begeleiding;2026;1000,00\n")
    w.laad("betalingen", f"gemeente;segment;maand;euro\n{g};begeleiding;2026-01;83,33\n")
    wie, _ = w.toegewezen()
    w.hoofdaannemer.goedgekeurd(wie.start(Begindatum="2026-02-02"))
    [rij] = w.hoofdaannemer.json(f"{H}/bezetting", kwartaal="2026-Q1")["items"]
    assert (rij["gemeente"], rij["partner"], rij["dagen"], rij["clientdagen"]) == (g, None, 61, 29)
    assert (rij["bezetting"], rij["plekken"], rij["graad"], rij["signaal"]) == (0.48, 2.0, 0.2377, "onder")
    assert rij["prognose"]["dagen"] == 90
    assert w.hoofdaannemer.get(f"{H}/bezetting", params={"kwartaal": "2026-Q5"}).status_code == 400
    verkeerd = {"kwartaal": "2026-Q1", "per": "wijk"}
    assert w.hoofdaannemer.get(f"{H}/bezetting", params=verkeerd).status_code == 400
    schema = w.hoofdaannemer.json(f"{H}/betaalschema", gemeente=g, jaar=2026)
    assert (schema["bedrag"], schema["betaald"], len(schema["maanden"])) == (100_000, 8_333, 12)
    assert [schema["maanden"][plek]["bedrag"] for plek in (0, -1)] == [8_333, 8_337]
