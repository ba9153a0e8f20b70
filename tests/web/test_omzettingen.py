"""A product conversion and the weight of a case, in a browser."""

from urllib.parse import urljoin

from playwright.sync_api import Page
from tests.web.conftest import Kom, Web


def _bestand(p: Page) -> str:
    """What is on a page before anything happens, as the CSV that it links to."""
    adres = p.get_attribute("a:text-is('CSV')", "href")
    antwoord = p.request.get(urljoin(p.url, adres or ""))
    assert antwoord.headers["content-type"].startswith("text/csv")
    return antwoord.text()


def test_a_conversion_is_worked_off(web: Web, kom: Kom) -> None:
    nummer = web.bureau.omgezet("02T08")
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    p = bezoek.pagina
    p.click("nav >> text=Hoofdaannemer")
    p.click("main >> text=Productconversies")
    rij = p.locator(f"tbody tr:has-text('{nummer}')")
    assert "er zijn inzetten die nog over moeten" in rij.inner_text()
    p.click("main >> text=inzetten overzetten")
    assert "Er is nog niets gebeurd." in p.inner_text("main")
    assert str(nummer) in _bestand(p)
    p.select_option("label:text-is('Klasse licht wordt') ~ select", "midden")
    p.click("text=Reken opnieuw")
    assert "midden" in p.locator(f"tbody tr:has-text('{nummer}')").inner_text()
    p.click("text=Ja, zet")
    assert "Overgezet: " in p.inner_text("main")
    assert "de inzetten zijn over" in p.locator(f"tbody tr:has-text('{nummer}')").inner_text()
    rijen = web.bureau.paar.aanbieder.json("/v1/hoofdaannemer/omzettingen")["items"]
    [omgezet] = [een for een in rijen if een["oud"]["toewijzingnummer"] == nummer]
    inzet = web.bureau.paar.aanbieder.json(f"/v1/hoofdaannemer/inzetten/{omgezet['inzetten'][0]['naar']}")
    assert inzet["klasse"] == "midden"
    p.click("main >> text=stops en starts versturen")
    assert str(nummer) in _bestand(p)
    p.click("text=Ja, verstuur")
    assert "Verstuurd: " in p.inner_text("main")
    bezoek.ga("/hoofdaannemer/omzettingen/versturen?per=2026-03-02")
    assert "Niets te versturen" in p.inner_text("main")


def test_without_a_day_there_is_nothing_to_do(web: Web, kom: Kom) -> None:
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    for pad in ("overzetten", "versturen?per=ooit", "overzetten?per=2026-03-02&gemeente=x"):
        assert bezoek.ga(f"/hoofdaannemer/omzettingen/{pad}").status == 404
    bezoek.ga("/hoofdaannemer/omzettingen?per=ooit")
    assert bezoek.pagina.locator("#fouten a").all_inner_texts() == ["Eerste dag van de nieuwe"]


def test_weight(web: Web, kom: Kom) -> None:
    _, id_ = web.bureau.toegewezen()
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga(f"/hoofdaannemer/doorgeven/{id_}")
    p.click("text=Bepaal eerst de klasse met de vragenlijst")
    p.select_option("#veld-vraag-1", "Ja")
    p.click("text=Bereken en bewaar")
    assert p.locator("#fouten a").all_inner_texts() == ["Hoe zwaar is de zorg?"]
    assert p.input_value("#veld-vraag-1") == "Ja"
    p.fill("#veld-vraag-2", "9")
    p.click("text=Bereken en bewaar")
    assert "10 punten: klasse midden. Dit is bewaard" in p.inner_text("main")
    p.click("text=Deze toewijzing doorgeven")
    p.select_option("#veld-partner", "dekker")
    p.select_option("#veld-klasse", "licht")
    p.fill("#veld-van", "2026-02-01")
    p.click("text='Verder'")
    p.click("text=Ja, doorgeven")
    assert p.locator("#fouten a").all_inner_texts() == ["Reden"]


def test_weight_without_a_toewijzing_is_not_kept(kom: Kom) -> None:
    bezoek = kom("meekijker", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga("/hoofdaannemer/zwaarte")
    p.select_option("#veld-vraag-1", "Nee")
    p.fill("#veld-vraag-2", "3")
    p.click("button:text-is('Bereken')")
    assert "3 punten: klasse licht. Dit is niet bewaard" in p.inner_text("main").replace("\n", " ")
