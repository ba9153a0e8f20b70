"""The gate: of every route, whose body is read and how far. Bodies without an end, sent to each."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from tests.conftest import MaakDatabase
from tests.knoop import Knoop, knoop

from berichtenverkeer.api.app import maak_app
from berichtenverkeer.api.rondom.poort import ALTIJD, LICHAMEN, OPEN_LICHAMEN
from berichtenverkeer.instellingen import Instellingen

BERICHT, JSON, OPEN_GRENS = 400_000, 100_000, 200_000
"""The bounds of this node."""

_DEEL = 65_536
_ONDERWEG = 12_000_000
"""Bytes that may be in the buffers between two programs on one machine, and what is read of a body that was answered."""

_EINDELOOS = 100_000_000

OPEN = (
    "/docs",
    "/ggk/openapi.",
    "/ggk/ws/",
    "/v1/openapi.",
    "/v1/rekenen/",
    "/v1/standaard/",
    "/validatie/openapi.",
    "/vsp/openapi.",
)
"""How the paths begin at which everyone may look: without a body."""


class Route(NamedTuple):
    """A method and a path at which something is."""

    methode: str
    pad: str


def _routes() -> list[Route]:
    app = maak_app(Instellingen(database_url="sqlite://", proefmodus=True))
    return sorted(
        Route(methode, re.sub("{.*?}", "x", route.path or ""))
        for route in iter_route_contexts(app.routes)
        for methode in route.methods or ()
    )


ROUTES = _routes()


@pytest.fixture(scope="module")
def node(sqlite: MaakDatabase) -> Iterator[Knoop]:
    """A node with low bounds."""
    grenzen: dict[str, Any] = {"max_bytes": BERICHT, "json_max_bytes": JSON, "open_max_bytes": OPEN_GRENS}
    with knoop(sqlite.gereed(), proefmodus=True, **grenzen) as k:
        yield k


def _zonder_einde(node: Knoop, route: Route, soort: str, token: str | None = None) -> tuple[int, int]:
    """Send a body of which no end comes: the status, and how many bytes were taken before the connection was closed."""
    kop = f"{route.methode} {route.pad} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: {soort}\r\n"
    if token is not None:
        kop += f"Authorization: Bearer {token}\r\n"
    deel = b"%x\r\n%b\r\n" % (_DEEL, (b"[" * _DEEL) if "json" in soort else b" " * _DEEL)
    gestuurd, antwoord = 0, b""
    with socket.create_connection(("127.0.0.1", int(node.url.rpartition(":")[2])), 60) as lijn:
        lijn.sendall(kop.encode() + b"\r\n")
        with suppress(OSError):
            while gestuurd < _EINDELOOS:
                lijn.sendall(deel)
                gestuurd += _DEEL
        with suppress(ConnectionResetError):  # the answer was lost in what was still being sent
            antwoord = lijn.recv(12)
    return int(antwoord[9:12] or 0), gestuurd


METRICS = "/metrics"
"""Who may read it is said by networks, and nobody is unless they are named: to others it is not there."""


def test_every_route_is_of_the_open_or_asks_who_calls(node: Knoop) -> None:
    for route in ROUTES:
        status = httpx.request(route.methode, f"{node.url}{route.pad}").status_code
        met_lichaam = route.methode not in ("GET", "HEAD")
        if route.pad == METRICS:
            assert status == 404
            continue
        open_ = route.pad in OPEN_LICHAMEN if met_lichaam else route.pad in ALTIJD or route.pad.startswith(OPEN)
        assert (status != 401) == open_, (route, status)


def test_what_is_named_is_there() -> None:
    paden = {route.pad for route in ROUTES}
    assert paden >= {*ALTIJD, *OPEN_LICHAMEN, *(re.sub("{.*?}", "x", pad) for pad in LICHAMEN)}
    assert all(any(pad.startswith(begin) for pad in paden) for begin in OPEN)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_of_who_is_not_known_no_body_is_read(node: Knoop, route: Route) -> None:
    """Of what is open to all no more than its small bound."""
    status, gestuurd = _zonder_einde(node, route, "application/json")
    assert gestuurd < _ONDERWEG
    if route.methode not in ("GET", "HEAD"):
        assert status in ((0, 413) if route.pad in OPEN_LICHAMEN else (0, 401))


@pytest.mark.parametrize("soort", ["application/json", "text/xml", "text/csv", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("route", [route for route in ROUTES if route.methode in ("POST", "PUT", "PATCH")], ids=str)
def test_of_who_is_known_a_body_is_read_up_to_its_bound(node: Knoop, route: Route, soort: str) -> None:
    token = node.tokens[node.paar(0).gemeentecode]
    status, gestuurd = _zonder_einde(node, route, soort, token)
    assert gestuurd < _ONDERWEG
    soap = soort == "text/xml" and "rest-push" in route.pad  # is told another address
    assert status in ((500,) if soap else (0, 404, 413, 415))


@pytest.mark.parametrize(
    ("pad", "grens"),
    [
        ("/validatie", BERICHT),
        ("/v1/berichten", BERICHT),
        ("/v1/voorstellen/declaratie?maand=2026-03", BERICHT),
        ("/v1/voorstellen/start", JSON),
        ("/vsp/berichten/rest-pull/v1/berichten/zoeken", JSON),
    ],
)
def test_the_bound_itself_is_let_in(node: Knoop, pad: str, grens: int) -> None:
    klant = node.paar(0).gemeente
    soort = "application/json" if grens == JSON else "text/csv" if "maand" in pad else "application/xml"
    for lengte in (grens, grens + 1):
        for inhoud in (b" " * lengte, iter([b" " * lengte])):
            antwoord = klant.post(pad, content=inhoud, headers={"Content-Type": soort})
            assert (antwoord.status_code == 413) == (lengte > grens), (lengte, antwoord.text)


def test_a_body_that_says_it_is_far_too_large_is_not_waited_for(node: Knoop) -> None:
    token = node.tokens[node.paar(0).gemeentecode]
    kop = f"POST /v1/berichten HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nAuthorization: Bearer {token}\r\n"
    with socket.create_connection(("127.0.0.1", int(node.url.rpartition(":")[2])), 60) as lijn:
        lijn.sendall(f"{kop}Content-Length: {10**15}\r\nExpect: 100-continue\r\n\r\n".encode())
        assert lijn.recv(12) == b"HTTP/1.1 413"


def test_before_it_is_known_who_calls_nobody_is_told_to_go_on(node: Knoop) -> None:
    """``Expect: 100-continue`` asks whether a body is wanted."""
    kop = "POST /v1/voorstellen/start HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
    for token, eerst in ((None, b"HTTP/1.1 401"), (node.tokens[node.paar(0).agb], b"HTTP/1.1 100")):
        wie = f"Authorization: Bearer {token}\r\n" if token else ""
        with socket.create_connection(("127.0.0.1", int(node.url.rpartition(":")[2])), 60) as lijn:
            lijn.sendall(f"{kop}{wie}Expect: 100-continue\r\n\r\n".encode())
            assert lijn.recv(12) == eerst
            if token:
                lijn.sendall(b"{}")
                while b"HTTP/1.1 400" not in (deel := lijn.recv(4096)):
                    assert deel


def test_who_is_known_may_have_more_checked(node: Knoop) -> None:
    inhoud, soort = b" " * (OPEN_GRENS + 1), {"Content-Type": "application/xml"}
    assert node.klant(None).post("/validatie", content=inhoud, headers=soort).status_code == 413
    assert node.paar(0).gemeente.post("/validatie", content=inhoud, headers=soort).status_code == 400
