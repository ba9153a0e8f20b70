"""A list as a page: filters, order, paging, files, a Bsn, nothing found, and what others wrote."""

import re
from io import BytesIO
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook
from tests.berichten import gemeenten
from tests.web.conftest import Web
from tests.web.test_toegang import zeker_van

from berichtenverkeer.klok import systeemklok
from berichtenverkeer.partijen.gebruikers import Rol
from berichtenverkeer.partijen.partij import Partijrol, registreer
from berichtenverkeer.web.opmaak import gemeentenaam
from berichtenverkeer.web.poort import SESSIEKOEKJE
from berichtenverkeer.web.scherm import met_partijnaam

ENG = "<script>alert(1)</script>\u202e&"
"""A name that breaks a page, where it is not written as text."""


@pytest.fixture(scope="module")
def kop(web: Web) -> dict[str, str]:
    """Who looks at the toewijzingen of a pair with three of them."""
    for nummer, (bsn, einde) in enumerate((("999990123", "2026-09-30"), ("999990135", "2026-06-30")), start=2001):
        dossier = web.paar.dossier(bsn, nummer=nummer)
        web.paar.gemeente.goedgekeurd(dossier.toewijzing(Einddatum=einde))
    return {"Cookie": f"{SESSIEKOEKJE}={web.sessie('lezer')}", "Origin": web.url, "Accept": "text/html"}


def haal(web: Web, kop: dict[str, str], **vraag: Any) -> httpx.Response:
    antwoord = httpx.get(f"{web.url}/toewijzingen", params=vraag, headers=kop, timeout=60)
    assert antwoord.status_code in (200, 422), antwoord.text
    return antwoord


def nummers(html: str) -> list[str]:
    """The first cell of each row."""
    return re.findall(r'<tr class="utrecht-table__row">\s*<td class="utrecht-table__cell">(?:<a [^>]*>)?(\d+)', html)


def test_filters_order_and_masking(web: Web, kop: dict[str, str]) -> None:
    alles = haal(web, kop).text
    assert {"1001", "2001", "2002"} <= set(nummers(alles))
    assert "999990123" not in alles
    assert "eindigt op 123" in alles
    assert "30 september 2026".replace(" ", "\u00a0") in alles
    assert nummers(haal(web, kop, toewijzingnummer="2001").text) == ["2001"]
    oplopend = nummers(haal(web, kop, sorteer="toewijzingnummer").text)
    assert oplopend == sorted(oplopend, key=int)
    assert nummers(haal(web, kop, sorteer="-toewijzingnummer").text) == oplopend[::-1]
    assert set(nummers(haal(web, kop, sorteer="bestaat_niet").text)) == set(oplopend)


def test_a_party_stands_by_name_and_who_looks_not_at_all(web: Web, kop: dict[str, str]) -> None:
    def koppen(html: str) -> list[str]:
        return re.findall(r"<th[^>]*>(?:<a [^>]*>)?([^<]+)", html)

    bij_gemeente = haal(web, kop).text
    assert "Aanbieder" in koppen(bij_gemeente)
    assert "Gemeente" not in koppen(bij_gemeente)
    assert f"Partij {web.paar.agb} ({web.paar.agb})" in bij_gemeente
    bij_aanbieder = haal(web, kop | {"Cookie": f"{SESSIEKOEKJE}={web.sessie('medewerker')}"}).text
    assert "Aanbieder" not in koppen(bij_aanbieder)
    assert f"Partij {web.paar.gemeentecode} ({web.paar.gemeentecode})" in bij_aanbieder


def test_a_gemeente_that_is_no_party_has_the_name_of_the_cbs(web: Web) -> None:
    onbekend = next(code for code in gemeenten() if web.knoop.binnen.register.partij(code) is None)
    assert met_partijnaam(web.knoop.binnen, onbekend) == f"{gemeentenaam(onbekend)} ({onbekend})"
    assert met_partijnaam(web.knoop.binnen, "12345678") == "12345678"


def test_pages_follow_each_other(web: Web, kop: dict[str, str]) -> None:
    gezien: list[str] = []
    naar: str | None = "/toewijzingen?limiet=1"
    for _ in range(200):
        assert naar is not None
        html = httpx.get(web.url + naar, headers=kop, timeout=60).text
        assert "sorteer=" not in html  # a page is no whole list
        if not nummers(html):
            break
        gezien += nummers(html)
        volgende = re.search(r'href="([^"]*)" rel="next"', html)
        naar = volgende and volgende[1].replace("&amp;", "&")
    assert {"1001", "2001", "2002"} <= set(gezien)
    assert len(set(gezien)) == len(gezien)
    assert "laatste bladzijde" in html


def test_files(web: Web, kop: dict[str, str]) -> None:
    csv = haal(web, kop, vorm="csv", toewijzingnummer="2001")
    assert csv.headers["content-type"].startswith("text/csv")
    assert len(csv.text.strip().splitlines()) == 2
    xlsx = haal(web, kop, vorm="xlsx")
    [blad] = CalamineWorkbook.from_filelike(BytesIO(xlsx.content)).sheet_names
    assert blad


def test_a_bsn_is_asked_for_in_a_form_only(web: Web, kop: dict[str, str]) -> None:
    velden = zeker_van(haal(web, kop).text.partition('action="/toewijzingen/zoeken"')[2])
    gevonden = httpx.post(f"{web.url}/toewijzingen/zoeken", data=velden | {"bsn": "999990123"}, headers=kop, timeout=60)
    assert nummers(gevonden.text) == ["2001"]
    assert "999990123" not in gevonden.text
    niets = httpx.post(f"{web.url}/toewijzingen/zoeken", data=velden | {"bsn": "999990482"}, headers=kop, timeout=60)
    assert (niets.status_code, nummers(niets.text)) == (200, [])
    assert "Bij dit Bsn is hier niets" in niets.text
    fout = httpx.post(f"{web.url}/toewijzingen/zoeken", data=velden | {"bsn": "12"}, headers=kop, timeout=60)
    assert fout.status_code == 422
    assert "heeft 9 cijfers" in fout.text
    in_adres = haal(web, kop, bsn="999990123")
    assert "999990123" not in in_adres.text


@pytest.mark.parametrize(
    ("vraag", "zegt"),
    [
        ({"gemeente": "9"}, "heeft 4 cijfers"),
        ({"toestand": "x"}, "Toestand"),
        ({"geldigOp": "morgen"}, "EEJJ-MM-DD"),
        ({"gewijzigdNa": "berichten.1"}, "cursor"),
        ({"limiet": "0"}, "ten minste 1"),
        ({"gemeente": ENG}, "heeft 4 cijfers"),
    ],
)
def test_a_wrong_question_says_what_is_wrong_and_is_kept(
    web: Web, kop: dict[str, str], vraag: dict[str, str], zegt: str
) -> None:
    antwoord = haal(web, kop, **vraag)
    assert antwoord.status_code == 422
    assert zegt in antwoord.text
    assert "<script>alert" not in antwoord.text
    assert 'id="fouten"' in antwoord.text


def test_nothing_says_why(web: Web, kop: dict[str, str]) -> None:
    assert "Niets voldoet aan het gekozen filter" in haal(web, kop, toewijzingnummer="5").text
    assert "Niets voldoet aan wat u koos" in haal(web, kop, toewijzingnummer="5", domein="ijw").text


def test_what_others_wrote_is_text(web: Web) -> None:
    registreer(web.knoop.engine, "99999991", Partijrol.AANBIEDER, ENG, systeemklok())
    web.knoop.binnen.register.kijk()
    web.voeg_toe("eng", {"99999991": Rol.LEZER})
    html = httpx.get(f"{web.url}/", headers={"Cookie": f"{SESSIEKOEKJE}={web.sessie('eng')}"}, timeout=60).text
    assert "<script>alert" not in html
    assert "<bdi>&lt;script&gt;" in html
