"""Declaraties as pages: from a file of volumes to a 323 that is sent once, and from what was refused to what is granted."""

import re
from html import unescape

import httpx
import pytest
from playwright.sync_api import FilePayload
from tests.berichten import Dossier
from tests.declaraties import Regel, declaratie
from tests.web.conftest import Kom, Web, zonder_klachten
from tests.web.test_berichten import koppen
from tests.web.test_controleren import Bezoeker
from tests.werkmappen import van_rijen

PAD = "/declareren"
FEBRUARI = "februari 2026"
KOP = "toewijzingnummer;datum;hoeveelheid;eenheid;tarief\n"


def nieuw(web: Web, bsn: str, nummer: int) -> Dossier:
    """A toewijzing of a client that no other test has, on which delivery began."""
    d = web.paar.dossier(bsn, nummer=nummer)
    web.paar.gemeente.goedgekeurd(d.toewijzing())
    web.paar.aanbieder.goedgekeurd(d.start())
    return d


def lijst(*rijen: str) -> bytes:
    return (KOP + "".join(f"{rij}\n" for rij in rijen)).encode()


def aantal(web: Web) -> int:
    """How many 323s the aanbieder sent."""
    uit: int = web.paar.aanbieder.json("/v1/berichten", berichtsoort="323", aantal="true")["aantal"]
    return uit


@pytest.fixture
def bezoeker(web: Web) -> Bezoeker:
    return Bezoeker(web, "medewerker")


def stel_voor(bezoeker: Bezoeker, data: bytes | None, naam: str = "uren.csv", **velden: str) -> httpx.Response:
    files = {"bestand": (naam if data else "", data or b"")}
    return bezoeker.stuur(PAD, bezoeker.open(PAD), files=files, **{"maand": FEBRUARI} | velden)


def gekozen(html: str) -> list[str]:
    """The messages that would go."""
    return [unescape(w) for w in re.findall(r'name="bericht" value="([^"]*)" checked', html)]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_day_of_the_declaration(web: Web, kom: Kom, scripts: bool) -> None:
    """A file with a mistake, then a sound one; it goes, and what was refused of it is put right. By keyboard, also without scripts."""
    d = nieuw(web, "999900511" if scripts else "999900523", 6101 + scripts)
    with zonder_klachten(kom("medewerker", java_script_enabled=scripts)) as bezoek:
        p = bezoek.pagina
        p.click("nav.menu >> text=Declaraties")
        p.click("text=Declareren")
        kapot: FilePayload = {
            "name": "uren.csv",
            "mimeType": "text/csv",
            "buffer": lijst(f"{d.nummer};31-2-2026;x;04;5000"),
        }
        p.set_input_files("#veld-bestand", kapot)
        p.fill("#veld-maand", FEBRUARI)
        p.focus("main form button >> text=Bekijk de berichten")
        p.keyboard.press("Enter")
        p.wait_for_selector("text=Wat er in het bestand niet klopt")
        assert p.input_value("#veld-maand") == FEBRUARI
        assert "uren.csv is er nog" in p.inner_text("main")
        goed = lijst(
            f"{d.nummer};2026-02-10;90;01;5000", f"{d.nummer};2026-01-10;2;04;5000", f"{d.nummer};2026-02-11;2;04;5000"
        )
        p.set_input_files("#veld-bestand", {"name": "uren.csv", "mimeType": "text/csv", "buffer": goed})
        p.focus("main form button >> text=Bekijk de berichten")
        p.keyboard.press("Enter")
        p.wait_for_selector("text=Er is nog niets verstuurd")
        assert "Regels die niet te declareren zijn" in p.inner_text("main")
        p.focus("main form button >> text=Versturen")
        p.keyboard.press("Enter")
        p.wait_for_url(re.compile("/declaraties/"))
        tekst = p.inner_text("main")
        assert "325: wat is geantwoord" in tekst
        assert "210" in tekst
        assert [klacht for klacht in bezoek.klachten if "422" not in klacht] == []
        bezoek.klachten.clear()
        p.click("main tbody >> text=-1")
        p.select_option("#veld-wat", "credit_en_debet")
        p.fill("#veld-geleverd_volume", "120")
        p.focus("main form button >> text=Bekijk het bericht")
        p.keyboard.press("Enter")
        p.wait_for_selector("text=Dit bericht gaat zo weg")
        p.focus("main form button >> text=WMO323 versturen")
        p.keyboard.press("Enter")
        p.wait_for_url(re.compile("/berichten/"))
        assert "goedgekeurd" in p.inner_text("main")
    gevonden = web.paar.aanbieder.toewijzingen(toewijzingnummer=str(d.nummer))
    prestaties = web.paar.aanbieder.json(f"/v1/toewijzingen/{gevonden[0]['id']}/prestaties")["items"]
    assert sorted((p["geleverd_volume"], p["toestand"]) for p in prestaties) == [
        (120, "toegekend"),
        (210, "gecrediteerd"),
        (210, "verwerkt"),
    ]


def test_what_would_be_refused_is_told_and_stays_behind(web: Web, bezoeker: Bezoeker) -> None:
    d, goed = nieuw(web, "999900535", 6110), nieuw(web, "999900547", 6111)
    rijen = [f"{een.nummer};2026-02-10;{uren};04;50,00" for een, uren in ((d, "9000"), (goed, "2"))]
    data = van_rijen(*(tuple(rij.split(";")) for rij in (KOP.strip(), *rijen)))
    uit = stel_voor(bezoeker, data, "uren.xlsx")
    assert uit.status_code == 200, uit.text
    assert "Wat zou worden afgewezen" in uit.text
    assert "/regels/TR321" in uit.text or "/regels/TR322" in uit.text or "/regels/TR369" in uit.text
    assert gekozen(uit.text) == []
    assert d.bsn not in uit.text
    weg = bezoeker.stuur(PAD, uit.text, files={"bestand": ("", b"")}, maand=FEBRUARI, alleen_goed="true")
    assert "niet in het bericht" in weg.text
    assert len(gekozen(weg.text)) == 1


def test_sent_once(web: Web, bezoeker: Bezoeker) -> None:
    d = nieuw(web, "999900559", 6120)
    voor = aantal(web)
    html = stel_voor(bezoeker, lijst(f"{d.nummer};2026-02-10;90;01;5000")).text
    [bericht] = gekozen(html)
    assert aantal(web) == voor
    eerste, tweede = (bezoeker.stuur(f"{PAD}/versturen", html, bericht=bericht) for _ in range(2))
    assert (eerste.status_code, tweede.status_code) == (303, 303)
    assert eerste.headers["location"] == tweede.headers["location"]
    opnieuw = html.replace('name="eenmalig" value="', 'name="eenmalig" value="anders')
    derde = bezoeker.stuur(f"{PAD}/versturen", opnieuw, bericht=bericht)  # the same message from another form
    assert derde.headers["location"] == eerste.headers["location"]
    assert aantal(web) == voor + 1


def test_the_xml_is_looked_at_first(web: Web, bezoeker: Bezoeker) -> None:
    d = nieuw(web, "999900560", 6130)
    html = stel_voor(bezoeker, lijst(f"{d.nummer};2026-02-10;90;01;5000")).text
    [bericht] = gekozen(html)
    vorm = html.replace('action="/declareren/versturen"', 'action="/controleren"')
    gezien = bezoeker.stuur("/controleren", vorm, bericht=bericht)
    assert "WMO323: in orde" in gezien.text
    assert "GeleverdVolume" in gezien.text


@pytest.mark.parametrize(
    ("data", "velden", "veld"),
    [
        (None, {}, "bestand"),
        (b"", {}, "bestand"),
        (b"geen tabel\x00", {}, "bestand"),
        (b"PK\x03\x04kapot", {}, "bestand"),
        (lijst("1;2026-02-10;1;04;5000"), {"maand": "13-2026"}, "maand"),
        (lijst("1;2026-02-10;1;04;5000"), {"gemeente": "<b>"}, "gemeente"),
        (lijst("1;2026-02-10;1;04;5000"), {"kolom": "Uren=onzin"}, "bestand"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    bezoeker: Bezoeker, data: bytes | None, velden: dict[str, str], veld: str
) -> None:
    uit = stel_voor(bezoeker, data, **velden)
    assert uit.status_code == 422, uit.text
    assert f'id="fout-{veld}"' in uit.text
    assert "<b>" not in uit.text


@pytest.mark.parametrize("pak", ["geen base64", "AAAA", "XQAAgAD//////////wA=", "A" * 1_000_000])
def test_what_comes_along_and_is_not_ours(bezoeker: Bezoeker, pak: str) -> None:
    html = bezoeker.open(PAD).replace(f'action="{PAD}"', f'action="{PAD}/versturen"')
    assert bezoeker.stuur(f"{PAD}/versturen", html, bericht=pak).status_code == 422


def test_nothing_chosen(bezoeker: Bezoeker) -> None:
    html = bezoeker.open(PAD).replace(f'action="{PAD}"', f'action="{PAD}/versturen"')
    antwoord = bezoeker.stuur(f"{PAD}/versturen", html)
    assert antwoord.status_code == 422
    assert "kies ten minste één bericht" in antwoord.text


def test_the_323_and_the_325_side_by_side(web: Web) -> None:
    [een] = web.paar.gemeente.json("/v1/declaraties", declaratienummer="D2602")["items"]
    html = httpx.get(f"{web.url}/declaraties/{een['id']}", headers=koppen(web, "lezer"), timeout=60).text
    assert "325: wat is geantwoord" in html
    assert "Zo is het gerekend" in html
    assert "Wat u doet" in html
    assert "herstel" not in html  # a gemeente puts nothing right
    csv = httpx.get(
        f"{web.url}/declaraties/{een['id']}?vorm=csv&toestand=afgewezen", headers=koppen(web, "lezer"), timeout=60
    )
    assert (csv.text.count("\n"), "P2" in csv.text) == (2, True)
    leeg = httpx.get(
        f"{web.url}/declaraties/{een['id']}?toestand=gecrediteerd", headers=koppen(web, "lezer"), timeout=60
    )
    assert "Geen prestatie van deze declaratie is zo" in leeg.text


def test_a_refused_prestatie_is_put_right_from_the_work_list(web: Web, bezoeker: Bezoeker) -> None:
    d = nieuw(web, "999900572", 6140)
    web.paar.aanbieder.aangenomen(declaratie(d, "D6140", Regel("A/B 1&2", uren=9000)))
    html = bezoeker.open("/?lijst=afgewezen-prestaties")
    [pad] = [unescape(p) for p in re.findall(r'href="(/declaraties/[^"]*/herstel[^"]*)"', html) if "A%2FB" in p]
    pagina, naar = bezoeker.open(pad), pad.partition("?")[0]
    fout = bezoeker.stuur(naar, pagina, geleverd_volume="veel", tarief="1,234")
    assert fout.status_code == 422
    assert 'id="fout-tarief"' in fout.text
    goed = bezoeker.stuur(naar, pagina, geleverd_volume="8", tarief="50,00")
    assert "Dit bericht gaat zo weg" in goed.text
    assert bezoeker.stuur("/versturen", goed.text).status_code == 303


@pytest.mark.parametrize("deel", ["", "/herstel?referentie=P1", "?vorm=csv"])
def test_what_is_of_others_is_not_there(web: Web, deel: str) -> None:
    [ander] = web.ander.gemeente.json("/v1/declaraties")["items"]
    antwoord = httpx.get(f"{web.url}/declaraties/{ander['id']}{deel}", headers=koppen(web, "medewerker"), timeout=60)
    assert antwoord.status_code == 404
