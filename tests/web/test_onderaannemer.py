"""The day of an onderaannemer in a browser, from login to a reported start, and what may not."""

import csv
import io

import httpx
from tests.web.conftest import Kom, Web, zonder_klachten

from berichtenverkeer.web.poort import SESSIEKOEKJE


def test_a_day(web: Web, kom: Kom) -> None:
    nummer, id_ = web.bureau.doorgegeven()
    with zonder_klachten(kom("onderaannemer", java_script_enabled=False)) as bezoek:
        p = bezoek.pagina
        p.click("nav >> text=Mijn cliënten")
        p.click(f"table >> text='{nummer}'")
        p.click("main nav >> text=Aannemen")
        assert web.bureau.partner.json(f"/v1/inzetten/{id_}")["aanname"] == "aangeboden"
        p.click("text=Ja, aannemen")
        assert web.bureau.partner.json(f"/v1/inzetten/{id_}")["aanname"] == "aangenomen"
        assert p.locator("main nav >> text=Weigeren").count() == 0
        p.click("text=Inzorgmelding, om af te drukken")
        bsn = web.bureau.partner.json(f"/v1/inzetten/{id_}/inzorgmelding")["client"]["bsn"]
        assert bsn not in p.inner_text("main")
        p.click("text=Bsn tonen")
        assert bsn in p.inner_text("main")
        assert bsn not in p.url
        bezoek.ga(f"/inzetten/{id_}/start")
        p.fill("#veld-datum", "2026-02-02")
        p.click("text='Verder'")
        p.click("text=Ja, melden")
        assert "Start melden: gedaan." in p.inner_text("main")
    werk = web.bureau.paar.aanbieder.json("/v1/werklijsten/alles")["items"]
    assert any(een["toewijzingnummer"] == nummer and een["links"]["inzet"] for een in werk), werk


def test_many_at_once_by_a_file(web: Web, kom: Kom) -> None:
    nummers = [web.bureau.doorgegeven()[0] for _ in range(2)]
    g = web.bureau.paar.gemeentecode
    rijen = [f"{g};{nummer};iwmo;start;2026-02-0{dag};" for dag, nummer in enumerate(nummers, 2)]
    kop = "gemeente;toewijzingnummer;domein;soort;datum;reden"
    bezoek = kom("onderaannemer", java_script_enabled=False)
    p = bezoek.pagina
    p.click("nav >> text=Mijn cliënten")
    p.click("main >> text=Meld er veel in één keer")
    p.fill("#veld-tekst", "\n".join([kop, *rijen, f"{g};1;iwmo;start;2026-02-02;"]))
    p.click("button:text-is('Melden')")
    assert p.locator("#fouten a").all_inner_texts() == ["Rijen"]
    assert p.locator("table").first.inner_text().splitlines()[-1].split("\t")[:3] == ["4", "toewijzingnummer", "1"]
    p.fill("#veld-tekst", "\n".join([kop, *rijen]))
    p.click("text=Alleen proberen")
    assert "2 rijen: 2 nieuw" in p.inner_text("main")
    p.click("button:text-is('Melden')")
    assert "Bewaard. 2 rijen: 2 nieuw" in p.inner_text("main")
    werk = web.bureau.paar.aanbieder.json("/v1/werklijsten/start-te-versturen")["items"]
    assert set(nummers) <= {een["toewijzingnummer"] for een in werk}


def test_what_one_may_invoice_and_why(web: Web, kom: Kom) -> None:
    nummer, _ = web.bureau.doorgegeven()
    hoofdaannemer = web.bureau.paar.agb
    bezoek = kom("onderaannemer", java_script_enabled=False)
    p = bezoek.pagina
    p.click("nav >> text=Factureren")
    bezoek.ga("/maandstaten?maand=2026-03")
    [staat] = web.bureau.partner.json("/v1/maandstaten", maand="2026-03")["items"]
    totaal = p.locator("tbody tr td").last.inner_text()
    assert int(totaal.translate({ord(teken): None for teken in "€., \u00a0"})) == staat["totaal"]
    assert "nog niet" in p.inner_text("tbody")
    p.click(f"tbody >> text={hoofdaannemer}")
    tekst = p.inner_text("main").replace("\u00a0", " ")
    assert "Factureer pas als er een nummer staat" in tekst
    assert str(nummer) in tekst
    assert "Berekening" in tekst
    assert p.locator("text=Vaststellen").count() == 0
    p.click(f"tbody >> text='{nummer}' >> nth=0")
    assert p.inner_text("h1") == f"Toewijzing {nummer}"
    bezoek.ga("/maandstaten?maand=ooit")
    assert p.locator("#fouten a").all_inner_texts() == ["Maand"]
    for pad in ("/maandstaten/ooit/x", "/maandstaten/2026-03/99999999", "/maandstaten/ooit/x?vorm=csv"):
        assert bezoek.ga(pad).status == 404
    for login, pad in (
        ("onderaannemer", f"/maandstaten/2026-03/{hoofdaannemer}"),
        ("hoofdaannemer", "/hoofdaannemer/maandstaten/2026-03/dekker"),
    ):
        kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie(login)}"}
        assert f"{pad}?vorm=csv" in httpx.get(web.url + pad, headers=kop, timeout=60).text
        uit = httpx.get(f"{web.url}{pad}?vorm=csv", headers=kop, timeout=60).content.decode("utf-8-sig")
        rijen = list(csv.DictReader(io.StringIO(uit), delimiter=";"))
        assert sum(round(100 * float(rij["bedrag"].replace(",", "."))) for rij in rijen) == staat["totaal"]
        assert {rij["partner"] for rij in rijen} == {"dekker"}


def test_a_start_on_a_day_that_cannot_be(web: Web, kom: Kom) -> None:
    _, id_ = web.bureau.doorgegeven()
    bezoek = kom("onderaannemer", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga(f"/inzetten/{id_}/start")
    p.fill("#veld-datum", "2027-03-02")
    p.click("text='Verder'")
    p.click("text=Ja, melden")
    assert p.locator("#fouten a").all_inner_texts() == ["Eerste dag van de zorg"]
    assert p.input_value("#veld-datum") == "2027-03-02"


def test_refusing_needs_a_reason(web: Web, kom: Kom) -> None:
    _, id_ = web.bureau.doorgegeven()
    bezoek = kom("onderaannemer", java_script_enabled=False)
    p = bezoek.pagina
    bezoek.ga(f"/inzetten/{id_}/weigeren")
    p.click("text='Verder'")
    assert p.locator("#fouten a").all_inner_texts() == ["Reden"]
    p.fill("#veld-reden", "geen plek <script>alert(1)</script>")
    p.click("text='Verder'")
    p.click("text=Ja, weigeren")
    assert "vervallen" in p.inner_text("dl")
    assert "<script>alert(1)</script>" in p.inner_text("table")
    assert p.locator("nav[aria-label='Wat u kunt doen']").count() == 0


def test_of_another_partner(web: Web) -> None:
    _, id_ = web.bureau.doorgegeven()
    koekje = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('ander_partner')}"}
    for pad in ("", "/inzorgmelding", "/aannemen", "/start"):
        assert httpx.get(f"{web.url}/inzetten/{id_}{pad}", headers=koekje, timeout=60).status_code == 404
