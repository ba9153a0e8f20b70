"""One toewijzing as a page, with its timeline, and what is done about it: the day of a provider."""

import re
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from tests.berichten import Dossier
from tests.web.conftest import Bezoek, Kom, Web, zonder_klachten
from tests.web.test_berichten import koppen
from tests.web.test_controleren import Bezoeker


def nieuw(web: Web, bsn: str, nummer: int, **velden: str) -> tuple[Dossier, str]:
    """A toewijzing of a client that no other test has; its id."""
    dossier = web.paar.dossier(bsn, nummer=nummer)
    web.paar.gemeente.goedgekeurd(dossier.toewijzing(**velden))
    [gevonden] = web.paar.gemeente.toewijzingen(bsn=bsn)
    return dossier, gevonden["id"]


def kwaad(web: Web) -> dict[str, Any]:
    """The toewijzing with a Commentaar of someone with bad intentions."""
    [gevonden] = web.paar.gemeente.toewijzingen(toewijzingnummer="1002")
    return gevonden


def test_a_toewijzing_with_its_story(web: Web) -> None:
    gevonden = kwaad(web)
    html = httpx.get(f"{web.url}/toewijzingen/{gevonden['id']}", headers=koppen(web, "lezer"), timeout=60).text
    assert gevonden["bsn"] not in html
    assert "<script>alert" not in html
    assert "<bdi>&lt;script&gt;" in html
    assert "<svg" in html
    assert re.search(r"<td>Levering</td><td>[^<]*</td><td>geen einde</td>", html)
    punten = web.paar.gemeente.json(f"/v1/toewijzingen/{gevonden['id']}/tijdlijn")["items"]
    for punt in punten:
        assert f'href="/berichten/{punt["bericht"]["id"]}"' in html
    assert "/start" not in html  # a gemeente reports none


def test_the_bsn_is_shown_when_asked_for(web: Web) -> None:
    gevonden, kop = kwaad(web), koppen(web, "lezer")
    adres = f"{web.url}/toewijzingen/{gevonden['id']}"
    zeker = dict(re.findall(r'type="hidden" name="(zeker)" value="([^"]*)"', httpx.get(adres, headers=kop).text))
    assert gevonden["bsn"] in httpx.post(f"{adres}/bsn", headers=kop, data=zeker, timeout=60).text


@pytest.mark.parametrize("deel", ["", "/start", "/stop", "/bestaat-niet"])
def test_what_is_of_others_is_not_there(web: Web, deel: str) -> None:
    [ander, *_] = web.ander.gemeente.toewijzingen()
    antwoord = httpx.get(f"{web.url}/toewijzingen/{ander['id']}{deel}", headers=koppen(web, "medewerker"), timeout=60)
    assert antwoord.status_code == 404


def test_a_hundred_and_fifty_starts_and_stops(web: Web) -> None:
    dossier, id_ = nieuw(web, "999900365", 4001, Ingangsdatum="2016-01-04", Einddatum="2026-12-31")
    dag = date(2016, 1, 4)
    for _ in range(150):
        begin, eind = str(dag), str(dag + timedelta(20))
        vast = {"ToewijzingIngangsdatum": "2016-01-04", "Begindatum": begin}
        web.paar.aanbieder.goedgekeurd(dossier.start(**vast))
        web.paar.aanbieder.goedgekeurd(dossier.stop(**vast, Einddatum=eind, RedenBeeindiging="20"))
        dag += timedelta(24)
    kop = koppen(web, "medewerker")
    antwoord = httpx.get(f"{web.url}/toewijzingen/{id_}", headers=kop, timeout=60)
    assert antwoord.status_code == 200
    assert len(antwoord.content) < 200_000
    assert antwoord.text.count('<rect class="tijd__loopt"') == 150
    assert antwoord.text.count("<td>Levering</td>") == 150


def dien_in(bezoek: Bezoek, knop: str) -> None:
    """Send a form by keyboard."""
    bezoek.pagina.focus(f"main form button >> text={knop}")
    bezoek.pagina.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_day_of_a_provider(web: Web, kom: Kom, scripts: bool) -> None:
    """From the list to a start that was sent, mended and stopped; by keyboard, with and without scripts."""
    bsn = "999900377" if scripts else "999900389"
    _, id_ = nieuw(web, bsn, 4100 + scripts)
    with zonder_klachten(kom("medewerker", java_script_enabled=scripts)) as bezoek:
        p = bezoek.pagina
        bezoek.ga(f"/toewijzingen?toewijzingnummer={4100 + scripts}")
        p.focus(f"main >> text={4100 + scripts}")
        p.keyboard.press("Enter")
        p.wait_for_url(re.compile(id_))
        p.click("text=Start melden")
        dien_in(bezoek, "Bekijk het bericht")
        p.wait_for_selector("text=Er klopt nog iets niet")
        assert [klacht for klacht in bezoek.klachten if "422" not in klacht] == []
        bezoek.klachten.clear()
        p.fill("#veld-begindatum", "2026-03-01")
        dien_in(bezoek, "Bekijk het bericht")
        p.wait_for_selector("text=Dit bericht gaat zo weg")
        assert "Begindatum" in p.inner_text(".xml")
        dien_in(bezoek, "WMO305 versturen")
        p.wait_for_url(re.compile("/berichten/"))
        assert "goedgekeurd" in p.inner_text("main")
        bezoek.ga(f"/toewijzingen/{id_}")
        p.click("text=Start verbeteren")
        p.fill("#veld-begindatum", "2026-02-27")
        dien_in(bezoek, "Bekijk het bericht")
        dien_in(bezoek, "WMO305 versturen")
        p.wait_for_url(re.compile("/berichten/"))
        bezoek.ga(f"/toewijzingen/{id_}/stop")
        p.fill("#veld-einddatum", "2026-03-01")
        p.select_option("#veld-reden", index=1)
        dien_in(bezoek, "Bekijk het bericht")
        dien_in(bezoek, "WMO307 versturen")
        p.wait_for_url(re.compile("/berichten/"))
        assert "goedgekeurd" in p.inner_text("main")
    volledig = web.paar.aanbieder.json(f"/v1/toewijzingen/{id_}")
    [start] = volledig["starts"]
    assert (start["begindatum"], start["stops"][0]["einddatum"]) == ("2026-02-27", "2026-03-01")


def test_what_is_filled_in_wrong_is_told_at_its_field(web: Web) -> None:
    _, id_ = nieuw(web, "999900390", 4200)
    pad, bezoeker = f"/toewijzingen/{id_}/start", Bezoeker(web, "medewerker")
    html = bezoeker.open(pad)
    fout = bezoeker.stuur(pad, html, begindatum="31-02-2026")
    assert fout.status_code == 422
    assert 'id="fout-begindatum"' in fout.text
    assert 'value="31-02-2026"' in fout.text
    later = bezoeker.stuur(pad, html, begindatum="2027-01-01")
    assert "ligt in de toekomst" in later.text
    assert "/versturen" not in later.text


@pytest.mark.parametrize("handeling", ["start", "stop", "start-verbeteren", "stop-verbeteren"])
def test_every_act_can_be_opened_at_any_time(web: Web, handeling: str) -> None:
    _, id_ = nieuw(web, "999900407", 4300) if handeling == "start" else (None, kwaad(web)["id"])
    pad, bezoeker = f"/toewijzingen/{id_}/{handeling}", Bezoeker(web, "medewerker")
    antwoord = bezoeker.stuur(pad, bezoeker.open(pad))
    assert antwoord.status_code in (200, 422)
    kop = koppen(web, "lezer")
    assert httpx.get(web.url + pad, headers=kop, timeout=60).status_code == 403
