"""The day of a hoofdaannemer in a browser, from login to a fixed maandstaat, and what may not."""

import httpx
from tests.web.bureau import ANDER_PARTNER, PARTNER
from tests.web.conftest import Kom, Web, zonder_klachten

from berichtenverkeer.web.poort import SESSIEKOEKJE


def test_a_day(web: Web, kom: Kom) -> None:
    nummer, id_ = web.bureau.toegewezen()
    with zonder_klachten(kom("hoofdaannemer", java_script_enabled=False)) as bezoek:
        p = bezoek.pagina
        p.click("nav >> text=Hoofdaannemer")
        p.click("main >> text=Doorgeven")
        bezoek.ga(f"/hoofdaannemer/doorgeven?toewijzingnummer={nummer}")
        p.click(f"table >> text='{nummer}'")
        assert p.url.endswith(f"/hoofdaannemer/doorgeven/{id_}")
        p.select_option("#veld-partner", PARTNER)
        p.select_option("#veld-klasse", "licht")
        p.fill("#veld-van", "2026-02-01")
        p.click("text='Verder'")
        assert "Er is nog niets gebeurd" in p.inner_text("main")
        assert "Dekker (dekker)" in p.inner_text("main")
        assert web.bureau.partner.json("/v1/inzetten")["items"][-1]["toewijzingnummer"] != nummer
        p.click("text=Ja, doorgeven")
        assert p.inner_text("h1") == f"Inzet bij Dekker, toewijzing {nummer}"
        assert "De toewijzing is doorgegeven." in p.inner_text("main")
        assert web.bureau.partner.json("/v1/inzetten")["items"][-1]["toewijzingnummer"] == nummer
        p.click("main >> text=Andere klasse")
        p.select_option("#veld-klasse", "midden")
        p.fill("#veld-per", "2026-03-01")
        p.click("text='Verder'")
        p.click("text=Ja, andere klasse")
        assert "midden" in p.inner_text("dl")
        bezoek.ga("/hoofdaannemer/maandstaten")
        assert "februari 2026" in p.inner_text("main").replace("\u00a0", " ")
        p.click("table >> text=Dekker")
        tekst = p.inner_text("main").replace("\u00a0", " ")
        assert "concept" in tekst
        assert "€ 363,00" in tekst
        assert str(nummer) in tekst
        p.click("text=Vaststellen")
        p.click("text=Ja, vaststellen")
        assert "2026-02/dekker/1" in p.inner_text("main")
        [staat] = web.bureau.paar.aanbieder.json("/v1/hoofdaannemer/maandstaten", maand="2026-02")["items"]
        assert (staat["nummer"], staat["toestand"]) == ("2026-02/dekker/1", "vastgesteld")
        bezoek.ga("/hoofdaannemer/maandstaten/2026-02/dekker/vaststellen")
        assert "al vastgesteld" in p.inner_text("main")


def test_what_breaks_a_rule_stands_at_its_field(web: Web, kom: Kom) -> None:
    _, id_ = web.bureau.toegewezen()
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga(f"/hoofdaannemer/doorgeven/{id_}")
    p.click("text='Verder'")
    assert {"Partner", "Klasse", "Eerste dag"} <= set(p.locator("#fouten a").all_inner_texts())
    p.select_option("#veld-partner", ANDER_PARTNER)
    p.select_option("#veld-klasse", "licht")
    p.fill("#veld-van", "2026-02-01")
    p.click("text='Verder'")
    p.click("text=Ja, doorgeven")
    tekst = p.inner_text("main").replace("\u00a0", " ")
    assert "Dagen zonder contract met deze partner" in tekst
    assert "1 juli 2026" in tekst
    assert p.input_value("#veld-van") == "2026-02-01"
    assert web.bureau.paar.aanbieder.json("/v1/hoofdaannemer/inzetten", toewijzing=id_)["items"] == []


def test_two_at_one_act(web: Web, kom: Kom) -> None:
    _, id_ = web.bureau.doorgegeven()
    een, ander = (kom("hoofdaannemer", java_script_enabled=False) for _ in range(2))
    for bezoek in (een, ander):
        bezoek.ga(f"/hoofdaannemer/inzetten/{id_}/intrekken")
        bezoek.pagina.fill("#veld-reden", "vergissing")
        bezoek.pagina.click("text='Verder'")
    een.pagina.click("text=Ja, intrekken")
    assert "vervallen" in een.pagina.inner_text("dl")
    ander.pagina.click("text=Ja, intrekken")
    assert ander.pagina.inner_text("h1") == "Gaat niet meer"


def test_who_may_not(web: Web) -> None:
    _, id_ = web.bureau.doorgegeven()

    def status(login: str, pad: str) -> int:
        koekje = {"Cookie": f"{SESSIEKOEKJE}={web.sessie(login)}"}
        return httpx.get(web.url + pad, headers=koekje, timeout=60).status_code

    assert status("meekijker", f"/hoofdaannemer/inzetten/{id_}") == 200
    assert status("meekijker", f"/hoofdaannemer/inzetten/{id_}/intrekken") == 403
    assert status("meekijker", "/hoofdaannemer/maandstaten/2026-02/dekker/vaststellen") == 403
    assert status("meekijker", "/hoofdaannemer/maandstaten/2026-02/zomaar") == 404
    assert status("meekijker", "/hoofdaannemer/maandstaten/ooit/dekker?vorm=csv") == 404
    for ander in ("medewerker", "onderaannemer"):
        assert status(ander, f"/hoofdaannemer/inzetten/{id_}") == 404
        assert status(ander, "/hoofdaannemer/partners") == 404
        assert status(ander, "/hoofdaannemer/inzetten") == 200


def test_what_an_address_says_is_not_told(web: Web) -> None:
    _, id_ = web.bureau.doorgegeven()
    koekje = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('hoofdaannemer')}"}
    pad = f"{web.url}/hoofdaannemer/inzetten/{id_}?gezegd=Bel+mij&zegel=00"
    assert "Bel mij" not in httpx.get(pad, headers=koekje, timeout=60).text
