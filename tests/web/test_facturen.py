"""Checking an invoice, and the money of a gemeente, in a browser."""

import csv
import io
from pathlib import Path

import httpx
from tests.web.bureau import ANDER_PARTNER, FACTUURKOP
from tests.web.conftest import Kom, Web

from berichtenverkeer.hoofdaannemer.factuur import Uitkomst
from berichtenverkeer.web.paginas.facturen import WAT_NU
from berichtenverkeer.web.poort import SESSIEKOEKJE


def rijen(tekst: str) -> list[list[str]]:
    """The cells of a table."""
    return [rij.split("\t") for rij in tekst.replace("\u00a0", " ").splitlines()]


def test_an_invoice_that_is_right_is_kept_and_then_double(web: Web, kom: Kom) -> None:
    nummer, _ = web.bureau.doorgegeven()
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    p = bezoek.pagina
    p.click("nav >> text=Hoofdaannemer")
    p.click("main >> text=Facturen controleren")
    p.fill("#veld-tekst", web.bureau.factuur("F-1", nummer, "363,00"))
    p.click("button:text-is('Controleer')")
    regel = next(rij for rij in rijen(p.locator("table").first.inner_text()) if rij[0] == "F-1")
    assert regel[6:9] == ["€ 363,00", "€ 363,00", "goed"]
    assert regel[-1] == WAT_NU[Uitkomst.GOED]
    p.click("text=Deze factuur bewaren")
    assert "Bewaard: F-1." in p.inner_text("main")
    p.click("main tbody >> text=F-1")
    with p.expect_download() as ophalen:
        p.click("main >> text=CSV")
    [bewaard] = csv.DictReader(io.StringIO(Path(ophalen.value.path()).read_text("utf-8-sig")), delimiter=";")
    assert (bewaard["factuurnummer"], bewaard["uitkomst"]) == ("F-1", "goed")
    bezoek.ga("/hoofdaannemer/facturen")
    p.fill("#veld-tekst", web.bureau.factuur("F-2", nummer, "363,00"))
    p.click("button:text-is('Controleer')")
    regel = next(rij for rij in rijen(p.locator("table").first.inner_text()) if rij[0] == "F-2")
    assert regel[8] == "dubbel"
    assert "F-1" in regel[9]
    assert regel[-1] == WAT_NU[Uitkomst.DUBBEL]
    bezoek.ga("/hoofdaannemer/facturen?sorteer=-bedrag")
    p.click("table >> text='F-1'")
    assert "goed" in p.inner_text("main")


def test_an_invoice_that_differs_and_one_of_nothing(web: Web, kom: Kom) -> None:
    nummer, _ = web.bureau.doorgegeven()
    bezoek = kom("meekijker", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga("/hoofdaannemer/facturen")
    vreemd = web.bureau.factuur("F-3", nummer, "10,00", ANDER_PARTNER).removeprefix(FACTUURKOP)
    p.fill("#veld-tekst", web.bureau.factuur("F-3", nummer, "400,00") + vreemd)
    p.click("button:text-is('Controleer')")
    regels = {rij[8]: rij for rij in rijen(p.locator("table").first.inner_text()) if rij[0] == "F-3"}
    assert regels["bedrag verschilt"][-1] == WAT_NU[Uitkomst.BEDRAG_VERSCHILT]
    assert regels["bedrag verschilt"][7] == "€ 363,00"
    assert regels["onbekend"][-1] == WAT_NU[Uitkomst.ONBEKEND]
    assert "Wat niet op de factuur staat" in p.inner_text("main")
    assert p.locator("text=Deze factuur bewaren").count() == 0


def test_a_file_with_faults_keeps_what_was_given(web: Web, kom: Kom, tmp_path: Path) -> None:
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga("/hoofdaannemer/facturen")
    bestand = tmp_path / "factuur.csv"
    bestand.write_text(web.bureau.factuur("F-4", 1, "veel"), "utf-8")
    p.set_input_files("#veld-bestand", bestand)
    p.click("button:text-is('Controleer')")
    assert p.locator("#fouten a").all_inner_texts() == ["Bestand"]
    assert "veel" in p.input_value("#veld-tekst")
    p.fill("#veld-tekst", FACTUURKOP)
    p.click("button:text-is('Controleer')")
    assert p.locator("#fouten a").all_inner_texts() == ["Rijen"]


def test_every_outcome_says_what_to_do() -> None:
    assert WAT_NU.keys() == set(Uitkomst)


def test_payments_of_a_year(web: Web, kom: Kom) -> None:
    bezoek = kom("meekijker", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga("/hoofdaannemer/betaalschema")
    assert p.input_value("#veld-gemeente") == web.bureau.paar.gemeentecode
    tekst = p.inner_text("main").replace("\u00a0", " ")
    assert "€ 105.000,00" in tekst
    assert p.locator("table").first.locator("tbody tr").count() == 12
    with p.expect_download() as ophalen:
        p.click("text=CSV")
    assert "8333,33" in ophalen.value.path().read_text("utf-8-sig")
    bezoek.ga("/hoofdaannemer/betaalschema?gemeente=x&jaar=nooit")
    assert p.locator("#fouten a").all_inner_texts() == ["Gemeente", "Jaar"]


def test_contracts(web: Web, kom: Kom) -> None:
    bezoek = kom("meekijker", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga("/hoofdaannemer/contracten")
    alle = p.locator("tbody tr").count()
    p.click("summary")
    p.select_option("#veld-partner", ANDER_PARTNER)
    p.fill("#veld-geldig_op", "2026-07-01")
    p.click("text='Toon'")
    assert "Niets voldoet" in p.inner_text("main")
    bezoek.ga("/hoofdaannemer/contracten?geldig_op=2026-07-01&sorteer=-naam")
    assert 0 < p.locator("tbody tr").count() < alle
    bezoek.ga("/hoofdaannemer/contracten?geldig_op=gisteren")
    assert p.locator("#fouten a").all_inner_texts() == ["Geldig op"]
    koekje = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('meekijker')}"}
    csv = httpx.get(f"{web.url}/hoofdaannemer/contracten?partner={ANDER_PARTNER}&vorm=csv", headers=koekje, timeout=60)
    assert [regel.split(";")[0] for regel in csv.text.splitlines()] == ["\ufeffcode", ANDER_PARTNER]
