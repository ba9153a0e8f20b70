"""Who may see what: whoever is not the one whose it is finds what does not exist, at every route there is."""

import json
from typing import Any

import pytest
from tests.api.hoofdaannemer.conftest import CSV, VRAGENLIJST, H, Wereld
from tests.knoop import Klant, zonder_trace

from berichtenverkeer.hoofdaannemer.laden.soorten import SOORTEN
from berichtenverkeer.partijen.contracten import kies

BIJ_PARTNER = ("/v1/inzetten", "/v1/maandstaten")
"""What a partner asks; all the rest is of its hoofdaannemer."""

GEEN = "00000000-0000-4000-8000-000000000000"


def _routes(w: Wereld) -> set[tuple[str, str]]:
    return {
        (methode.upper(), pad)
        for pad, methoden in w.node.openapi["paths"].items()
        if pad.startswith((H, *BIJ_PARTNER))
        for methode in methoden
    }


def _vragen(w: Wereld, toewijzing: str, inzet: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """By route what to ask that would be answered to who may: about this toewijzing and inzet."""
    h, p = f"{H}/inzetten/{{id}}", "/v1/inzetten/{id}"
    dag = {"per": "2026-03-01"}
    return {
        ("GET", f"{H}/inzetten"): [{}, {"params": {"toewijzing": toewijzing}}, {"params": {"partner": w.p}}],
        ("POST", f"{H}/inzetten"): [{"json": w.vraag(toewijzing)}],
        ("GET", h): [{}],
        ("GET", f"{h}/tijdlijn"): [{}],
        ("POST", f"{h}/beeindigen"): [{"json": dag | {"reden": "r"}}],
        ("POST", f"{h}/overdragen"): [{"json": dag | {"naar": w.q}}],
        ("POST", f"{h}/klasse"): [{"json": dag | {"klasse": "midden"}}],
        ("POST", f"{h}/intrekken"): [{"json": {"reden": "r"}}],
        ("POST", f"{h}/geleverd"): [{"json": {"maand": "2026-02", "aantal": 1}}],
        ("GET", f"{H}/maandstaten"): [
            {"params": {"maand": "2026-02"}},
            {"params": {"maand": "2026-02", "partner": w.p}},
        ],
        ("GET", f"{H}/herindicaties"): [{}],
        ("GET", f"{H}/bezetting"): [
            {"params": {"kwartaal": "2026-Q1", "per": per}} for per in ("gemeente,segment", "partner")
        ],
        ("GET", f"{H}/omzettingen"): [{}, {"params": {"per": "2026-03-02"}}],
        ("GET", f"{H}/omzettingen/berichten"): [{}],
        ("POST", f"{H}/omzettingen/overzetten"): [{"json": {"per": "2026-03-02"}}],
        ("POST", f"{H}/omzettingen/versturen"): [{"json": {"per": "2026-03-02"}}],
        ("GET", f"{H}/zwaarte"): [{}],
        ("POST", f"{H}/zwaarte"): [{"json": {"antwoorden": {"W1": "Ja", "Z1": 1}, "toewijzing": toewijzing}}],
        ("GET", p): [{}],
        ("GET", f"{p}/tijdlijn"): [{}],
        ("POST", f"{p}/aannemen"): [{}],
        ("POST", f"{p}/weigeren"): [{"json": {"reden": "r"}}],
        ("POST", f"{p}/meldingen"): [{"json": {"soort": "start", "datum": "2026-03-01"}}],
        ("GET", f"{p}/inzorgmelding"): [{}, {"headers": {"Accept": "text/html"}}],
        ("GET", f"{p}/uitzorgmelding"): [{}],
        ("GET", "/v1/inzetten"): [{}, {"params": {"hoofdaannemer": w.code}}],
        ("GET", "/v1/maandstaten"): [
            {"params": {"maand": "2026-02"} | meer} for meer in ({}, {"hoofdaannemer": w.code})
        ],
    }


_SCHRIJFT = {
    ("POST", f"{H}/laden/{{soort}}"),
    ("POST", f"{H}/facturen/controle"),
    ("POST", "/v1/inzetten/meldingen"),
}
"""Asked with a file, and of what one has oneself: tried apart."""

_APART = _SCHRIJFT | {
    ("GET", f"{H}/laden/{{soort}}"),
    ("GET", f"{H}/betaalschema"),
    ("POST", f"{H}/maandstaten/{{maand}}/{{partner}}/vaststellen"),
}


def test_no_route_is_passed_over(wereld: Wereld) -> None:
    assert _routes(wereld) == _vragen(wereld, "", "").keys() | _APART


def test_others_find_what_does_not_exist(wereld: Wereld) -> None:
    w = wereld
    wie, toewijzing = w.toegewezen(Einddatum="2026-03-31")
    inzet = w.plaats(toewijzing)["id"]
    yaml = {"Content-Type": "application/yaml"}
    assert w.hoofdaannemer.post(f"{H}/laden/vragenlijst", content=VRAGENLIJST.encode(), headers=yaml).status_code == 200
    anderen: dict[str, Klant] = {
        "gemeente": w.gemeente, "hoofdaannemer": w.andere, "partner": w.ander_partner, "aanbieder": w.aanbieder,
    }  # fmt: skip
    for (methode, pad), vragen in _vragen(w, toewijzing, inzet).items():
        eigen = w.partner if pad.startswith(BIJ_PARTNER) else w.hoofdaannemer
        zelf = w.partner if eigen is w.hoofdaannemer else w.hoofdaannemer
        vreemd = {**anderen, "aan de andere kant": zelf}
        for wat, klant in (
            vreemd if eigen is w.hoofdaannemer else {**vreemd, "eigen hoofdaannemer": w.hoofdaannemer}
        ).items():
            for vraag in vragen:
                antwoord = klant.request(methode, pad.replace("{id}", inzet), **vraag)
                niets = klant.request(methode, pad.replace("{id}", GEEN), **_zonder(vraag, toewijzing))
                assert antwoord.status_code == niets.status_code, (wat, methode, pad)
                assert antwoord.status_code == 404 or antwoord.json()["items"] == [], (wat, methode, pad)
                assert zonder_trace(antwoord) == zonder_trace(niets), (wat, methode, pad)
                assert wie.bsn not in antwoord.text
    [staat] = w.partner.json("/v1/maandstaten", maand="2026-02")["items"]
    assert (staat["hoofdaannemer"], [regel["inzet"] for regel in staat["regels"]]) == (w.code, [inzet])
    [over] = w.hoofdaannemer.json(f"{H}/inzetten")["items"]
    assert (over["id"], over["aanname"], over["versie"]) == (inzet, "aangeboden", 1)


def _zonder(vraag: dict[str, Any], toewijzing: str) -> dict[str, Any]:
    """The same question about a toewijzing that does not exist."""
    uit: dict[str, Any] = json.loads(json.dumps(vraag).replace(toewijzing, GEEN))
    return uit


@pytest.mark.parametrize("soort", SOORTEN)
def test_files_and_money_of_others(wereld: Wereld, soort: str) -> None:
    w = wereld
    for klant in (w.gemeente, w.partner, w.ander_partner, w.aanbieder):
        assert klant.json(f"{H}/laden/{soort}") == {"soort": soort, "items": []}
        assert klant.post(f"{H}/laden/{soort}", content=b"a;b\n", headers=CSV).status_code == 404
        assert klant.post(f"{H}/facturen/controle", content=b"a;b\n", headers=CSV).status_code in (404, 422)
        assert klant.post(f"{H}/maandstaten/2026-02/{w.p}/vaststellen").status_code == 404
        assert klant.get(f"{H}/betaalschema", params={"gemeente": w.gemeentecode, "jaar": 2026}).status_code == 404
    assert w.andere.json(f"{H}/laden/{soort}")["items"] == []
    onbekend = json.dumps(zonder_trace(w.andere.post(f"{H}/maandstaten/2026-02/niemand/vaststellen")))
    van_ander = json.dumps(zonder_trace(w.andere.post(f"{H}/maandstaten/2026-02/{w.p}/vaststellen")))
    assert van_ander == onbekend.replace("niemand", w.p)


def test_a_gemeente_sees_which_partner_delivers(wereld: Wereld) -> None:
    w = wereld
    _, toewijzing = w.toegewezen()
    w.plaats(toewijzing, tot="2026-02-28")
    w.plaats(toewijzing, partner=w.q, van="2026-03-01")
    partners = w.gemeente.json(f"/v1/toewijzingen/{toewijzing}")["partners"]
    assert partners == [
        {"code": w.p, "naam": "Dekker", "segment": "begeleiding", "van": "2026-02-01", "tot": "2026-02-28"},
        {"code": w.q, "naam": "Partner Q", "segment": "begeleiding", "van": "2026-03-01", "tot": "2026-12-31"},
    ]
    assert w.hoofdaannemer.json(f"/v1/toewijzingen/{toewijzing}")["partners"] == []
    assert w.partner.get(f"/v1/toewijzingen/{toewijzing}").status_code == 404


def test_a_hoofdaannemer_may_keep_its_partners_to_itself(wereld: Wereld) -> None:
    w = wereld
    _, toewijzing = w.toegewezen()
    w.plaats(toewijzing)
    kies(w.node.engine, w.code, {"partner-zichtbaar-voor-gemeente": "nee"})
    assert w.gemeente.json(f"/v1/toewijzingen/{toewijzing}")["partners"] == []


def test_a_partner_does_not_see_which_message_it_was(wereld: Wereld) -> None:
    w = wereld
    wie, toewijzing = w.toegewezen()
    inzet = w.plaats(toewijzing)["id"]
    korter = wie.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-06-30")
    w.gemeente.goedgekeurd(korter, **{"Bv-Klok": "2026-03-02T13:00:00"})
    bij_ons = w.hoofdaannemer.json(f"{H}/inzetten/{inzet}/tijdlijn")["items"]
    bij_hem = w.partner.json(f"/v1/inzetten/{inzet}/tijdlijn")["items"]
    assert [punt["gebeurtenis"] for punt in bij_ons] == [punt["gebeurtenis"] for punt in bij_hem]
    assert any("301" in punt["waarom"] for punt in bij_ons)
    assert not any("301" in punt["waarom"] for punt in bij_hem)
    assert "toewijzing" not in w.partner.json(f"/v1/inzetten/{inzet}")
    [een, twee] = w.partner.postvak()
    assert (een["soort"], twee["soort"]) == ("inzorgmelding", "uitzorgmelding")
    assert w.partner.json(twee["pad"])["tot"] == "2026-06-30"
