"""A day of who runs the node, and of who looks after a party, in a browser and without JavaScript: from logging in to the result."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.web.conftest import Bezoek, Kom, Web

from berichtenverkeer.partijen import bewijzen
from berichtenverkeer.partijen.gebruikers import zoek

CODE = "0999"


@contextmanager
def _zonder_andere_klachten(bezoek: Bezoek) -> Iterator[Bezoek]:
    """The browser complains of nothing but that a form was not right (422)."""
    yield bezoek
    assert [klacht for klacht in bezoek.klachten if "422" not in klacht] == []


def test_a_new_gemeente_from_the_operator_to_its_beheerder(web: Web, kom: Kom) -> None:
    with _zonder_andere_klachten(kom("operator", java_script_enabled=False)) as dag:
        pagina = dag.pagina
        assert pagina.inner_text("h1") == "Beheer"
        pagina.click("main >> text=Partijen")
        pagina.click("text=Partij aanmelden")
        pagina.click("main button:has-text('Aanmelden')")
        assert pagina.locator("#fouten li").count() == 3
        pagina.select_option("#veld-rol", "gemeente")
        pagina.fill("#veld-code", CODE)
        pagina.fill("#veld-naam", "Gemeente Nieuwland")
        pagina.click("main button:has-text('Aanmelden')")
        assert "is aangemeld" in pagina.inner_text("main")
        pagina.fill("#veld-eindpunt", "ftp://nee")
        pagina.click("main button:has-text('Opslaan')")
        assert pagina.input_value("#veld-eindpunt") == "ftp://nee"
        assert "https://machine/pad" in pagina.inner_text("#fout-eindpunt")
        pagina.fill("#veld-eindpunt", "")
        pagina.click("main button:has-text('Opslaan')")
        assert "is ingesteld" in pagina.inner_text("main")

        pagina.click("text=Tokens en certificaten van deze partij")
        assert "nergens wat u zocht" in pagina.inner_text("main")
        dag.ga("/beheer/bewijzen")
        pagina.click("text=Nieuw token")
        pagina.select_option("#veld-partij", CODE)
        pagina.fill("#veld-naam", "zaaksysteem Nieuwland")
        pagina.click("main button:has-text('Maak token')")
        assert len(pagina.inner_text(".geheim")) > 40
        pagina.click("text=Ik heb het bewaard")
        assert "zaaksysteem Nieuwland" in pagina.inner_text("h1")
        assert "geldig" in pagina.inner_text("main")

        dag.ga("/beheer/gebruikers")
        pagina.click("text=Gebruiker toevoegen")
        pagina.fill("#veld-naam", "Bea van Nieuwland")
        pagina.fill("#veld-login", "bea")
        pagina.select_option("#veld-partij", CODE)
        pagina.select_option("#veld-rol", "beheerder")
        pagina.click("main button:has-text('Toevoegen')")
        wachtwoord = pagina.inner_text(".geheim")

        dag.ga("/beheer/schakelaars")
        pagina.click("text=Schakelen")
        pagina.select_option("#veld-functie", "JW317")
        pagina.select_option("#veld-stand", "bevroren")
        pagina.fill("#veld-van", "2090-05-01T18:00")
        pagina.fill("#veld-reden", "overgang")
        pagina.click("main button:has-text('Schakel')")
        pagina.click("main tbody >> text=JW317")
        pagina.click("text=Ja, haal weg")
        dag.ga("/beheer/instellingen?zoek=proefmodus")
        assert "BV_PROEFMODUS" in pagina.inner_text("main table")
        pagina.click("text=Afmelden")

    web.knoop.binnen.register.kijk()
    with _zonder_andere_klachten(kom(java_script_enabled=False)) as dag:
        pagina = dag.pagina
        dag.ga("/aanmelden")
        pagina.fill("#veld-login", "bea")
        pagina.fill("#veld-wachtwoord", wachtwoord)
        pagina.click("main button")
        pagina.fill("#veld-huidig", wachtwoord)
        for veld in ("nieuw", "nogmaals"):
            pagina.fill(f"#veld-{veld}", "een zin met negen eenden")
        pagina.click("main button")
        dag.ga("/")
        if pagina.url.endswith("/partij"):
            pagina.click("main button")
        pagina.click("nav >> text=Beheer")
        assert pagina.locator("main >> text=Schakelaars").count() == 0
        pagina.click("main >> text=Onze partij")
        pagina.fill("#veld-signaal_uit", "OP192")
        pagina.click("main button:has-text('Opslaan')")
        assert "is ingesteld" in pagina.inner_text("main")
        dag.ga("/beheer/bewijzen")
        pagina.click("main tbody >> text=zaaksysteem Nieuwland")
        pagina.click("main button:has-text('Intrekken')")
        assert "ingetrokken" in pagina.inner_text("main")
        dag.ga("/beheer/gebruikers")
        assert pagina.locator("main tbody tr").count() == 1
        pagina.click("text=Gebruiker toevoegen")
        pagina.fill("#veld-naam", "Leo")
        pagina.fill("#veld-login", "leo")
        pagina.select_option("#veld-rol", "lezer")
        pagina.click("main button:has-text('Toevoegen')")
        pagina.click("text=Ik heb het bewaard")
        pagina.click("text=Blokkeren")
        assert "geblokkeerd" in pagina.inner_text("main")
        pagina.click("nav >> text=Stuurinformatie")
        cijfers = 0
        for naar in pagina.eval_on_selector_all("main a[href*='onderwerp=']", "alle => alle.map(een => een.href)"):
            pagina.goto(naar)
            cijfers += pagina.locator("main tbody tr").count()
        assert cijfers >= 20
    leo = zoek(web.knoop.engine, "leo")
    assert leo is not None
    assert leo.geblokkeerd_op is not None
    [token] = bewijzen.alle(web.knoop.engine, CODE)
    assert token.ingetrokken_op is not None
