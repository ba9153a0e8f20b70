"""Requests as pages: an aanbieder asks at a toewijzing, and the gemeente honours or refuses."""

import re
from typing import Any

import httpx
import pytest
from tests.web.conftest import Kom, Web, zonder_klachten
from tests.web.test_berichten import koppen
from tests.web.test_controleren import Bezoeker
from tests.web.test_toewijzingen import nieuw

from berichtenverkeer.partijen.gebruikers import Rol


@pytest.fixture(scope="module", autouse=True)
def gemeente(web: Web) -> None:
    """Someone who works at the gemeente."""
    web.voeg_toe("gemeentewerk", {web.paar.gemeentecode: Rol.MEDEWERKER})


def bekijk(bezoek: Any, knop: str) -> None:
    """Send a form by keyboard."""
    bezoek.pagina.focus(f"main form button >> text={knop}")
    bezoek.pagina.keyboard.press("Enter")


def test_a_change_is_asked_and_honoured(web: Web, kom: Kom) -> None:
    """The day of both: without scripts, by keyboard."""
    _, id_ = nieuw(web, "999900614", 7101)
    with zonder_klachten(kom("medewerker", java_script_enabled=False)) as bezoek:
        p = bezoek.pagina
        bezoek.ga(f"/toewijzingen/{id_}")
        p.click("text=Wijziging vragen")
        p.fill("#veld-volume", "6")
        bekijk(bezoek, "Bekijk het bericht")
        p.wait_for_selector("text=Er klopt nog iets niet")
        assert p.input_value("#veld-volume") == "6"
        bezoek.klachten.clear()
        p.select_option("#veld-reden", "1")
        p.fill("#veld-vanaf", "2026-04-01")
        bekijk(bezoek, "Bekijk het bericht")
        p.wait_for_selector("text=Dit bericht gaat zo weg")
        bekijk(bezoek, "WMO317 versturen")
        p.wait_for_url(re.compile("/berichten/"))
        assert "goedgekeurd" in p.inner_text("main")
    [verzoek] = web.paar.gemeente.json("/v1/verzoeken", bsn="999900614")["items"]
    with zonder_klachten(kom("gemeentewerk", java_script_enabled=False)) as bezoek:
        p = bezoek.pagina
        bezoek.ga("/?lijst=antwoord-op-verzoek-ontbreekt")
        assert p.locator(f'a[href="/verzoeken/{verzoek["id"]}"]').count() == 1
        bezoek.ga(f"/verzoeken/{verzoek['id']}")
        p.click("text=Verzoek honoreren")
        bekijk(bezoek, "Bekijk het bericht")
        p.wait_for_selector("text=Dit bericht gaat zo weg")
        bekijk(bezoek, "WMO301 versturen")
        p.wait_for_url(re.compile("/berichten/"))
        bezoek.ga(f"/verzoeken/{verzoek['id']}")
        assert "gehonoreerd" in p.inner_text("main")
    assert len(web.paar.aanbieder.toewijzingen(bsn="999900614")) == 2


def test_a_product_is_asked_and_refused(web: Web) -> None:
    _, id_ = nieuw(web, "999900626", 7202)
    aanbieder, pad = Bezoeker(web, "medewerker"), f"/toewijzingen/{id_}/nieuw-product"
    leeg = aanbieder.stuur(pad, aanbieder.open(pad), budget="1,234")
    assert leeg.status_code == 422
    assert 'id="fout-budget"' in leeg.text
    vol = {
        "categorie": "06", "code": "06T01", "vanaf": "2026-04-01", "einddatum": "2026-12-31", "volume": "2", "eenheid": "04",
        "frequentie": "2", "verwijzer": "01",
    }  # fmt: skip
    goed = aanbieder.stuur(pad, leeg.text, **vol)
    assert "Dit bericht gaat zo weg" in goed.text
    assert aanbieder.stuur("/versturen", goed.text).status_code == 303
    [verzoek] = web.paar.gemeente.json("/v1/verzoeken", bsn="999900626")["items"]
    werk = Bezoeker(web, "gemeentewerk")
    onderzoek = f"/verzoeken/{verzoek['id']}/onderzoek"
    assert "WMO319 versturen" in werk.stuur(onderzoek, werk.open(onderzoek)).text
    honoreer = f"/verzoeken/{verzoek['id']}/toewijzing"
    anders = werk.stuur(honoreer, werk.open(honoreer), volume="3", einddatum="2026-09-30")
    assert "anders dan gevraagd: Einddatum, Omvang" in anders.text
    assert "WMO301 versturen" in anders.text
    afwijzen = f"/verzoeken/{verzoek['id']}/afwijzen"
    html = werk.open(afwijzen)
    assert "Past niet binnen budget" in html
    assert 'id="fout-reden"' in werk.stuur(afwijzen, html).text
    uit = werk.stuur(afwijzen, html, reden="2")
    assert werk.stuur("/versturen", uit.text).status_code == 303
    html = werk.open(f"/verzoeken/{verzoek['id']}")
    assert "Past niet binnen budget" in html
    assert verzoek["bsn"] not in html


def test_a_product_is_asked_for_a_client_that_is_new(web: Web, kom: Kom) -> None:
    with zonder_klachten(kom("medewerker", java_script_enabled=False)) as bezoek:
        p = bezoek.pagina
        bezoek.ga("/verzoeken")
        p.click("text=Zorg vragen voor een nieuwe cliënt")
        bekijk(bezoek, "Bekijk het bericht")
        p.wait_for_selector("text=Er klopt nog iets niet")
        bezoek.klachten.clear()
        p.select_option("#veld-domein", "iwmo")
        p.fill("#veld-gemeente", web.paar.gemeentecode)
        p.fill("#veld-bsn", "999900651")
        p.fill("#veld-vanaf", "2026-04-01")
        p.select_option("#veld-verwijzer", "01")
        bekijk(bezoek, "Bekijk het bericht")
        p.wait_for_selector("#fout-geslachtsnaam")
        bezoek.klachten.clear()
        p.select_option("#veld-categorie", "06")
        p.fill("#veld-geslachtsnaam", "Vries")
        p.fill("#veld-geboortedatum", "1980-02-29")
        p.select_option("#veld-geslacht", "2")
        bekijk(bezoek, "Bekijk het bericht")
        p.wait_for_selector("text=Dit bericht gaat zo weg")
        assert "999900651" not in p.url
        bekijk(bezoek, "WMO315 versturen")
        p.wait_for_url(re.compile("/berichten/"))
        assert "goedgekeurd" in p.inner_text("main")
    [verzoek] = web.paar.gemeente.json("/v1/verzoeken", bsn="999900651")["items"]
    assert (verzoek["soort"], verzoek["toestand"]) == ("VOT", "ingediend")


def test_a_client_without_an_address_is_asked_for_one(web: Web) -> None:
    d = web.paar.dossier("999900638", nummer=7103)
    web.paar.aanbieder.goedgekeurd(
        d.bericht("315", {"Client/AangevraagdeProducten/AangevraagdProduct[1]/ReferentieAanbieder": "VOT-7103"})
    )
    [verzoek] = web.paar.gemeente.json("/v1/verzoeken", bsn="999900638")["items"]
    werk, pad = Bezoeker(web, "gemeentewerk"), f"/verzoeken/{verzoek['id']}/toewijzing"
    html = werk.open(pad)
    assert 'id="veld-postcode"' in html
    fout = werk.stuur(pad, html)
    assert (fout.status_code, 'id="fout-straatnaam"' in fout.text) == (422, True)
    adres = {"straatnaam": "Kerkstraat", "huisnummer": "1", "postcode": "1234AB", "plaatsnaam": "Voorbeeldstad"}
    assert "WMO301 versturen" in werk.stuur(pad, html, **adres).text


@pytest.mark.parametrize("deel", ["", "/toewijzing", "/afwijzen", "/onderzoek"])
def test_what_is_of_others_is_not_there(web: Web, deel: str) -> None:
    [ander] = web.ander.gemeente.json("/v1/verzoeken")["items"]
    pad = f"{web.url}/verzoeken/{ander['id']}{deel}"
    assert httpx.get(pad, headers=koppen(web, "gemeentewerk"), timeout=60).status_code == 404


def test_an_aanbieder_answers_no_request(web: Web) -> None:
    [verzoek] = web.paar.aanbieder.json("/v1/verzoeken", bsn="999900043")["items"]
    bezoeker = Bezoeker(web, "medewerker")
    assert "/afwijzen" not in bezoeker.open(f"/verzoeken/{verzoek['id']}")
    kop = koppen(web, "medewerker")
    assert httpx.get(f"{web.url}/verzoeken/{verzoek['id']}/afwijzen", headers=kop, timeout=60).status_code == 403
