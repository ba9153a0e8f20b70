"""Every route of a page says what it asks, and asks it: of nobody, of each role, and for a party of others."""

import re
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from tests.web.conftest import Web

from berichtenverkeer.partijen.gebruikers import Rol
from berichtenverkeer.web.app import routes
from berichtenverkeer.web.poort import SESSIEKOEKJE
from berichtenverkeer.web.toegang import Eis

OPEN = {
    "/aanmelden", "/aanmelden/via/{dienst}", "/aanmelden/via/{dienst}/terug", "/afmelden", "/uitleg", "/regels", "/regels/{code}", "/retourcodes", "/retourcodes/{code}",
    "/codelijsten", "/codelijsten/{code}", "/levensloop", "/levensloop/{soort}", "/termijnen", "/woorden",
}  # fmt: skip
"""What everyone may open, and no more."""


def eis_van(route: APIRoute) -> Eis:
    """What a route asks."""
    gevonden = [een.call for een in route.dependant.dependencies if isinstance(een.call, Eis)]
    assert len(gevonden) == 1, f"{route.path} does not say who may see it"
    return gevonden[0]


PAGINAS = [route for route in routes() if not route.path.startswith("/statisch/")]


def vraag(web: Web, route: APIRoute, login: str | None) -> httpx.Response:
    """Ask a route, with an id that nothing has."""
    pad = re.sub(r"\{[^}]*\}", "00000000-0000-0000-0000-000000000000", route.path)
    koekjes = {"Cookie": f"{SESSIEKOEKJE}={web.sessie(login)}"} if login else {}
    methode = min(route.methods or {"GET"})
    kop = {"Origin": web.url, "Accept": "text/html"} | koekjes
    return httpx.request(methode, web.url + pad, headers=kop, timeout=60)


@pytest.mark.parametrize("route", PAGINAS, ids=lambda route: f"{min(route.methods or {'GET'})} {route.path}")
def test_a_route_is_for_who_it_says(web: Web, route: APIRoute) -> None:
    eis = eis_van(route)
    assert eis.iedereen == (route.path in OPEN)
    antwoord = vraag(web, route, None)
    if route.methods == {"POST"}:
        assert antwoord.status_code == 403  # a form without the key of a session
    elif not eis.iedereen:
        assert antwoord.status_code == 303
        assert antwoord.headers["location"].partition("?")[0] == "/aanmelden"
    if route.methods == {"GET"} and (eis.operator or eis.rol not in (None, Rol.LEZER)):
        assert vraag(web, route, "lezer").status_code == 403
    if route.methods == {"GET"} and eis.rol is not None and not eis.of_operator:
        assert vraag(web, route, "operator").status_code == 403


def zeker_van(html: str) -> dict[str, str]:
    """The hidden fields of the first form."""
    return dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', html))


@pytest.mark.parametrize(
    ("kop", "status"),
    [
        ({}, 403),
        ({"Origin": "https://elders.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_form_from_elsewhere(web: Web, kop: dict[str, Any], status: int) -> None:
    sessie = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('lezer')}"}
    velden = zeker_van(httpx.get(f"{web.url}/partij", headers=sessie, timeout=60).text)
    antwoord = httpx.post(f"{web.url}/partij", data=velden, headers=sessie | kop, timeout=60)
    assert antwoord.status_code == status
    assert antwoord.headers["content-type"].startswith("text/html")


def test_a_key_of_another_session(web: Web) -> None:
    een, ander = ({"Cookie": f"{SESSIEKOEKJE}={web.sessie('lezer')}"} for _ in range(2))
    velden = zeker_van(httpx.get(f"{web.url}/partij", headers=een, timeout=60).text)
    data = velden | {"partij": web.paar.gemeentecode}
    kop = {"Origin": web.url}
    assert httpx.post(f"{web.url}/partij", data=data, headers=ander | kop, timeout=60).status_code == 403
    gelukt = httpx.post(f"{web.url}/partij", data=data, headers=een | kop, timeout=60)
    assert (gelukt.status_code, gelukt.headers["location"]) == (303, "/")
    nog_eens = httpx.post(f"{web.url}/partij", data=data, headers=een | kop, timeout=60)
    assert (nog_eens.status_code, nog_eens.headers["location"]) == (303, "/")


@pytest.mark.parametrize("login", ["lezer", "medewerker", "hoofdaannemer", "onderaannemer"])
def test_the_menu_has_only_what_one_may_open(web: Web, login: str) -> None:
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie(login)}", "Accept": "text/html"}
    menu = httpx.get(f"{web.url}/ik", headers=kop, timeout=60).text.partition('class="menu"')[2].partition("</nav>")[0]
    paden = re.findall(r'href="([^"]+)"', menu)
    assert "/toewijzingen" in paden
    assert [pad for pad in paden if httpx.get(web.url + pad, headers=kop, timeout=60).status_code != 200] == []


def test_a_party_of_others(web: Web) -> None:
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('lezer')}", "Origin": web.url}
    velden = zeker_van(httpx.get(f"{web.url}/partij", headers=kop, timeout=60).text)
    data = velden | {"partij": web.ander.gemeentecode}
    assert httpx.post(f"{web.url}/partij", data=data, headers=kop, timeout=60).status_code == 422


@pytest.mark.parametrize("geheim", ["", "x", "a" * 5000, "\u00e9", "%00", "' OR 1=1"])
def test_a_session_that_is_none(web: Web, geheim: str) -> None:
    kop = {b"Cookie": f"{SESSIEKOEKJE}={geheim}".encode(), b"Accept": b"text/html"}
    antwoord = httpx.get(f"{web.url}/", headers=kop, timeout=60)
    assert (antwoord.status_code, antwoord.headers.get("location")) == (303, "/aanmelden")
