"""Judging a message on a page, mending one that was refused, and sending it."""

import io
import re
import zipfile
from html import unescape

import httpx
import pytest
from tests.web.conftest import Kom, Web, zonder_klachten
from tests.web.test_berichten import afgekeurd, koppen


class Bezoeker:
    """Someone without a browser: the forms as they are sent."""

    def __init__(self, web: Web, login: str) -> None:
        self._web, self._koppen = web, koppen(web, login)

    def open(self, pad: str) -> str:
        """A page, which is there."""
        antwoord = httpx.get(self._web.url + pad, headers=self._koppen, timeout=60)
        assert antwoord.status_code == 200, antwoord.text
        return antwoord.text

    def stuur(self, naar: str, html: str, files: object = None, **velden: str) -> httpx.Response:
        """The form of a page that goes there, filled in so."""
        formulier = html[html.index(f'action="{naar}"') :].split("</form>", 1)[0]
        vast = {n: unescape(w) for n, w in re.findall(r'type="hidden" name="([a-z-]+)" value="([^"]*)"', formulier)}
        data = vast | velden
        return httpx.post(self._web.url + naar, data=data, files=files, headers=self._koppen, timeout=60)  # type: ignore[arg-type]


@pytest.fixture
def bezoeker(web: Web) -> Bezoeker:
    return Bezoeker(web, "medewerker")


def test_a_sound_message(web: Web, bezoeker: Bezoeker) -> None:
    xml = web.paar.dossier().start().decode()
    antwoord = bezoeker.stuur("/controleren", bezoeker.open("/controleren"), xml=xml)
    assert "WMO305: in orde" in antwoord.text
    assert 'action="/versturen"' in antwoord.text
    lezer = Bezoeker(web, "lezer")
    antwoord = lezer.stuur("/controleren", lezer.open("/controleren"), xml=xml)
    assert "WMO305: in orde" in antwoord.text
    assert "/versturen" not in antwoord.text


@pytest.mark.parametrize(
    ("xml", "zin"),
    [
        ("", "plak een bericht, of kies een bestand"),
        ("geen xml", "Dit wordt niet aangenomen"),
        ("<a/>", "Dit wordt niet aangenomen"),
        ("<!DOCTYPE a><a/>", "DOCTYPE"),
        ("<script>alert(1)</script>\u202e", "&lt;script&gt;alert(1)"),
    ],
)
def test_what_is_no_message(bezoeker: Bezoeker, xml: str, zin: str) -> None:
    antwoord = bezoeker.stuur("/controleren", bezoeker.open("/controleren"), xml=xml)
    assert antwoord.status_code in (200, 422)
    assert zin in antwoord.text
    assert "<script>alert" not in antwoord.text


def test_files_and_a_zip(web: Web, bezoeker: Bezoeker) -> None:
    dossier, zip_ = web.paar.dossier(), io.BytesIO()
    with zipfile.ZipFile(zip_, "w") as bestand:
        bestand.writestr("map/start.xml", dossier.start())
        bestand.writestr("<b>fout</b>.xml", dossier.stop(Einddatum="2025-01-01"))
    files = [("bestand", ("a.zip", zip_.getvalue())), ("bestand", ("los.xml", dossier.toewijzing()))]
    antwoord = bezoeker.stuur("/controleren", bezoeker.open("/controleren"), files=files)
    assert antwoord.text.count("in orde") >= 3
    assert "&lt;b&gt;fout&lt;/b&gt;.xml" in antwoord.text
    assert "TR018" in antwoord.text


@pytest.mark.parametrize("gevuld", [b"0" * 40_000_000, b""])
def test_a_zip_that_is_too_much_or_nothing(bezoeker: Bezoeker, gevuld: bytes) -> None:
    zip_ = io.BytesIO()
    with zipfile.ZipFile(zip_, "w", zipfile.ZIP_DEFLATED) as bestand:
        if gevuld:
            bestand.writestr("groot.xml", gevuld)
    for data in (zip_.getvalue(), b"PK\x03\x04kapot"):
        antwoord = bezoeker.stuur("/controleren", bezoeker.open("/controleren"), files={"bestand": ("a.zip", data)})
        assert antwoord.status_code == 422
        assert 'id="fout-bestand"' in antwoord.text


def test_a_text_that_is_too_long_to_paste(bezoeker: Bezoeker) -> None:
    leeg = {"bestand": ("", b"")}
    antwoord = bezoeker.stuur("/controleren", bezoeker.open("/controleren"), files=leeg, xml="x" * 2_000_000)
    assert antwoord.status_code == 400
    assert "Kies een bestand" in antwoord.text


def test_nothing_is_stored(web: Web, bezoeker: Bezoeker) -> None:
    voor = web.paar.aanbieder.json("/v1/berichten", aantal="true")["aantal"]
    bezoeker.stuur("/controleren", bezoeker.open("/controleren"), xml=web.paar.dossier().start().decode())
    assert web.paar.aanbieder.json("/v1/berichten", aantal="true")["aantal"] == voor


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_refused_is_mended_and_sent(web: Web, kom: Kom, scripts: bool) -> None:
    """The day of a provider: from what was refused to what is approved, by keyboard where it matters."""
    bsn = "999900328" if scripts else "999900341"
    dossier = web.paar.dossier(bsn, nummer=2101 + scripts)
    web.paar.gemeente.goedgekeurd(dossier.toewijzing())
    fout = web.paar.aanbieder.aangenomen(dossier.start(ToewijzingNummer="999"))
    assert fout["oordeel"] == "afgekeurd"
    with zonder_klachten(kom("medewerker", java_script_enabled=scripts)) as bezoek:
        p = bezoek.pagina
        bezoek.ga(f"/berichten/{fout['id']}")
        p.click("text=Verbeteren en opnieuw versturen")
        xml = p.input_value("#veld-xml")
        p.fill("#veld-xml", xml.replace(">999<", f">{dossier.nummer}<"))
        p.focus("main form button >> text=Controleer")
        p.keyboard.press("Enter")
        p.wait_for_selector("text=WMO305: in orde")
        p.focus("text=Dit bericht versturen")
        p.keyboard.press("Enter")
        p.wait_for_url(re.compile("/berichten/"))
        assert "goedgekeurd" in p.inner_text("main")
    geteld = len(web.paar.aanbieder.json("/v1/berichten", bsn=bsn, berichtsoort="305")["items"])
    assert geteld == 2


def test_sent_once(web: Web, bezoeker: Bezoeker) -> None:
    bsn = "999900353"
    dossier = web.paar.dossier(bsn, nummer=2110)
    web.paar.gemeente.goedgekeurd(dossier.toewijzing())
    antwoord = bezoeker.stuur("/controleren", bezoeker.open("/controleren"), xml=dossier.start().decode())
    eerste, tweede = (bezoeker.stuur("/versturen", antwoord.text) for _ in range(2))
    assert (eerste.status_code, tweede.status_code) == (303, 303)
    assert eerste.headers["location"] == tweede.headers["location"]
    assert len(web.paar.aanbieder.json("/v1/berichten", bsn=bsn, berichtsoort="305")["items"]) == 1


def test_what_is_refused_at_the_door_says_why(web: Web, bezoeker: Bezoeker) -> None:
    html = bezoeker.stuur("/controleren", bezoeker.open("/controleren"), xml=web.paar.dossier().start().decode()).text
    antwoord = bezoeker.stuur("/versturen", html, xml=web.ander.dossier().start().decode())
    assert antwoord.status_code == 200
    assert "Niet verstuurd" in antwoord.text
    assert "Wat u doet" in antwoord.text


def test_a_lezer_sends_nothing(web: Web) -> None:
    lezer = Bezoeker(web, "lezer")
    html = lezer.open("/controleren").replace('action="/controleren"', 'action="/versturen"')
    assert lezer.stuur("/versturen", html, xml="<a/>").status_code == 403
    kop = koppen(web, "lezer")
    assert (
        httpx.get(f"{web.url}/berichten/{afgekeurd(web)['id']}/verbeteren", headers=kop, timeout=60).status_code == 403
    )
