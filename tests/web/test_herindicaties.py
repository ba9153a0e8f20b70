"""The board of herindicaties and the occupancy, in a browser."""

import pytest
from tests.web.bureau import PARTNER
from tests.web.conftest import Kom, Web, zonder_klachten

BORD = "/hoofdaannemer/herindicaties"


def kaart(bezoek: object, nummer: int) -> str:
    """The card of a toewijzing."""
    return f"li.bord__kaart:has-text('Toewijzing {nummer}')"


def test_a_card_moves_by_what_is_done(web: Web, kom: Kom) -> None:
    nummer, _ = web.bureau.doorgegeven(Einddatum="2026-04-01")
    with zonder_klachten(kom("hoofdaannemer", java_script_enabled=False)) as bezoek:
        p = bezoek.pagina
        p.click("nav >> text=Hoofdaannemer")
        p.click("main >> text=Herindicaties")
        assert "nog niet" in p.inner_text(kaart(bezoek, nummer))
        p.click(f"{kaart(bezoek, nummer)} >> text=Evaluatie afvinken")
        p.fill("#veld-datum", "2026-03-01")
        p.click("text='Verder'")
        p.click("text=Ja, afvinken")
        assert f"De evaluatie van toewijzing {nummer} is afgevinkt." in p.inner_text("main")
        tekst = p.inner_text(kaart(bezoek, nummer)).replace("\u00a0", " ")
        assert "Evaluatie: 1 maart 2026" in tekst
        assert p.locator(f"{kaart(bezoek, nummer)} >> text=Evaluatie afvinken").count() == 0
    rijen = web.bureau.paar.aanbieder.json("/v1/hoofdaannemer/herindicaties")["items"]
    assert [r["stappen"]["evaluatie"]["op"] for r in rijen if r["toewijzingnummer"] == nummer] == ["2026-03-01"]


def test_what_goes_on_is_passed_on_from_its_card(web: Web, kom: Kom) -> None:
    wacht = [r for r in web.bureau.paar.aanbieder.json("/v1/hoofdaannemer/herindicaties")["items"] if r["opvolger"]]
    assert wacht
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    bezoek.ga(BORD)
    naar = bezoek.pagina.locator(f"{kaart(bezoek, wacht[0]['toewijzingnummer'])} >> text=Doorgeven").get_attribute(
        "href"
    )
    assert naar == f"/hoofdaannemer/doorgeven/{wacht[0]['opvolger']}"


def test_an_evaluation_that_is_still_to_come(web: Web, kom: Kom) -> None:
    nummer, _ = web.bureau.doorgegeven(Einddatum="2026-04-02")
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga(BORD)
    p.click(f"{kaart(bezoek, nummer)} >> text=Evaluatie afvinken")
    p.click("text='Verder'")
    assert p.locator("#fouten a").all_inner_texts() == ["Dag van de evaluatie"]


def test_the_table_is_the_same_and_filtered(web: Web, kom: Kom) -> None:
    bezoek = kom("meekijker", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga(f"{BORD}?als=tabel&wanneer=te-laat")
    te_laat = [r for r in web.bureau.paar.aanbieder.json("/v1/hoofdaannemer/herindicaties")["items"] if r["te_laat"]]
    assert te_laat
    assert p.locator("tbody tr").count() == len(te_laat)
    p.click("th >> text=Eindigt op")
    dagen = [tekst.replace("\u00a0", " ") for tekst in p.locator("tbody tr td:nth-child(5)").all_inner_texts()]
    assert "10 maart 2026" in dagen
    assert p.locator("th[aria-sort=ascending]").inner_text().startswith("Eindigt op")
    with p.expect_download() as ophalen:
        p.click("text=CSV")
    regels = ophalen.value.path().read_text("utf-8-sig").splitlines()
    assert len(regels) == 1 + len(te_laat)
    assert p.locator("text=Evaluatie afvinken").count() == 0
    bezoek.ga(f"{BORD}?partner=niemand")
    assert "Niets voldoet" in p.inner_text("main")


@pytest.mark.parametrize("per", ["gemeente,segment", "partner", "gemeente,segment,partner"])
def test_occupancy(web: Web, kom: Kom, per: str) -> None:
    bezoek = kom("meekijker", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga("/hoofdaannemer/bezetting")
    assert p.input_value("#veld-kwartaal") == "2026-Q1"
    p.select_option("#veld-per", per)
    p.click("text='Toon'")
    items = web.bureau.paar.aanbieder.json("/v1/hoofdaannemer/bezetting", kwartaal="2026-Q1", per=per)["items"]
    assert p.locator("tbody tr").count() == len(items) > 0
    if "partner" in per:
        assert f"Dekker ({PARTNER})" in p.inner_text("table")


def test_occupancy_of_what_is_no_quarter(kom: Kom) -> None:
    bezoek = kom("meekijker", java_script_enabled=False)
    bezoek.ga("/hoofdaannemer/bezetting?kwartaal=zomer&per=kleur")
    assert bezoek.pagina.locator("#fouten a").all_inner_texts() == ["Kwartaal", "Een rij voor iedere"]
    assert bezoek.pagina.input_value("#veld-kwartaal") == "zomer"
