"""Logging in, as one does it: in a browser."""

from datetime import timedelta
from urllib.parse import urlencode

import pyotp
import pytest
from tests.web.conftest import WACHTWOORD, Kom, Web, zonder_klachten

from berichtenverkeer.klok import systeemklok
from berichtenverkeer.partijen import gebruikers, sessies
from berichtenverkeer.partijen.gebruikers import Rol
from berichtenverkeer.partijen.sessies import Aangemeld, Wacht


@pytest.mark.parametrize("scripts", [True, False])
def test_in_and_out(web: Web, kom: Kom, scripts: bool) -> None:
    with zonder_klachten(kom(java_script_enabled=scripts)) as bezoek:
        bezoek.ga("/toewijzingen?domein=iwmo")
        p = bezoek.pagina
        assert p.inner_text("h1") == "Aanmelden"
        p.fill("#veld-login", "Lezer")
        p.fill("#veld-wachtwoord", WACHTWOORD)
        p.keyboard.press("Enter")
        p.wait_for_url(f"{web.url}/toewijzingen?domein=iwmo")
        assert "Proefmodus" in p.inner_text("body")
        p.click("text=Afmelden")
        p.wait_for_url(f"{web.url}/aanmelden")
        bezoek.ga("/")
        assert p.url == f"{web.url}/aanmelden"


@pytest.mark.parametrize(
    "naar",
    ["https://elders.example/", "//elders.example", "/\\elders.example", "/%0d%0aSet-Cookie:x=y", "x", "/\n/x", ""],
)
def test_one_is_led_to_no_other_site(web: Web, kom: Kom, naar: str) -> None:
    bezoek = kom()
    bezoek.ga(f"/aanmelden?{urlencode({'naar': naar})}")
    bezoek.meld_aan("lezer", hier=True)
    assert bezoek.pagina.url.startswith(f"{web.url}/")


def test_a_wrong_password_says_so_and_keeps_the_name(web: Web, kom: Kom) -> None:
    bezoek = kom()
    bezoek.ga("/aanmelden")
    bezoek.pagina.fill("#veld-login", "lezer")
    bezoek.pagina.fill("#veld-wachtwoord", "iets anders dan dit")
    bezoek.pagina.keyboard.press("Enter")
    bezoek.pagina.wait_for_selector("#fouten")
    assert bezoek.pagina.input_value("#veld-login") == "lezer"
    assert bezoek.pagina.evaluate("document.activeElement.id") == "fouten"


def test_who_guesses_keeps_nobody_out(web: Web) -> None:
    engine, nu = web.knoop.engine, systeemklok()
    web.voeg_toe("geduldig", {web.paar.gemeentecode: Rol.LEZER})
    eerste = sessies.meld_aan(engine, "geduldig", WACHTWOORD, "10.0.0.1", "", nu)
    assert isinstance(eerste, Aangemeld)
    for _ in range(7):
        antwoord = sessies.meld_aan(engine, "geduldig", "geraden", "10.0.0.9", "", nu)
    assert isinstance(antwoord, Wacht)
    assert isinstance(sessies.meld_aan(engine, "geduldig", WACHTWOORD, "10.0.0.9", "", nu), Wacht)
    assert isinstance(sessies.meld_aan(engine, "geduldig", WACHTWOORD, "10.0.0.9", eerste.toestel, nu), Aangemeld)
    assert isinstance(sessies.meld_aan(engine, "geduldig", WACHTWOORD, "10.0.0.2", "", nu), Aangemeld)
    straks = nu + timedelta(hours=1)
    assert isinstance(sessies.meld_aan(engine, "geduldig", WACHTWOORD, "10.0.0.9", "", straks), Aangemeld)


def test_a_session_ends(web: Web) -> None:
    engine, nu = web.knoop.engine, systeemklok()
    geheim = web.sessie("lezer")
    assert sessies.zoek(engine, geheim, nu + sessies.RUST) is not None
    assert sessies.zoek(engine, geheim, nu + 3 * sessies.RUST) is None
    sessie = sessies.zoek(engine, web.sessie("lezer"), nu)
    assert sessie is not None
    sessies.meld_af(engine, sessie, overal=True)
    assert sessies.zoek(engine, geheim, nu) is None


def test_who_is_blocked_is_out_at_once(web: Web) -> None:
    engine, nu = web.knoop.engine, systeemklok()
    web.voeg_toe("weg", {web.paar.gemeentecode: Rol.LEZER})
    geheim = web.sessie("weg")
    gebruikers.blokkeer(engine, "weg", nu)
    assert sessies.zoek(engine, geheim, nu) is None
    assert sessies.meld_aan(engine, "weg", WACHTWOORD, "10.0.0.3", "", nu) is None
    gebruikers.blokkeer(engine, "weg", None)
    assert isinstance(sessies.meld_aan(engine, "weg", WACHTWOORD, "10.0.0.3", "", nu), Aangemeld)


def test_a_first_password_is_changed_and_a_second_step_set(web: Web, kom: Kom) -> None:
    nu = systeemklok()
    eerste = gebruikers.registreer(web.knoop.engine, "nieuw", "Nieuw", {web.paar.gemeentecode: Rol.BEHEERDER}, nu)
    bezoek = kom()
    p = bezoek.pagina
    bezoek.ga("/aanmelden")
    p.fill("#veld-login", "nieuw")
    p.fill("#veld-wachtwoord", eerste)
    p.keyboard.press("Enter")
    p.wait_for_url(f"{web.url}/ik/wachtwoord")
    bezoek.ga("/toewijzingen")
    assert p.url == f"{web.url}/ik/wachtwoord"
    for veld, waarde in (("huidig", eerste), ("nieuw", "kort"), ("nogmaals", "kort")):
        p.fill(f"#veld-{veld}", waarde)
    p.keyboard.press("Enter")
    p.wait_for_selector("#fouten")
    for veld, waarde in (("huidig", eerste), ("nieuw", WACHTWOORD), ("nogmaals", WACHTWOORD)):
        p.fill(f"#veld-{veld}", waarde)
    p.keyboard.press("Enter")
    p.wait_for_url(f"{web.url}/")
    bezoek.ga("/ik/tweede-stap")
    geheim = p.inner_text(".geheim").replace(" ", "")
    code = pyotp.TOTP(geheim).now()
    p.fill("#veld-code", code)
    p.keyboard.press("Enter")
    p.wait_for_url(f"{web.url}/ik")
    p.click("header >> text=Afmelden")
    p.wait_for_url(f"{web.url}/aanmelden")
    p.fill("#veld-login", "nieuw")
    p.fill("#veld-wachtwoord", WACHTWOORD)
    p.keyboard.press("Enter")
    p.wait_for_url(f"{web.url}/aanmelden/code")
    p.fill("#veld-code", code)  # used up when it was set, whatever the clock says now
    p.keyboard.press("Enter")
    p.wait_for_selector("#fouten")
    p.fill("#veld-code", pyotp.TOTP(geheim).at(systeemklok() + timedelta(seconds=30)))
    p.keyboard.press("Enter")
    p.wait_for_url(f"{web.url}/")
