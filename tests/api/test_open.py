"""What is open to all: so often from one address, so many at once, and nobody keeps anyone waiting by being slow."""

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from ipaddress import ip_network
from threading import Event
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.voorbeelden import MAP
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.knoop import Klant, Knoop, knoop

from berichtenverkeer.api.deuren import validatie
from berichtenverkeer.api.rondom.herkomst import PEER, herkomst
from berichtenverkeer.api.rondom.tempo import Tempo

BERICHT = (MAP / "WMO305.xml").read_bytes()
XML = {"Content-Type": "application/xml"}
INEENS = 5


@pytest.fixture
def node(sqlite: MaakDatabase) -> Iterator[Knoop]:
    """A node behind a proxy, with little patience for who it does not know: an address may ask five times, and then hardly any
    more; four bodies may be inside, of one address two, of which one is at work."""
    zuinig: dict[str, Any] = {"open_per_seconde": 0.001, "open_ineens": INEENS, "open_lichamen": 4, "open_werk": 1}
    zuinig["lichaam_geduld"] = 600
    with knoop(sqlite.gereed(), vertrouwde_proxy="127.0.0.1", **zuinig) as k:
        yield k


def _van(node: Knoop, adres: str) -> Klant:
    klant = node.klant(None)
    klant.headers["X-Forwarded-For"] = adres
    return klant


def _half(node: Knoop, adres: str) -> socket.socket:
    """Who sends half a message, and holds the line."""
    lijn = socket.create_connection(("127.0.0.1", int(node.url.rpartition(":")[2])), 60)
    kop = f"POST /validatie HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nX-Forwarded-For: {adres}\r\n"
    lijn.sendall(f"{kop}Content-Length: {len(BERICHT)}\r\n\r\n".encode() + BERICHT[:-9])
    return lijn


# How often


@pytest.mark.parametrize(
    "pad", ["/v1/standaard/regels/TR019", "/v1/rekenen/maximum", "/v1/openapi.json", "/ggk/ws/OntvangAsynchroon?wsdl"]
)
def test_an_address_that_asks_too_often_hears_when_it_may_again(node: Knoop, pad: str) -> None:
    klant = _van(node, "192.0.2.1")
    statussen = [klant.get(pad).status_code for _ in range(INEENS)]
    assert 429 not in statussen
    antwoord = klant.get(pad)
    assert (antwoord.status_code, int(antwoord.headers["Retry-After"]) > 0) == (429, True)
    assert _van(node, "192.0.2.2").get(pad).status_code == statussen[0]


def test_who_is_known_may_ask_on_and_so_may_who_asks_how_it_goes(node: Knoop) -> None:
    klant = _van(node, "192.0.2.1")
    for _ in range(INEENS):
        assert klant.post("/validatie", content=BERICHT, headers=XML).status_code == 200
    for _ in range(3):
        assert klant.post("/validatie", content=BERICHT, headers=XML).status_code == 429
        assert node.paar(0).gemeente.post("/validatie", content=BERICHT, headers=XML).status_code == 200
        assert [klant.get(pad).status_code for pad in ("/status", "/gezondheid")] == [200, 200]
    with_wrong = XML | {"Authorization": "Bearer verzonnen"}
    assert klant.post("/validatie", content=BERICHT, headers=with_wrong).status_code == 429


class Klok:
    """Seconds that pass when told to."""

    nu = 0.0

    def __call__(self) -> float:
        return self.nu


@given(st.integers(1, 20), st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 3)), max_size=200))
def test_in_no_stretch_of_time_more_than_was_agreed(ineens: int, vragen: list[tuple[str, float]]) -> None:
    klok, per_seconde = Klok(), 2.0
    tempo = Tempo(per_seconde, ineens, klok)
    gegaan: dict[str, list[float]] = {}
    for adres, later in vragen:
        klok.nu += later
        wacht = tempo.wacht(adres)
        if wacht:
            klok.nu += wacht + 1e-6
            assert tempo.wacht(adres) == 0
        eerder = gegaan.setdefault(adres, [])
        eerder.append(klok.nu)
        for aantal, begin in enumerate(reversed(eerder), start=1):
            assert aantal <= ineens + (klok.nu - begin) * per_seconde + 1e-3


def test_not_all_addresses_are_remembered() -> None:
    tempo = Tempo(1, 1, Klok())
    for nummer in range(20_000):
        assert tempo.wacht(str(nummer)) == 0
    assert tempo.wacht("19999") > 0
    assert tempo.wacht("0") == 0


# From where

PROXY = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "genoemd", "van"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.7"], "192.0.2.1"),  # not a proxy: what it says counts for nothing
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["203.0.113.9, 198.51.100.7"], "198.51.100.7"),  # the first may have been made up
        ("10.0.0.1", ["203.0.113.9", "198.51.100.7, 10.9.9.9"], "198.51.100.7"),
        ("10.0.0.1", ["onzin, 10.9.9.9"], "10.9.9.9"),
        ("10.0.0.1", ["onzin"], "10.0.0.1"),
        ("fd00::1", ["2001:db8:1:2:3::4"], "2001:db8:1:2::"),
        ("::ffff:10.0.0.1", ["::ffff:192.0.2.1"], "192.0.2.1"),
        ("2001:db8::1", [], "2001:db8::"),
        (None, ["198.51.100.7"], ""),
    ],
)
def test_by_what_address_a_request_is_counted(peer: str | None, genoemd: list[str], van: str) -> None:
    scope = {
        "headers": [(b"x-forwarded-for", een.encode()) for een in genoemd],
        "extensions": {PEER: {"host": peer}} if peer else {},
    }
    assert herkomst(scope, PROXY) == van
    assert herkomst(scope, ()) == herkomst(scope | {"headers": []}, ())


# How many at once


def test_who_sends_slowly_keeps_nobody_waiting(node: Knoop) -> None:
    """Not who is known, with a small or a large message, nor who sends its own at once."""
    paar = node.paar(0)
    with ExitStack() as open_:
        for adres in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
            open_.enter_context(_half(node, adres))
        groot = b"<!--" + b" " * 2_000_000 + b"-->"
        paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
        paar.gemeente.goedgekeurd(paar.dossier(nummer=1002, bsn="999900018").toewijzing() + groot)
        assert _van(node, "192.0.2.3").post("/validatie", content=BERICHT, headers=XML).status_code == 200
        zelfde = _van(node, "192.0.2.1").post("/validatie", content=BERICHT, headers=XML)
        assert (zelfde.status_code, "Retry-After" in zelfde.headers) == (429, True)
        laatste = open_.enter_context(_half(node, "192.0.2.4"))
        wacht_tot(lambda: _van(node, "192.0.2.5").post("/validatie", content=BERICHT, headers=XML).status_code == 503)
        laatste.sendall(BERICHT[-9:])
        assert laatste.recv(12) == b"HTTP/1.1 200"
        wacht_tot(lambda: _van(node, "192.0.2.6").post("/validatie", content=BERICHT, headers=XML).status_code == 200)


def test_what_is_checked_is_checked_one_by_one_and_the_node_goes_on(
    node: Knoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    mag, bezig, meest = Event(), [0], [0]
    echt = validatie._rapport

    def traag(*args: Any) -> validatie.Validatierapport:
        bezig[0] += 1
        meest[0] = max(meest[0], bezig[0])
        assert mag.wait(60)
        bezig[0] -= 1
        return echt(*args)

    monkeypatch.setattr(validatie, "_rapport", traag)
    paar = node.paar(0)
    with ThreadPoolExecutor(4) as draden:
        antwoorden = [
            draden.submit(_van(node, f"192.0.2.{n // 2}").post, "/validatie", content=BERICHT, headers=XML)
            for n in range(4)
        ]
        wacht_tot(lambda: bezig[0] == 1)
        paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
        assert httpx.get(f"{node.url}/gezondheid").status_code == httpx.get(f"{node.url}/status").status_code == 200
        mag.set()
        assert {antwoord.result().status_code for antwoord in antwoorden} == {200}
    assert meest == [1]


def test_who_waits_too_long_for_a_turn_hears_so(sqlite: MaakDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    mag, bezig = Event(), Event()
    echt = validatie._rapport

    def traag(*args: Any) -> validatie.Validatierapport:
        bezig.set()
        assert mag.wait(60)
        return echt(*args)

    monkeypatch.setattr(validatie, "_rapport", traag)
    with knoop(sqlite.gereed(), open_werk=1, open_wacht=0.05) as node, ThreadPoolExecutor(1) as draad:
        eerste = draad.submit(node.klant(None).post, "/validatie", content=BERICHT, headers=XML)
        assert bezig.wait(60)
        tweede = node.klant(None).post("/validatie", content=BERICHT, headers=XML)
        assert (tweede.status_code, "Retry-After" in tweede.headers) == (503, True)
        mag.set()
        assert eerste.result().status_code == 200


def test_who_takes_its_answer_slowly_holds_no_turn(sqlite: MaakDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its answer is larger than what is between two programs."""
    fout = validatie.Validatiefout(
        Code="TR018",
        Ernst="fout",
        Retourcode=None,
        Locatie=[],
        Details="x" * 20_000_000,
        Klasse=None,
        Waarde=None,
        Berekening=[],
    )
    leeg = validatie.RapportHeader(
        Berichtsoort="WMO305",
        BerichtCode="418",
        BerichtVersie=3,
        BerichtSubversie=2,
        BerichtIdentificatie=validatie.BerichtIdentificatie(Identificatie="", Dagtekening=date(2026, 3, 2)),
    )
    lang = validatie.Validatierapport(Header=leeg, Fouten=[fout])
    kop = f"POST /validatie HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: {len(BERICHT)}\r\n\r\n"
    with knoop(sqlite.gereed(), open_werk=1) as node, ExitStack() as open_:
        with monkeypatch.context() as nu:
            nu.setattr(validatie, "_rapport", lambda *_: lang)
            lijn = open_.enter_context(socket.create_connection(("127.0.0.1", int(node.url.rpartition(":")[2])), 60))
            lijn.sendall(kop.encode() + BERICHT)
            assert lijn.recv(12) == b"HTTP/1.1 200"
        antwoord = node.klant(None).post("/validatie", content=BERICHT, headers=XML)
        assert json.loads(antwoord.content)["Fouten"] == []


def test_who_asks_too_often_with_one_credential_waits_and_others_do_not(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed(), bewijs_ineens=5, bewijs_per_seconde=0.1) as node:
        paar = node.paar()
        statussen = [paar.gemeente.get("/v1/toewijzingen").status_code for _ in range(6)]
        assert statussen == [200] * 5 + [429]
        te_veel = paar.gemeente.bied_aan(paar.dossier().toewijzing())
        assert (te_veel.status_code, te_veel.json()["type"].rpartition(":")[2]) == (429, "te-veel-van-u")
        assert int(te_veel.headers["Retry-After"]) > 0
        assert paar.aanbieder.get("/v1/toewijzingen").status_code == 200


def test_whoever_tries_tokens_waits_after_a_few(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed(), open_ineens=3, open_per_seconde=0.1) as node:
        klant = node.klant(None)
        statussen = [
            klant.get("/v1/toewijzingen", headers={"Authorization": f"Bearer raad{n}"}).status_code for n in range(4)
        ]
        assert statussen == [401, 401, 401, 429]
        assert klant.bied_aan(b"<x/>").status_code == 429
        assert node.paar().gemeente.get("/v1/toewijzingen").status_code == 200
