"""The month of a partner that has no VECOZO, by real HTTP: from what is loaded to what it may invoice."""

import csv
from io import StringIO
from typing import Any

import pytest
from tests.api.hoofdaannemer.conftest import CSV, SEGMENTEN, TARIEVEN, H, Wereld
from tests.knoop import XML

from berichtenverkeer.partijen.contracten import kies


def test_the_month_of_a_partner_without_vecozo(wereld: Wereld) -> None:
    w = wereld
    wie, toewijzing = w.toegewezen()
    [ontbreekt] = w.hoofdaannemer.json("/v1/werklijsten/inzet-ontbreekt")["items"]
    assert ontbreekt["toewijzingnummer"] == wie.nummer

    inzet = w.plaats(toewijzing)
    assert (inzet["toestand"], inzet["aanname"], inzet["aanname_voor"]) == ("lopend", "aangeboden", "2026-03-09")
    assert w.hoofdaannemer.json("/v1/werklijsten/inzet-ontbreekt")["items"] == []

    [melding] = w.partner.postvak()
    assert (melding["soort"], melding["inzet"]) == ("inzorgmelding", inzet["id"])
    gemeld = w.partner.json(melding["pad"])
    assert gemeld["client"]["bsn"] == wie.bsn
    [bij_partner] = w.partner.json("/v1/inzetten")["items"]
    assert (bij_partner["id"], bij_partner["hoofdaannemer"]) == (inzet["id"], w.code)
    pad = f"/v1/inzetten/{inzet['id']}"
    assert w.partner.post(f"{pad}/aannemen").json()["aanname"] == "aangenomen"

    antwoord = w.partner.post(f"{pad}/meldingen", json={"soort": "start", "datum": "2026-02-02"})
    assert antwoord.status_code == 200
    [te_doen] = w.hoofdaannemer.json("/v1/werklijsten/start-te-versturen")["items"]
    voorstel = w.hoofdaannemer.post(te_doen["voorstel"]["pad"], json=te_doen["voorstel"]["vraag"]).json()
    assert (voorstel["berichtsoort"], voorstel["bevindingen"], voorstel["vragen"]) == ("WMO305", [], [])
    gestuurd = w.hoofdaannemer.post("/v1/berichten", content=voorstel["xml"].encode(), headers=XML)
    assert gestuurd.json()["oordeel"] == "goedgekeurd"
    assert w.hoofdaannemer.json("/v1/werklijsten/start-te-versturen")["items"] == []

    staten = w.hoofdaannemer.json(f"{H}/maandstaten", maand="2026-02")
    [staat] = staten["items"]
    assert (staat["partner"], staat["toestand"], staat["nummer"], staten["keuzes"]) == (
        w.p, "concept", None, {"deelmaand": "naar-rato"},
    )  # fmt: skip
    assert (staat["subtotaal"], staat["totaal"]) == (36300, 36300 - 5445)
    vast = w.hoofdaannemer.post(f"{H}/maandstaten/2026-02/{w.p}/vaststellen")
    assert (vast.status_code, vast.json()["nummer"]) == (200, f"2026-02/{w.p}/1")
    assert w.hoofdaannemer.post(f"{H}/maandstaten/2026-02/{w.p}/vaststellen").status_code == 409
    assert w.hoofdaannemer.post(f"{H}/maandstaten/2026-03/{w.p}/vaststellen").status_code == 422

    regel = {
        "factuurnummer": "F1", "partner": w.p, "maand": "2026-02", "gemeente": w.gemeentecode,
        "toewijzingnummer": wie.nummer, "domein": "iwmo", "klasse": "licht", "bedrag": 36300,
    }  # fmt: skip
    controle = w.hoofdaannemer.post(f"{H}/facturen/controle", json={"regels": [regel]}).json()
    assert [een["uitkomst"] for een in controle["regels"]] == ["goed"]
    assert controle["totaal"] == {"verwacht": 36300, "gefactureerd": 36300, "verschil": 0}
    als_csv = (
        "factuurnummer;partner;maand;gemeente;toewijzingnummer;domein;klasse;euro\n"
        f"F1;{w.p};2026-02;{w.gemeentecode};{wie.nummer};iwmo;licht;363,00\n"
    )
    uit_csv = w.hoofdaannemer.post(
        f"{H}/facturen/controle", content=als_csv.encode(), headers=CSV, params={"bewaar": "true"}
    )
    assert uit_csv.json() == controle
    nog_eens = w.hoofdaannemer.post(f"{H}/facturen/controle", json={"regels": [regel | {"factuurnummer": "F2"}]}).json()
    assert [(een["uitkomst"], een["eerder"]) for een in nog_eens["regels"]] == [("dubbel", ["F1"])]


def test_a_partner_sees_its_own_maandstaten(wereld: Wereld) -> None:
    w = wereld
    inzet = w.plaats(w.toegewezen()[1])
    w.plaats(w.toegewezen()[1], partner=w.q)
    for soort, inhoud in (("segmenten", SEGMENTEN), ("partners", w.partners()), ("tarieven", TARIEVEN)):
        geladen = w.andere.post(f"{H}/laden/{soort}", content=inhoud.encode(), headers=CSV)
        assert geladen.status_code == 200, geladen.text
    assert w.andere.post(f"{H}/maandstaten/2026-01/{w.p}/vaststellen").status_code == 200

    def bij_partner(maand: str = "2026-02", **vraag: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = w.partner.json("/v1/maandstaten", maand=maand, **vraag)["items"]
        return items

    eigen = {"hoofdaannemer": w.code, "keuzes": {"deelmaand": "naar-rato"}}
    [bij_hem] = w.hoofdaannemer.json(f"{H}/maandstaten", maand="2026-02", partner=w.p)["items"]
    assert bij_partner() == [bij_hem | eigen]
    assert (bij_hem["toestand"], bij_hem["regels"][0]["inzet"]) == ("concept", inzet["id"])
    kies(w.node.engine, w.code, {"deelmaand": "hele-maand"})
    vast = w.hoofdaannemer.post(f"{H}/maandstaten/2026-02/{w.p}/vaststellen").json()
    kies(w.node.engine, w.code, {"deelmaand": "naar-rato"})
    eigen["keuzes"] = {"deelmaand": "hele-maand"}
    assert bij_partner() == [vast | eigen]
    assert (vast["toestand"], vast["totaal"]) == ("vastgesteld", 36300 - 5445)
    assert [(een["hoofdaannemer"], een["nummer"]) for een in bij_partner("2026-01")] == [
        (w.andere_code, f"2026-01/{w.p}/1")
    ]
    assert bij_partner("2026-01", hoofdaannemer=w.code) == bij_partner("2026-02", hoofdaannemer=w.andere_code) == []

    tabel = w.partner.get("/v1/maandstaten", params={"maand": "2026-02"}, headers={"Accept": "text/csv"})
    rijen = list(csv.DictReader(StringIO(tabel.content.decode("utf-8-sig")), delimiter=";"))
    assert {rij["hoofdaannemer"] for rij in rijen} == {w.code}
    assert sum(int(rij["bedrag"].replace(",", "")) for rij in rijen) == vast["totaal"]
    assert w.partner.get("/v1/maandstaten", params={"maand": "2026-13"}).status_code == 400


def test_a_renewal(wereld: Wereld) -> None:
    w = wereld
    wie, toewijzing = w.toegewezen(Einddatum="2026-03-31")
    inzet = w.plaats(toewijzing)
    pad = f"/v1/inzetten/{inzet['id']}"
    [rij] = w.hoofdaannemer.json(f"{H}/herindicaties")["items"]
    assert (rij["client"], rij["partner"], rij["wacht_op"], rij["uiterlijk"]) == (wie.bsn, w.p, "partner", "2026-03-10")
    assert set(rij["stappen"].values()) == {None}
    assert w.partner.post(f"{pad}/meldingen", json={"soort": "evaluatie", "datum": "2026-03-01"}).status_code == 200
    antwoord = w.hoofdaannemer.json(f"{H}/herindicaties")
    assert antwoord["items"][0]["stappen"]["evaluatie"] == {"op": "2026-03-01", "wie": w.p}
    assert antwoord["keuzes"] == {"herindicatie-vooruit": "42", "herindicatie-uiterlijk": "21"}
    stop = {"soort": "stop", "datum": "2026-03-31", "reden": "99"}
    assert w.partner.post(f"{pad}/meldingen", json=stop).status_code == 422


@pytest.mark.parametrize(
    ("maand", "partner", "velden"),
    [
        ("2026-13", "dekker", ["maand"]),
        ("0000-01", "dekker", ["maand"]),
        ("2026-02-01", "999900006", ["maand", "partner"]),
        ("2026-02", "999900006", ["partner"]),
    ],
)
def test_what_cannot_be_fixed_because_it_cannot_be(wereld: Wereld, maand: str, partner: str, velden: list[str]) -> None:
    pad = f"{H}/maandstaten/{maand}/{partner}/vaststellen"
    antwoord = wereld.hoofdaannemer.post(pad)
    assert (antwoord.status_code, [een["veld"] for een in antwoord.json()["onjuist"]]) == (400, velden)
    assert "999900006" not in antwoord.text
    assert wereld.partner.post(pad).status_code == 404


@pytest.mark.parametrize(("pad", "veld"), [("maandstaten", "maand"), ("bezetting", "kwartaal")])
def test_what_is_no_month_is_not_told_again(wereld: Wereld, pad: str, veld: str) -> None:
    antwoord = wereld.hoofdaannemer.get(f"{H}/{pad}", params={veld: "999900006"})
    assert antwoord.status_code == 400
    assert "999900006" not in antwoord.text
    assert ".." not in antwoord.json()["detail"]
    assert antwoord.json()["onjuist"][0]["veld"] == veld
