"""Messages as pages: the list, and one with what was found beside its lines."""

import re
from typing import Any

import httpx
import pytest
from tests.web.conftest import Web

from berichtenverkeer.web.poort import SESSIEKOEKJE

BSN = "999900006"


def koppen(web: Web, login: str) -> dict[str, str]:
    """Those of someone with a session."""
    return {"Cookie": f"{SESSIEKOEKJE}={web.sessie(login)}", "Origin": web.url, "Accept": "text/html"}


def verborgen(html: str) -> dict[str, str]:
    """The hidden fields of the last form of the page."""
    formulier = html[html.rindex("<form", 0, html.rindex("</main>")) :]
    return dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', formulier))


def afgekeurd(web: Web) -> dict[str, Any]:
    """The stop without a start that the aanbieder sent."""
    [stop] = web.paar.aanbieder.json("/v1/berichten", berichtsoort="307", oordeel="afgekeurd")["items"]
    return dict(stop)


def test_the_newest_is_first(web: Web) -> None:
    html = httpx.get(f"{web.url}/berichten", headers=koppen(web, "medewerker"), timeout=60).text
    nummers = re.findall(r'href="/berichten/([0-9a-f-]{36})"', html)
    alle = [item["id"] for item in web.paar.aanbieder.json("/v1/berichten", limiet="1000")["items"]]
    assert nummers == alle[::-1][:50]
    assert BSN not in html


def test_a_finding_stands_beside_its_line(web: Web) -> None:
    stop = afgekeurd(web)
    html = httpx.get(f"{web.url}/berichten/{stop['id']}", headers=koppen(web, "medewerker"), timeout=60).text
    [bevinding] = web.paar.aanbieder.json(f"/v1/berichten/{stop['id']}")["bevindingen"]
    regel = html[html.index(f'id="regel-{bevinding["regelnummer"]}"') :].split("</li>", 1)[0]
    assert bevinding["melding"] in regel
    assert bevinding["advies"] in regel
    assert f'href="/regels/{bevinding["regel"]}"' in regel
    assert f'href="/retourcodes/{bevinding["retourcode"]}"' in regel
    assert f"/berichten/{stop['antwoorden'][0]['id']}" in html


def test_the_bsn_is_shown_when_asked_for(web: Web) -> None:
    stop, kop = afgekeurd(web), koppen(web, "medewerker")
    adres = f"{web.url}/berichten/{stop['id']}"
    html = httpx.get(adres, headers=kop, timeout=60).text
    assert BSN not in html
    zeker = dict(re.findall(r'type="hidden" name="(zeker)" value="([^"]*)"', html))
    assert BSN in httpx.post(f"{adres}/bsn", headers=kop, data=zeker, timeout=60).text
    assert BSN.encode() in httpx.get(f"{adres}/xml", headers=kop, timeout=60).content


@pytest.mark.parametrize("deel", ["", "/xml", "/verbeteren"])
def test_what_is_of_others_is_not_there(web: Web, deel: str) -> None:
    van_ander = web.ander.aanbieder.json("/v1/berichten")["items"][0]["id"]
    for id_ in (van_ander, "00000000-0000-0000-0000-000000000000", "<script>", "x" * 41):
        antwoord = httpx.get(f"{web.url}/berichten/{id_}{deel}", headers=koppen(web, "medewerker"), timeout=60)
        assert antwoord.status_code == 404
        assert "<script>" not in antwoord.text
