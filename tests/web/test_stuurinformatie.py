"""Stuurinformatie on the pages: figures are chosen, drawn, and told in a table; hidden cells say so; the rows behind are one's own."""

import csv
import io
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest
from tests.web.conftest import Kom, Web

from berichtenverkeer.partijen.gebruikers import Rol
from berichtenverkeer.partijen.partij import Partijrol
from berichtenverkeer.rapportage.zicht import voor_rol
from berichtenverkeer.stuurinformatie.kpi import Bron
from berichtenverkeer.web.paginas.stuurinformatie import ONDERWERPEN
from berichtenverkeer.web.poort import SESSIEKOEKJE

PAD = "/stuurinformatie"
FEBRUARI = {"van": "2026-02-01", "tot": "2026-02-28"}


def haal(web: Web, login: str, pad: str = PAD, **vraag: Any) -> httpx.Response:
    """A page, as one who is logged in asks for it."""
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie(login)}", "Accept": "text/html"}
    return httpx.get(f"{web.url}{pad}?{urlencode(vraag, doseq=True)}", headers=kop, timeout=60)


def instroom(web: Web) -> int:
    """How many deliveries of the hoofdaannemer started in February."""
    uit = web.bureau.paar.aanbieder.json("/v1/stuurinformatie", kpi="INSTROOM", **FEBRUARI)
    aantal = uit["kpis"][0]["groepen"][0]["aantal"]
    assert isinstance(aantal, int)
    assert aantal > 10
    return aantal


def test_from_all_figures_to_the_client_behind_one(web: Web, kom: Kom) -> None:
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    pagina = bezoek.pagina
    bezoek.ga("/")
    pagina.click("nav >> text=Stuurinformatie")
    assert "hoofdaannemer" in pagina.inner_text("p[role=status]")
    onderwerpen = pagina.locator("nav[aria-label=Onderwerp] a").all_inner_texts()
    cijfers = 0
    for onderwerp in onderwerpen:
        pagina.click(f"nav[aria-label=Onderwerp] >> text={onderwerp}")
        cijfers += pagina.locator("main tbody tr").count()
    assert cijfers == len(voor_rol(Partijrol.HOOFDAANNEMER))
    pagina.click("nav[aria-label=Onderwerp] >> text=Cliënten")
    pagina.click("main tbody >> text=Instroom")
    assert pagina.locator("svg.staven__beeld rect").count() == 1
    aantal = instroom(web)
    assert str(aantal) in (pagina.text_content("svg.staven__beeld") or "")
    assert "februari\u00a02026" in pagina.inner_text("main table")
    pagina.click("text=De rijen achter instroom")
    assert pagina.locator("main tbody tr").count() == aantal
    assert web.bureau.paar.agb not in pagina.url
    pagina.click("main tbody >> text=toewijzing >> nth=0")
    assert "Tijdlijn" in pagina.inner_text("main")


def test_every_figure_is_of_one_subject() -> None:
    assert sorted(bron for _, bronnen in ONDERWERPEN.values() for bron in bronnen) == sorted(Bron)


def test_the_choice_stands_in_the_address_and_in_the_form(web: Web, kom: Kom) -> None:
    bezoek = kom("hoofdaannemer", java_script_enabled=False)
    pagina = bezoek.pagina
    bezoek.ga(PAD)
    pagina.fill("#veld-van", "2026-01-15")
    pagina.fill("#veld-tot", "2026-03-02")
    pagina.click("text=Cijfers en groepen kiezen")
    pagina.check("text=Wachttijd")
    pagina.check("text=In zorg")
    pagina.check("label:has-text('Gemeente')")
    pagina.select_option("#veld-tijd", "maand")
    pagina.click("main button:has-text('Toon')")
    assert pagina.locator(".cijfer").count() == 2
    assert "januari\u00a02026, maart\u00a02026" in pagina.inner_text("main")
    assert pagina.input_value("#veld-van") == "2026-01-15"
    assert pagina.input_value("#veld-tijd") == "maand"
    pagina.reload()
    assert pagina.locator("input:checked").count() == 3


def test_a_hidden_cell_says_why(web: Web) -> None:
    paar = web.knoop.paar()
    dossier = paar.dossier()
    paar.gemeente.goedgekeurd(dossier.toewijzing())
    paar.aanbieder.goedgekeurd(dossier.start())
    web.voeg_toe("kleine_gemeente", {paar.gemeentecode: Rol.LEZER})
    tekst = haal(web, "kleine_gemeente", kpi="INSTROOM", **FEBRUARI).text
    assert "verborgen" in tekst
    assert "rust op 1 tot en met 9 cliënten" in tekst
    naar = re.search(r'href="/stuurinformatie\?([^"]+)">Toon ook die', tekst)
    assert naar is not None
    vraag = dict(parse_qsl(unescape(naar[1])))
    assert vraag == {"kpi": "INSTROOM", "toonKlein": "true", **FEBRUARI}
    klein = haal(web, "kleine_gemeente", **vraag).text
    assert "rust op 1 tot en met 9 cliënten" not in klein


@pytest.mark.parametrize(
    ("vraag", "veld"),
    [
        ({"van": "2026-13-01"}, "van"),
        ({"van": "2026-03-01", "tot": "2026-02-01"}, "tot"),
        ({"per": "gemente", "kpi": "INSTROOM"}, "per"),
        ({"kpi": ["INSTROOM", "UITSTROOM", "IN_ZORG", "WACHTTIJD", "WACHTENDEN", "WACHT_TE_LANG", "UITVAL"]}, "kpi"),
        ({"kpi": "INSTROM"}, "kpi"),
        ({"van": "1000-01-01", "tot": "2026-01-01"}, "van"),
    ],
)
def test_what_is_wrong_stands_at_its_field(web: Web, vraag: dict[str, Any], veld: str) -> None:
    antwoord = haal(web, "lezer", **{**FEBRUARI, **vraag})
    assert antwoord.status_code == 422
    assert f'href="#veld-{veld}"' in antwoord.text
    assert f'id="fout-{veld}"' in antwoord.text


def test_all_that_is_wrong_stands_on_the_page(web: Web) -> None:
    vraag: dict[str, Any] = {"van": "2026-13-01", "tot": "2300-01-01", "per": ["gemente", "frm"], "kpi": "INSTROM"}
    tekst = haal(web, "lezer", **vraag).text
    assert all(f'id="fout-{veld}"' in tekst for veld in ("van", "tot", "per", "kpi"))
    assert "bedoelt u gemeente?" in tekst
    assert "bedoelt u form?" in tekst
    achter = haal(web, "lezer", f"{PAD}/INSTROOM/onderliggend", van="2026-13-01", per="gemente")
    assert achter.status_code == 422
    assert "bedoelt u gemeente?" in achter.text


def test_as_a_file(web: Web) -> None:
    antwoord = haal(web, "hoofdaannemer", vorm="csv", kpi="INSTROOM", per=["gemeente", "maand"], **FEBRUARI)
    assert antwoord.headers["content-type"].startswith("text/csv")
    [rij] = csv.DictReader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";")
    assert (rij["code"], rij["maand"], rij["aantal"]) == ("INSTROOM", "2026-02", str(instroom(web)))
    rijen = haal(web, "hoofdaannemer", f"{PAD}/INSTROOM/onderliggend", vorm="csv", **FEBRUARI)
    gelezen = list(csv.DictReader(io.StringIO(rijen.content.decode("utf-8-sig")), delimiter=";"))
    assert len(gelezen) == instroom(web)
    assert len({rij["bsn"] for rij in gelezen}) > 10
    assert haal(web, "hoofdaannemer", f"{PAD}/INSTROOM/onderliggend", vorm="xlsx", **FEBRUARI).content[:2] == b"PK"


def test_rows_that_are_all_there_are_in_the_order_of_a_column(web: Web) -> None:
    pad = f"{PAD}/INSTROOM/onderliggend"

    def toewijzingen(op: str) -> list[str]:
        html = haal(web, "hoofdaannemer", pad, sorteer=op, **FEBRUARI).text
        return re.findall(r'<a class="nl-link" href="/toewijzingen/([^"]+)"', html)

    op, om = toewijzingen("toewijzing"), toewijzingen("-toewijzing")
    assert len(op) == instroom(web)
    assert op == sorted(op) == om[::-1]
    assert toewijzingen("zomaar") == toewijzingen("")
    html = haal(web, "hoofdaannemer", pad, sorteer="bsn", **FEBRUARI).text
    assert html.count('aria-sort="ascending"') == 1


def test_each_sees_its_own(web: Web) -> None:
    rijen = web.paar.gemeente.json("/v1/stuurinformatie/INSTROOM/onderliggend", **FEBRUARI)["items"]
    assert {rij["gemeente"] for rij in rijen} == {web.paar.gemeentecode}
    assert haal(web, "lezer", f"{PAD}/INSTROOM/onderliggend", **FEBRUARI).text.count('class="bsn"') == len(rijen)
    assert haal(web, "onderaannemer", kpi="INSTROOM").status_code == 403
    partner = haal(web, "onderaannemer").text
    assert "Zwaarte van de casussen" in partner
    assert "Instroom" not in partner
    assert haal(web, "lezer", f"{PAD}/BESTAAT_NIET/onderliggend").status_code == 404
