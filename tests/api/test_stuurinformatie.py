"""The figures of a few messages, over HTTP: what is counted, who sees it, and the rows behind it."""

from typing import Any

import pytest
from tests.knoop import Klant, Knoop, Paar

PERIODE = {"van": "2026-01-01", "tot": "2026-12-31"}
ALLES = "domein,gemeente,aanbieder,form,product,segment,partner,berichtsoort,maand,kwartaal"


def cijfers(klant: Klant, **vraag: str) -> dict[str, Any]:
    """The figures of a year by their code."""
    antwoord = klant.get("/v1/stuurinformatie", params={**PERIODE, **vraag})
    assert antwoord.status_code == 200, antwoord.text
    return {kpi["code"]: kpi for kpi in antwoord.json()["kpis"]}


def rijen(klant: Klant, code: str, **vraag: str) -> list[dict[str, Any]]:
    """All rows behind a figure, page by page."""
    uit: list[dict[str, Any]] = []
    na: dict[str, str] = {}
    while True:
        antwoord = klant.get(
            f"/v1/stuurinformatie/{code}/onderliggend", params={**PERIODE, "limiet": "1", **vraag, **na}
        )
        assert antwoord.status_code == 200, antwoord.text
        uit += antwoord.json()["items"]
        if antwoord.json()["volgende"] is None:
            return uit
        na = {"na": antwoord.json()["volgende"]}


def test_a_delivery_is_counted_by_both_and_hidden(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    for klant in (paar.gemeente, paar.aanbieder):
        [niets] = cijfers(klant)["INSTROOM"]["groepen"]
        assert (niets["groep"], niets["aantal"], niets["onderdrukt"]) == ({}, 0, False)
    paar.aanbieder.goedgekeurd(d.start())
    paar.aanbieder.goedgekeurd(d.stop())
    for klant in (paar.gemeente, paar.aanbieder):
        [groep] = cijfers(klant, kpi="INSTROOM")["INSTROOM"]["groepen"]
        assert groep == {"groep": {}, "aantal": None, "clienten": None, "waarde": None, "onderdrukt": True}
        [groep] = cijfers(klant, kpi="INSTROOM", toonKlein="true")["INSTROOM"]["groepen"]
        assert groep == {"groep": {}, "aantal": 1, "clienten": 1, "waarde": 1, "onderdrukt": False}


@pytest.mark.parametrize("per", ["", ALLES, "maand", "kwartaal,gemeente"])
def test_the_rows_behind_every_figure_make_it_up(paar: Paar, per: str) -> None:
    for nummer, bsn in enumerate(("999900006", "999900018"), start=1001):
        d = paar.dossier(bsn, nummer=nummer)
        paar.gemeente.goedgekeurd(d.toewijzing())
        paar.aanbieder.goedgekeurd(d.start())
        paar.aanbieder.aangenomen(d.start())
    paar.aanbieder.goedgekeurd(d.stop())
    for klant in (paar.gemeente, paar.aanbieder):
        for code, kpi in cijfers(klant, toonKlein="true", per=per).items():
            alle = rijen(klant, code, per=per)
            for groep in kpi["groepen"]:
                eigen = [rij for rij in alle if rij["groep"] == groep["groep"]]
                assert len(eigen) == groep["aantal"], code
                if "noemer" in groep and kpi["eenheid"] == "aandeel" and code != "MIX":
                    assert sum(rij["teller"] for rij in eigen) == groep["teller"], code
                    assert sum(rij["noemer"] for rij in eigen) == groep["noemer"], code
                if kpi["eenheid"] == "aantal":
                    assert sum(rij["waarde"] for rij in eigen) == groep["waarde"], code
            assert len(alle) == sum(groep["aantal"] for groep in kpi["groepen"]), code


def test_everything_wrong_is_told_at_once(paar: Paar) -> None:
    vraag = {"van": "2026-04-01", "tot": "2026-03-31", "kpi": "INSTROM,WACHTTIJD", "per": "gemente,form"}
    antwoord = paar.gemeente.get("/v1/stuurinformatie", params=vraag)
    assert antwoord.status_code == 400
    assert {een["veld"]: een["melding"] for een in antwoord.json()["onjuist"]} == {
        "tot": "ligt met 2026-03-31 voor van (2026-04-01): draai ze om",
        "kpi": "kent geen INSTROM; bedoelt u INSTROOM?",
        "per": "kent geen gemente; bedoelt u gemeente?",
    }
    eeuw = paar.gemeente.get("/v1/stuurinformatie", params={"van": "1926-01-01", "tot": "2026-01-01"})
    assert eeuw.status_code == 400


def test_a_figure_for_another_rol_is_forbidden_and_not_among_all(paar: Paar) -> None:
    antwoord = paar.gemeente.get("/v1/stuurinformatie", params={**PERIODE, "kpi": "MARGE"})
    assert antwoord.status_code == 403
    assert "MARGE" not in cijfers(paar.gemeente)


def test_others_see_nothing(node: Knoop, paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    ander = node.paar()
    for klant in (ander.gemeente, ander.aanbieder):
        for code, kpi in cijfers(klant, toonKlein="true", per=ALLES).items():
            assert kpi["groepen"] == [], code
            assert rijen(klant, code, per=ALLES) == [], code


def test_a_table_has_a_row_for_each_group(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    vraag = {**PERIODE, "kpi": "INSTROOM,WACHTTIJD", "per": "gemeente", "toonKlein": "true"}
    antwoord = paar.gemeente.get("/v1/stuurinformatie", params=vraag, headers={"Accept": "text/csv"})
    assert antwoord.content.decode("utf-8-sig").splitlines() == [
        "code;gemeente;aantal;clienten;waarde;mediaan;p90;onderdrukt",
        f"INSTROOM;{paar.gemeentecode};1;1;1;;;nee",
        f"WACHTTIJD;{paar.gemeentecode};1;1;1;1;1;nee",
    ]
