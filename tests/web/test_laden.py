"""Loading files in a browser: tried, wrong, mended on the page, loaded; and what may not."""

from pathlib import Path

import httpx
import pytest
from tests.web.conftest import Kom, Web
from tests.web.test_toegang import zeker_van

from berichtenverkeer.hoofdaannemer.laden.soorten import SOORTEN
from berichtenverkeer.web.formulieren.kolomuitleg import kolommen_van
from berichtenverkeer.web.formulieren.tabelbestand import MEESTE_FOUTEN
from berichtenverkeer.web.poort import SESSIEKOEKJE

PAD = "/hoofdaannemer/laden"
LAAD = "button:text-is('Laden')"
KOP = "segment;percentage;van;tot\n"


def test_a_file_is_tried_mended_and_loaded(web: Web, kom: Kom) -> None:
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    p = bezoek.pagina
    p.click("nav >> text=Hoofdaannemer")
    p.click("main >> text=Bestanden laden")
    p.click("main >> text=Bijdragen")
    p.fill("#veld-tekst", f"{KOP}vervoer;veel;2026-01-01;\nvervoer;5;morgen;\n")
    p.click(LAAD)
    assert p.locator("#fouten a").all_inner_texts() == ["Rijen"]
    cellen = [rij.split("\t")[:3] for rij in p.locator("table").first.inner_text().splitlines()]
    assert ["2", "percentage", "veel"] in cellen
    assert ["3", "van", "morgen"] in cellen
    assert "veel" in p.input_value("#veld-tekst")
    p.fill("#veld-tekst", f"{KOP}vervoer;7,5;2026-01-01;\n")
    p.click("text=Alleen proberen")
    assert "1 nieuw" in p.inner_text("main")
    assert "Er is nog niets bewaard" in p.inner_text("main")
    assert "vervoer" not in p.locator("table").last.inner_text()
    p.click(LAAD)
    assert "Bewaard. 1 rij: 1 nieuw" in p.inner_text("main")
    assert "vervoer\t7,5" in p.locator("table").last.inner_text().replace("7.5", "7,5")
    items = web.bureau.paar.aanbieder.json(f"/v1{PAD}/bijdragen")["items"]
    assert [een["van"] for een in items if een["segment"] == "vervoer"] == ["2026-01-01"]


def test_what_was_taken_out_changes_nothing(kom: Kom, tmp_path: Path) -> None:
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    p = bezoek.pagina
    p.set_default_timeout(120_000)  # a workbook is read in a process that is begun for the first
    for soort in ("partners", "tarieven"):
        bezoek.ga(f"{PAD}/{soort}")
        for vorm in ("CSV", "XLSX"):
            with p.expect_download() as ophalen:
                p.click(f"text='{vorm}'")
            bestand = tmp_path / ophalen.value.suggested_filename
            ophalen.value.save_as(bestand)
            p.set_input_files("#veld-bestand", bestand)
            p.click(LAAD)
            assert "0 nieuw, 0 gewijzigd" in p.inner_text("main")


def test_a_workbook_that_is_wrong_is_chosen_again(kom: Kom, tmp_path: Path) -> None:
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    bezoek.ga(f"{PAD}/bijdragen")
    bestand = tmp_path / "kapot.xlsx"
    bestand.write_bytes(b"PK\x03\x04 kapot")
    bezoek.pagina.set_input_files("#veld-bestand", bestand)
    bezoek.pagina.click(LAAD)
    assert bezoek.pagina.locator("#fouten a").all_inner_texts() == ["Bestand"]
    assert "Kies het bestand opnieuw" in bezoek.pagina.inner_text("main")


def test_nothing_was_given(kom: Kom) -> None:
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    bezoek.ga(f"{PAD}/plekken")
    bezoek.pagina.click(LAAD)
    assert bezoek.pagina.locator("#fouten a").all_inner_texts() == ["Bestand"]


def test_a_questionnaire(kom: Kom) -> None:
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga(f"{PAD}/vragenlijst")
    p.fill("#veld-tekst", "versie: 1\nvragen: []\nklassen: oeps")
    p.click(LAAD)
    assert "klassen: " in p.inner_text("#fouten")
    assert "oeps" in p.input_value("#veld-tekst")


def verstuur(web: Web, login: str, pad: str, bestand: bytes) -> httpx.Response:
    """A form with a file, as a browser sends it."""
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie(login)}", "Origin": web.url}
    velden = zeker_van(httpx.get(web.url + pad, headers=kop, timeout=60).text)
    bestanden = {"bestand": ("groot.csv", bestand, "text/csv")}
    return httpx.post(web.url + pad, data=velden, files=bestanden, headers=kop, timeout=300)


def test_as_many_faults_as_rows(web: Web) -> None:
    antwoord = verstuur(web, "hoofdaannemer", f"{PAD}/bijdragen", KOP.encode() + b"x;y;z;\n" * 40_000)
    assert antwoord.status_code == 422
    assert len(antwoord.content) < 200_000
    assert f"de eerste {MEESTE_FOUTEN} van" in antwoord.text


def test_25_mib(web: Web) -> None:
    groot = KOP.encode() + b"begeleiding;15;2020-01-01;\n" * (25 * 1024**2 // 27 - 2)
    antwoord = verstuur(web, "hoofdaannemer", f"{PAD}/bijdragen", groot)
    assert antwoord.status_code == 422, antwoord.text[:2000]
    assert "<h1>" in antwoord.text
    assert "Er zijn meer dan 150000 regels; splits het bestand." in antwoord.text
    te_groot = verstuur(web, "hoofdaannemer", f"{PAD}/bijdragen", groot + bytes(1024**2))
    assert te_groot.status_code == 413


def test_who_may_not(web: Web) -> None:
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('meekijker')}"}
    lezer = httpx.get(f"{web.url}{PAD}/tarieven", headers=kop, timeout=60)
    assert "363,00" in lezer.text
    assert "veld-bestand" not in lezer.text
    assert verstuur(web, "meekijker", f"{PAD}/tarieven", b"x").status_code == 403
    for ander in ("medewerker", "onderaannemer"):
        kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie(ander)}"}
        assert httpx.get(f"{web.url}{PAD}/tarieven", headers=kop, timeout=60).status_code == 404
    assert httpx.get(f"{web.url}{PAD}/dromen", headers=kop, timeout=60).status_code == 404


@pytest.mark.parametrize("soort", SOORTEN)
def test_every_column_says_how_it_is_filled(soort: str) -> None:
    for een in kolommen_van(SOORTEN[soort]):
        assert een.zo.endswith(".")
