"""Lists to look something up in: open to all, to be searched, in the order of a column, and as a file."""

import csv
import io
import re

import httpx
import pytest
from tests.web.conftest import Web

from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein

LIJSTEN = ("/regels", "/retourcodes", "/codelijsten", "/codelijsten/CBS?domein=iwmo", "/codelijsten/COD046?domein=ijw")


def ga(web: Web, pad: str) -> str:
    """What a page says to who is not logged in."""
    antwoord = httpx.get(web.url + pad, headers={"Accept": "text/html"}, timeout=60)
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.text


@pytest.mark.parametrize("pad", LIJSTEN)
def test_each_can_be_sorted_and_taken_as_a_file(web: Web, pad: str) -> None:
    html = ga(web, pad)
    assert "sorteer=" in html
    met = "&" if "?" in pad else "?"
    antwoord = httpx.get(f"{web.url}{pad}{met}vorm=csv", timeout=60)
    assert antwoord.headers["content-type"].startswith("text/csv")
    rijen = list(csv.DictReader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))
    assert f">{len(rijen)} gevonden" in html.replace("\n", "")
    werkmap = httpx.get(f"{web.url}{pad}{met}vorm=xlsx", timeout=60)
    assert werkmap.content.startswith(b"PK")


@pytest.mark.parametrize("pad", ["/termijnen", "/levensloop/levering"])
def test_a_table_that_is_explained_can_be_sorted_and_taken_as_a_file(web: Web, pad: str) -> None:
    html = ga(web, pad)
    assert "sorteer=regels" in html
    assert "`" not in html
    antwoord = httpx.get(f"{web.url}{pad}?vorm=csv", timeout=60)
    rijen = list(csv.DictReader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))
    [tabel] = re.findall(r"(?s)<tbody.*?</tbody>", html)
    assert len(rijen) == tabel.count("<tr ") > 5
    op, om = (ga(web, f"{pad}?sorteer={hoe}regels") for hoe in ("", "-"))
    assert op.count('aria-sort="ascending"') == om.count('aria-sort="descending"') == 1
    assert httpx.get(f"{web.url}{pad}?vorm=xlsx", timeout=60).content.startswith(b"PK")


def test_a_rule_is_found_by_a_word_of_all_that_it_says(web: Web) -> None:
    assert 'href="/regels/TR326"' in ga(web, "/regels?zoek=tr326")
    assert ga(web, "/regels?zoek=9326").count('href="/regels/') == 1
    niets = ga(web, "/regels?zoek=zevenmijlslaarzen")
    assert "In de lijst staat nergens wat u zocht" in niets
    assert 'href="/regels"' in niets


def test_a_search_stays_in_its_law_and_in_its_order(web: Web) -> None:
    html = ga(web, "/codelijsten/COD046?domein=ijw&sorteer=-code&zoek=onbekend")
    for naam, waarde in (("domein", "ijw"), ("sorteer", "-code")):
        assert f'<input type="hidden" name="{naam}" value="{waarde}">' in html
    assert "/codelijsten/COD046?domein=ijw&amp;sorteer=-code" in html
    eerste = re.findall("<td[^>]*>([^<]*)</td>", ga(web, "/codelijsten/COD046?sorteer=-code"))[0]
    assert eerste == max(codelijst("COD046", Domein.IJW).codes)
