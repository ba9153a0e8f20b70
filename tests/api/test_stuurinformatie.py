"""The figures of a few messages, over HTTP: what is counted, who sees it, and the rows behind it."""

from itertools import islice
from typing import Any

import pytest
from tests.berichten import VANDAAG, bsns
from tests.declaraties import Regel, declaratie
from tests.knoop import Klant, Knoop, Paar

from berichtenverkeer.partijen.contracten import laad_productcodes, voeg_tarief_toe

PERIODE = {"van": "2026-01-01", "tot": "2026-12-31"}
ALLES = "domein,gemeente,aanbieder,form,product,segment,partner,berichtsoort,maand,kwartaal"


def cijfers(klant: Klant, **vraag: str) -> dict[str, Any]:
    """The figures of a year by their code."""
    antwoord = klant.get("/v1/stuurinformatie", params={**PERIODE, **vraag})
    assert antwoord.status_code == 200, antwoord.text
    return {kpi["code"]: kpi for kpi in antwoord.json()["kpis"]}


def rijen(klant: Klant, code: str, limiet: str = "1", **vraag: str) -> list[dict[str, Any]]:
    """All rows behind a figure, page by page."""
    uit: list[dict[str, Any]] = []
    na: dict[str, str] = {}
    while True:
        antwoord = klant.get(
            f"/v1/stuurinformatie/{code}/onderliggend", params={**PERIODE, "limiet": limiet, **vraag, **na}
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
            alle = rijen(klant, code, "100" if per in ("maand", "kwartaal,gemeente") else "1", per=per)
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
    een = {"van": "2026-03-01", "tot": "2026-03-31", "kpi": "MIXX"}
    probleem = paar.gemeente.get("/v1/stuurinformatie", params=een).json()
    (bezwaar,) = probleem["onjuist"]
    assert probleem["detail"].endswith(f"kpi {bezwaar['melding']}")
    bedoeld = bezwaar["melding"].removesuffix("?").split()[-1]
    assert paar.gemeente.get("/v1/stuurinformatie", params=een | {"kpi": bedoeld}).status_code == 200
    for tekst in (",", " "):
        assert paar.gemeente.get("/v1/stuurinformatie", params=een | {"kpi": tekst}).status_code == 400
    assert list(cijfers(paar.gemeente, kpi="INSTROOM, UITVAL,", per="gemeente,")) == ["INSTROOM", "UITVAL"]
    eeuw = paar.gemeente.get("/v1/stuurinformatie", params={"van": "1926-01-01", "tot": "2026-01-01"})
    assert eeuw.status_code == 400


@pytest.mark.parametrize("dag", ["2026-13-40", "20260101", "", "1 januari"])
def test_a_day_that_cannot_be_read_hides_nothing_else(paar: Paar, node: Knoop, dag: str) -> None:
    vraag = {"van": dag, "tot": "2300-01-01", "kpi": "INSTROM,WACHTTIJD", "per": "gemente", "toonKlein": "soms"}
    antwoord = paar.gemeente.get("/v1/stuurinformatie", params=vraag)
    assert antwoord.status_code == 400
    onjuist = {een["veld"]: een["melding"] for een in antwoord.json()["onjuist"]}
    assert list(onjuist) == ["toonKlein", "van", "tot", "kpi", "per"]
    assert "dag" in onjuist["van"]
    assert onjuist["kpi"].endswith("bedoelt u INSTROOM?")
    assert onjuist["per"].endswith("bedoelt u gemeente?")
    assert paar.gemeente.get("/v1/stuurinformatie", params=vraag | {"kpi": "MARGE"}).status_code == 400
    achter = paar.gemeente.get("/v1/stuurinformatie/INSTROM/onderliggend", params={"tot": dag, "limiet": "0"})
    assert achter.status_code == 400
    assert {een["veld"] for een in achter.json()["onjuist"]} == {"van", "tot", "kpi", "limiet"}
    assert node.klant(None).get("/v1/stuurinformatie", params=vraag).status_code == 401


@pytest.mark.parametrize(
    ("van", "tot", "per", "onvolledig"),
    [
        ("2024-01-15", "2024-04-30", "maand", ["2024-01"]),
        ("2024-01-01", "2024-04-30", "kwartaal", ["2024-Q2"]),
        ("2024-01-01", "2024-03-31", "maand", []),
        ("2024-01-15", "2024-04-30", "gemeente", []),
        ("2099-01-01", "2099-02-28", "maand", ["2099-01", "2099-02"]),
    ],
)
def test_parts_of_a_period_that_are_not_whole_are_named(
    paar: Paar, van: str, tot: str, per: str, onvolledig: list[str]
) -> None:
    """Those of which a part was asked, and those that are not over yet."""
    antwoord = paar.gemeente.get("/v1/stuurinformatie", params={"van": van, "tot": tot, "kpi": "INSTROOM", "per": per})
    assert antwoord.json()["onvolledig"] == onvolledig


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


def test_one_small_cell_takes_the_next_smallest_with_it(paar: Paar) -> None:
    wie = bsns()
    for code, clienten in (("02T01", 11), ("02T02", 10), ("02T03", 1)):
        for bsn in islice(wie, clienten):
            d = paar.dossier(bsn, nummer=int(bsn))
            paar.gemeente.goedgekeurd(d.toewijzing(Product__Code=code))
    for kpi in ("WACHTENDEN", "WACHT_TE_LANG"):
        groepen = cijfers(paar.gemeente, kpi=kpi, per="product", tot=VANDAAG)[kpi]["groepen"]
        assert [(g["groep"]["product"], g["clienten"], g["onderdrukt"]) for g in groepen] == [
            ("02T01", 11, False),
            ("02T02", None, True),
            ("02T03", None, True),
        ]
        klein = cijfers(paar.gemeente, kpi=kpi, per="product", tot=VANDAAG, toonKlein="true")[kpi]["groepen"]
        assert [(g["clienten"], g["aantal"], g["onderdrukt"]) for g in klein] == [
            (11, 11, False),
            (10, 10, False),
            (1, 1, False),
        ]


def test_what_the_list_calls_taakgericht_does_not_wait(node: Knoop, paar: Paar) -> None:
    def wachtenden() -> list[tuple[str, int]]:
        groepen = cijfers(paar.gemeente, kpi="WACHTENDEN", per="product", tot=VANDAAG, toonKlein="true")
        return [(g["groep"]["product"], g["aantal"]) for g in groepen["WACHTENDEN"]["groepen"]]

    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    paar.gemeente.goedgekeurd(paar.dossier(nummer=1002).toewijzing(Product__Code="02T02"))
    assert wachtenden() == [("02T01", 1), ("02T02", 1)]
    lijst = "categorie;code;eenheid;variant;van;tot\n02;02T01;04;taakgericht;2026-01-01;\n02;02T02;04;inspanning;2026-01-01;\n"
    laad_productcodes(node.engine, paar.gemeentecode, lijst.encode())
    node.binnen.register.kijk()
    assert wachtenden() == [("02T02", 1)]


def test_what_was_used_of_a_volume_needs_its_tariff(node: Knoop, paar: Paar) -> None:
    def verzilvering() -> dict[str, Any]:
        [groep] = cijfers(paar.aanbieder, kpi="VERZILVERING", toonKlein="true")["VERZILVERING"]["groepen"]
        return {naam: groep[naam] for naam in ("aantal", "waarde", "teller", "noemer", "apart")}

    d = paar.dossier()
    omvang = {"Omvang__Volume": "100", "Omvang__Eenheid": "04", "Omvang__Frequentie": "6"}
    paar.gemeente.goedgekeurd(d.toewijzing(Ingangsdatum="2026-01-01", Einddatum="2026-06-30", **omvang))
    paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1", 10)))
    assert verzilvering() == {"aantal": 0, "waarde": None, "teller": 0, "noemer": 0, "apart": 1}
    assert rijen(paar.aanbieder, "VERZILVERING") == []
    voeg_tarief_toe(node.engine, paar.gemeentecode, paar.agb, "02T01", "04", "5000", "2026-01-01")
    node.binnen.register.kijk()
    assert verzilvering() == {"aantal": 1, "waarde": 0.1, "teller": 50_000, "noemer": 500_000, "apart": 0}
    [rij] = rijen(paar.aanbieder, "VERZILVERING")
    assert (rij["teller"], rij["noemer"], rij["datums"]["einde"]) == (50_000, 500_000, "2026-06-30")


def test_what_was_refused_is_open_until_it_is_granted(paar: Paar) -> None:
    def open_(tot: str = VANDAAG) -> list[tuple[str, int]]:
        groepen = cijfers(paar.gemeente, kpi="AFKEURBEDRAG", toonKlein="true", tot=tot)["AFKEURBEDRAG"]["groepen"]
        return [(g["groep"]["leeftijd"], g["waarde"]) for g in groepen]

    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Ingangsdatum="2026-01-01"))
    paar.aanbieder.aangenomen(declaratie(d, "D1", Regel("R1", 30)))
    assert open_() == [("0-30", 150_000)]
    assert open_("2026-12-31") == [("91+", 150_000)]
    [rij] = rijen(paar.gemeente, "AFKEURBEDRAG")
    assert (rij["waarde"], rij["datums"]) == (150_000, {"afgewezen": VANDAAG})
    paar.aanbieder.goedgekeurd(declaratie(d, "D2", Regel("R2", 10)))
    assert open_() == []


@pytest.mark.parametrize("na", ["onderliggend.0.1.5", "onderliggend.0.1.1.2.3.4", "onderliggend.0.x", "dossiers.0.1"])
def test_a_place_that_is_none_of_these_rows_is_refused(paar: Paar, na: str) -> None:
    antwoord = paar.gemeente.get("/v1/stuurinformatie/WACHTTIJD/onderliggend", params={**PERIODE, "na": na})
    assert antwoord.status_code == 400
    assert antwoord.json()["type"].endswith("cursor-onjuist")
