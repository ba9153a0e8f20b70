"""A day without a mouse, and what goes wrong in a day: two at one act, a form sent twice, a session of yesterday, names with bad intentions."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Page
from tests.web.bureau import KWADE_NAAM, PARTNER
from tests.web.conftest import WACHTWOORD, Kom, Web
from tests.web.test_toegang import zeker_van

from berichtenverkeer.klok import systeemklok
from berichtenverkeer.partijen import sessies
from berichtenverkeer.partijen.gebruikers import alle
from berichtenverkeer.web.poort import LICHAMEN, SESSIEKOEKJE

MEESTE_TABS = 250

_HIER = "() => (document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText || '').trim()"


def naar(p: Page, tekst: str) -> None:
    """By Tab to what is called so."""
    gezien: list[str] = []
    for _ in range(MEESTE_TABS):
        p.keyboard.press("Tab")
        gezien.append(p.evaluate(_HIER))
        if gezien[-1] == tekst:
            return
    raise AssertionError(f"no way by Tab to {tekst!r}; there is {gezien}")


def kies(p: Page, tekst: str) -> None:
    """By Tab to a link or button, and Enter."""
    naar(p, tekst)
    with p.expect_navigation():
        p.keyboard.press("Enter")


def vul(p: Page, veld: str, toetsen: str, waarde: str) -> None:
    """By Tab to a field, and the keys that fill it in."""
    naar(p, veld)
    p.keyboard.type(toetsen)
    assert p.evaluate("() => document.activeElement.value") == waarde


def test_the_day_of_an_onderaannemer_by_keyboard(web: Web, kom: Kom) -> None:
    nummer, id_ = web.bureau.doorgegeven()
    bezoek = kom()
    p = bezoek.pagina
    bezoek.ga("/aanmelden")
    vul(p, "Naam of e-mailadres", "onderaannemer", "onderaannemer")
    vul(p, "Wachtwoord", WACHTWOORD, WACHTWOORD)
    with p.expect_navigation():
        p.keyboard.press("Enter")
    kies(p, "Mijn cliënten")
    kies(p, str(nummer))
    kies(p, "Aannemen")
    kies(p, "Ja, aannemen")
    assert web.bureau.partner.json(f"/v1/inzetten/{id_}")["aanname"] == "aangenomen"
    kies(p, "Start melden")
    vul(p, "Eerste dag van de zorg", "02022026", "2026-02-02")
    kies(p, "Verder")
    kies(p, "Ja, melden")
    assert "Start melden: gedaan." in p.inner_text("main")
    kies(p, "Inzorgmelding, om af te drukken")
    kies(p, "Bsn tonen")
    assert re.search(r"\b9999[0-9]{5}\b", p.inner_text("main"))
    kies(p, "Afmelden")
    assert p.inner_text("h1") == "Aanmelden"


def test_the_first_tab_leads_past_the_menu(web: Web, kom: Kom) -> None:
    bezoek = kom("onderaannemer")
    p = bezoek.pagina
    bezoek.ga("/inzetten")
    p.keyboard.press("Tab")
    assert p.evaluate(_HIER) == "Naar de inhoud"
    assert p.locator("a:focus").is_visible()
    p.keyboard.press("Enter")
    assert p.evaluate("() => document.activeElement.id") == "inhoud"


def test_what_was_filled_in_is_not_asked_again(web: Web, kom: Kom) -> None:
    """No double entry: the step that asks for a yes carries it all, and so does what can still be changed."""
    _, id_ = web.bureau.toegewezen()
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga(f"/hoofdaannemer/doorgeven/{id_}")
    p.select_option("#veld-partner", PARTNER)
    p.select_option("#veld-klasse", "midden")
    p.fill("#veld-van", "2026-02-03")
    p.fill("#veld-tot", "2026-05-31")
    p.click("text='Verder'")
    gegeven = {"partner": PARTNER, "klasse": "midden", "van": "2026-02-03", "tot": "2026-05-31"}
    for veld, waarde in gegeven.items():
        assert p.locator(f"input[type=hidden][name={veld}]").get_attribute("value") == waarde
        assert p.input_value(f"#veld-{veld}") == waarde
    assert p.locator("form:has(input[name=bevestigd]) :is(input:not([type=hidden]), select, textarea)").count() == 0


def test_login_is_no_puzzle(kom: Kom) -> None:
    """What a manager of passwords fills in, and what is pasted, is taken."""
    bezoek = kom()
    p = bezoek.pagina
    bezoek.ga("/aanmelden")
    vullers = p.eval_on_selector_all("main input:not([type=hidden])", "velden => velden.map(v => v.autocomplete)")
    assert vullers == ["username", "current-password"]
    for veld, tekst in (("login", "lezer"), ("wachtwoord", WACHTWOORD)):
        p.focus(f"#veld-{veld}")
        p.keyboard.insert_text(tekst)  # as pasting does
    p.keyboard.press("Enter")
    p.wait_for_selector("text=Afmelden")


def bevestiging(web: Web, pad: str, kop: dict[str, str], gegeven: dict[str, str]) -> dict[str, str]:
    """The fields of the form that asks for a yes."""
    html = httpx.get(web.url + pad, headers=kop, timeout=60).text
    if gegeven:
        html = httpx.post(web.url + pad, data=zeker_van(html) | gegeven, headers=kop, timeout=60).text
    [formulier] = re.findall(r'<form class="formulier" method="post".*?</form>', html, re.DOTALL)[:1]
    return dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', formulier))


def test_an_act_that_is_sent_many_times_is_done_once(web: Web) -> None:
    _, id_ = web.bureau.toegewezen()
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('hoofdaannemer')}", "Origin": web.url}
    pad = f"/hoofdaannemer/doorgeven/{id_}"
    velden = bevestiging(web, pad, kop, {"partner": PARTNER, "klasse": "licht", "van": "2026-02-01"})
    assert velden["bevestigd"] == "ja"

    def verzend(_: int) -> tuple[int, str]:
        antwoord = httpx.post(web.url + pad, data=velden, headers=kop, timeout=60)
        return antwoord.status_code, antwoord.headers.get("location", "")

    with ThreadPoolExecutor(4) as samen:
        antwoorden = set(samen.map(verzend, range(4)))
    assert {status for status, _ in antwoorden} <= {303, 409}  # 409: it was under way
    assert len({waar for status, waar in antwoorden if status == 303}) == 1
    assert len(web.bureau.paar.aanbieder.json("/v1/hoofdaannemer/inzetten", toewijzing=id_)["items"]) == 1


@pytest.mark.parametrize("daad", ["aannemen", "weigeren"])
def test_two_partners_at_one_answer(web: Web, daad: str) -> None:
    _, id_ = web.bureau.doorgegeven()
    pad = f"/inzetten/{id_}/{daad}"
    gegeven = {"reden": "geen plek"} if daad == "weigeren" else {}
    koppen = [{"Cookie": f"{SESSIEKOEKJE}={web.sessie('onderaannemer')}", "Origin": web.url} for _ in range(2)]
    eerste, tweede = ((kop, bevestiging(web, pad, kop, gegeven)) for kop in koppen)
    assert httpx.post(web.url + pad, data=eerste[1], headers=eerste[0], timeout=60).status_code == 303
    te_laat = httpx.post(web.url + pad, data=tweede[1], headers=tweede[0], timeout=60)
    assert te_laat.status_code == 409
    assert "<h1>" in te_laat.text


def test_a_session_of_yesterday(web: Web) -> None:
    engine = web.knoop.engine
    wie = next(een for een in alle(engine) if een.login == "hoofdaannemer")
    oud = sessies.begin(engine, wie, systeemklok() - timedelta(days=1), bevestigd=True).geheim
    kop = {"Cookie": f"{SESSIEKOEKJE}={oud}", "Origin": web.url, "Accept": "text/html"}
    pad = "/hoofdaannemer/herindicaties?wanneer=te-laat"
    antwoord = httpx.get(web.url + pad, headers=kop, timeout=60)
    assert antwoord.status_code == 303
    assert antwoord.headers["location"] == "/aanmelden?naar=%2Fhoofdaannemer%2Fherindicaties%3Fwanneer%3Dte-laat"
    nu = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('hoofdaannemer')}", "Origin": web.url}
    velden = zeker_van(httpx.get(f"{web.url}/hoofdaannemer/laden/plekken", headers=nu, timeout=60).text)
    formulier = velden | {"tekst": "gemeente;segment;partner;aantal;van;tot\n"}
    antwoord = httpx.post(f"{web.url}/hoofdaannemer/laden/plekken", data=formulier, headers=kop, timeout=60)
    assert antwoord.status_code == 403
    assert "Meld u zo nodig opnieuw aan" in antwoord.text


@pytest.mark.parametrize(
    "pad",
    [
        "/hoofdaannemer/partners",
        "/hoofdaannemer/partners/kwaad",
        "/hoofdaannemer/contracten",
        "/hoofdaannemer/laden/partners",
    ],
)
def test_a_name_with_bad_intentions(web: Web, kom: Kom, pad: str) -> None:
    bezoek = kom("hoofdaannemer")
    bezoek.ga(pad)
    p = bezoek.pagina
    assert p.locator("main b, main script").count() == 0
    assert bezoek.klachten == []
    html = p.content()
    for plek in [gevonden.start() for gevonden in re.finditer("\u202e", html)]:
        ervoor, erna = html[:plek], html[plek:]
        los = ervoor.rfind("\u2068") > ervoor.rfind("\u2069") and "\u2069" in erna
        assert los or ervoor.rfind("<bdi>") > ervoor.rfind("</bdi>"), html[plek - 80 : plek + 80]
    assert KWADE_NAAM.split("\u202e")[0] in p.inner_text("body")


GROOT = 25 * 1024**2
WIE: dict[str, str] = {"/inzetten/meldingen": "onderaannemer", "/controleren": "medewerker", "/versturen": "medewerker"}
"""Who may give files at these pages; elsewhere a hoofdaannemer does."""


TE_VEEL = "Er zijn meer dan 150000 regels; splits het bestand."
GEZEGD: dict[str, tuple[int, str]] = {
    "/controleren": (200, "Het document is een tabel (CSV), geen XML."),
    "/versturen": (200, "Het document is een tabel (CSV), geen XML."),
    "/declareren": (422, TE_VEEL),
    "/declareren/versturen": (422, "kies ten minste één bericht om te versturen"),
    "/inzetten/meldingen": (422, TE_VEEL),
    "/hoofdaannemer/facturen/controle": (422, TE_VEEL),
    "/hoofdaannemer/facturen/bewaren": (422, TE_VEEL),
}
"""What a page says of four million rows."""


def test_every_page_that_takes_files_is_asked() -> None:
    assert GEZEGD.keys() == {pad for pad in LICHAMEN if "/laden/" not in pad}


@pytest.mark.parametrize("pad", GEZEGD)
def test_25_mib(web: Web, pad: str) -> None:
    """What is as large as may be gets a page that says what of it, and what is larger is refused."""
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie(WIE.get(pad, 'hoofdaannemer'))}", "Origin": web.url}
    velden = {**zeker_van(httpx.get(f"{web.url}/ik", headers=kop, timeout=60).text), "maand": "2026-02"}

    def geef(bytes_: int) -> httpx.Response:
        bestand = {"bestand": ("groot.csv", b"a;b;c\n" + b"1;2;3\n" * (bytes_ // 6 - 1), "text/csv")}
        return httpx.post(web.url + pad, data=velden, files=bestand, headers=kop, timeout=300)

    antwoord = geef(GROOT)
    status, zin = GEZEGD[pad]
    assert antwoord.status_code == status, antwoord.text[:2000]
    assert "<h1>" in antwoord.text
    assert zin in antwoord.text
    assert len(antwoord.content) < 200_000
    assert geef(GROOT + 1024**2).status_code == 413


def met(web: Web, login: str) -> Callable[[str], int]:
    """The status of pages for someone."""
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie(login)}"}
    return lambda pad: httpx.get(web.url + pad, headers=kop, timeout=60).status_code


def test_a_role_too_small(web: Web) -> None:
    _, id_ = web.bureau.doorgegeven(Einddatum="2026-04-05")
    [rij] = [r for r in web.bureau.paar.aanbieder.json("/v1/hoofdaannemer/inzetten")["items"] if r["id"] == id_]
    kijker, vreemde = met(web, "meekijker"), met(web, "medewerker")
    for pad in (
        f"/hoofdaannemer/herindicaties/{rij['toewijzing']}/evaluatie",
        f"/hoofdaannemer/zwaarte/{rij['toewijzing']}",
        "/hoofdaannemer/omzettingen/overzetten?per=2026-03-02",
        "/hoofdaannemer/omzettingen/versturen?per=2026-03-02",
    ):
        assert (kijker(pad), vreemde(pad)) == (403, 404), pad
    for pad in ("facturen", "betaalschema", "contracten", "zwaarte", "laden", "laden/tarieven"):
        assert (kijker(f"/hoofdaannemer/{pad}"), vreemde(f"/hoofdaannemer/{pad}")) == (200, 404), pad
    for pad in ("herindicaties", "bezetting", "omzettingen"):
        assert (kijker(f"/hoofdaannemer/{pad}"), vreemde(f"/hoofdaannemer/{pad}")) == (200, 200), pad
