"""Connections: what comes in without an end is cut off, who is slow is let go, and who only waits keeps nobody out.

Against the service as an operator starts it, over bare sockets. Bytes, lines and connections are counted; where something takes
too long it is a limit of the node that is low here.
"""

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import repeat
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.berichten import Dossier
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.knoop import NU, Knoop, knoop, meld_partijen_aan
from tests.proces import Dienst, serve

from berichtenverkeer.api.antwoord.problemen import KOPPEN
from berichtenverkeer.opslag.database import maak_engine, maak_gereed

KOP, ADRES = 16_000, 4_000
"""The bounds of this node."""

_ONDERWEG = 12_000_000
"""Bytes that may be in the buffers between two programs on one machine."""

_EINDELOOS = 100_000_000
_GEHEUGEN = 400_000
"""kB that the process may have had at its height after all of this; it takes some 120 000 to begin with."""


@pytest.fixture(scope="module")
def tokens_en_url(sqlite: MaakDatabase) -> tuple[dict[str, str], str]:
    """A database with one pair of parties."""
    url = sqlite()
    engine = maak_engine(url)
    maak_gereed(engine)
    tokens = meld_partijen_aan(engine, aantal=1)
    engine.dispose()
    return tokens, url


@pytest.fixture(scope="module")
def dienst(tokens_en_url: tuple[dict[str, str], str]) -> Iterator[Dienst]:
    """A service with low bounds, and patience."""
    grenzen: dict[str, Any] = {
        "kop_max_bytes": KOP,
        "adres_max_bytes": ADRES,
        "open_ineens": 100_000,
        "verbindingen_per_adres": 40,
    }
    with serve(tokens_en_url[1], **grenzen) as d:
        yield d
        assert _meeste_geheugen(d) < _GEHEUGEN


@pytest.fixture(scope="module")
def ongeduldig(sqlite: MaakDatabase) -> Iterator[Knoop]:
    """A node that has patience for nobody."""
    kort: dict[str, Any] = dict.fromkeys(("kop_tijd", "rusttijd", "lichaam_geduld", "schrijf_geduld"), 0.3)
    with knoop(sqlite.gereed(), minste_tempo=10_000, **kort) as k:
        yield k


def _meeste_geheugen(d: Dienst) -> int:
    status = Path(f"/proc/{d.proces.pid}/status").read_text()
    [regel] = [regel for regel in status.splitlines() if regel.startswith("VmHWM:")]
    return int(regel.split()[1])


def _bel(node: Knoop, verzoek: bytes) -> socket.socket:
    lijn = socket.create_connection(("127.0.0.1", _poort(node)), 60)
    lijn.sendall(verzoek)
    return lijn


def _poort(node: Knoop) -> int:
    return int(node.url.rpartition(":")[2])


def _tot_het_eind(lijn: socket.socket) -> bytes:
    """All that still comes; what broke off is what came before."""
    alles = b""
    with suppress(ConnectionResetError):
        while deel := lijn.recv(65_536):
            alles += deel
    return alles


def _werkt(d: Dienst | Knoop) -> None:
    assert httpx.get(f"{d.url}/gezondheid", verify=False).status_code == 200


_POST = b"POST /validatie HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
_STUKKEN = _POST + b"Transfer-Encoding: chunked\r\n\r\n"
_GET = b"GET /status HTTP/1.1\r\nHost: x\r\n"

EINDELOOS: dict[str, tuple[bytes, bytes, int]] = {
    "many headers": (_GET, b"a: b\r\n" * 10_000, 431),
    "a header without an end": (_GET + b"a: ", b"b" * 65_536, 431),
    "the name of a header": (_GET, b"b" * 65_536, 431),
    "an address": (b"GET /", b"b" * 65_536, 414),
    "a question in an address": (b"GET /status?", b"b" * 65_536, 414),
    "a method": (b"", b"G" * 65_536, 400),
    "empty lines": (b"", b"\r\n" * 32_768, 431),
    "trailers": (_STUKKEN + b"0\r\n", b"a: b\r\n" * 10_000, 431),
    "more trailers than a few": (_STUKKEN + b"0\r\n" + b"a: b\r\n" * 18, b"", 431),
    "a trailer": (_STUKKEN + b"0\r\na: ", b"b" * 65_536, 431),
    "an extension of a chunk": (_STUKKEN + b"1;a=", b"b" * 65_536, 431),
    "chunks of one byte": (_STUKKEN, b"1\r\nx\r\n" * 10_000, 400),
    "one request after the other": (b"", (_GET + b"\r\n") * 1_000, 200),
}
"""What is sent first, what is sent over and over after it, and the status that is heard."""


@pytest.mark.parametrize("wat", EINDELOOS)
def test_what_has_no_end_is_cut_off(dienst: Dienst, wat: str) -> None:
    begin, deel, status = EINDELOOS[wat]
    gestuurd = 0
    with dienst.bel(begin) as lijn:
        with suppress(OSError):
            while deel and gestuurd < _EINDELOOS:
                lijn.sendall(deel)
                gestuurd += len(deel)
        antwoord = _tot_het_eind(lijn)
    assert gestuurd < _ONDERWEG
    assert not antwoord or int(antwoord[9:12]) == status, antwoord[:300]
    _werkt(dienst)


@pytest.mark.parametrize(
    ("begin", "eind", "grens", "status"),
    [
        (b"GET /status?", b" HTTP/1.1\r\nHost: x\r\n\r\n", ADRES - len("/status?"), 414),
        (_GET + b"a: ", b"\r\n\r\n", KOP - len(_GET + b"a: \r\n\r\n"), 431),
    ],
)
def test_the_bound_itself_is_let_in(dienst: Dienst, begin: bytes, eind: bytes, grens: int, status: int) -> None:
    for lengte, verwacht in ((grens, 200), (grens + 1, status)):
        with dienst.bel(begin + b"a" * lengte + eind) as lijn:
            assert int(lijn.recv(12)[9:12]) == verwacht


def test_what_is_refused_is_a_problem_in_dutch(dienst: Dienst) -> None:
    for verzoek, status in ((b"onzin\r\n\r\n", 400), (_GET + b"a: " + b"b" * KOP, 431)):
        with dienst.bel(verzoek) as lijn:
            kop, _, inhoud = _tot_het_eind(lijn).partition(b"\r\n\r\n")
        antwoord = httpx.Response(status, content=inhoud)
        assert antwoord.json()["status"] == status
        assert b"application/problem+json" in kop
        assert b"connection: close" in kop
        assert all(b"%b: %b" % regel in kop.split(b"\r\n") for regel in KOPPEN)


def test_a_trailer_is_no_header(dienst: Dienst, tokens_en_url: tuple[dict[str, str], str]) -> None:
    """Who calls stands in the head; what comes after the body does not change that."""
    token = next(iter(tokens_en_url[0].values()))
    stukken = b"POST /v1/berichten HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
    with dienst.bel(stukken + f"Authorization: Bearer {token}\r\n\r\n".encode()) as lijn:
        assert lijn.recv(12) == b"HTTP/1.1 401"


# HTTP that two programs may read in two ways


@pytest.mark.parametrize(
    "koppen",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Content-Length\r\n: 5\r\n",
        b"Content-Length: 5\r\nConnection: upgrade\r\nUpgrade: h2c\r\n",
        b"Transfer-Encoding: chunked\r\nConnection: upgrade\r\nUpgrade: websocket\r\n",
    ],
)
def test_a_body_of_which_the_length_is_in_doubt_is_refused(dienst: Dienst, koppen: bytes) -> None:
    with dienst.bel(_POST + koppen + b"\r\n" + b"0\r\n\r\n" + _GET + b"\r\n") as lijn:
        antwoord = _tot_het_eind(lijn)
    assert antwoord.startswith(b"HTTP/1.1 400 ")
    assert antwoord.count(b"HTTP/1.1 ") == 1


def test_another_protocol_is_not_spoken(dienst: Dienst) -> None:
    """The question is answered in HTTP/1.1, and what follows it is not looked at."""
    with dienst.bel(_GET + b"Connection: upgrade\r\nUpgrade: h2c\r\n\r\n" + _GET + b"\r\n") as lijn:
        antwoord = _tot_het_eind(lijn)
    assert antwoord.startswith(b"HTTP/1.1 200 ")
    assert antwoord.count(b"HTTP/1.1 ") == 1


# Who is slow


def test_who_sends_nothing_more_is_let_go(ongeduldig: Knoop) -> None:
    """Known or not."""
    kop = "POST /v1/berichten HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 10000\r\n"
    bekend = f"{kop}Authorization: {ongeduldig.paar(0).gemeente.headers['Authorization']}\r\n\r\n<half".encode()
    goed = b"HTTP/1.1 200 "
    for verzoek, antwoord in (
        (b"", b""),
        (b"GET /sta", b"HTTP/1.1 408 "),
        (_GET + b"Half", b"HTTP/1.1 408 "),
        (_GET + b"\r\n", goed),
        (_GET + b"\r\n" + _GET, goed),
        (_POST + b"Content-Length: 100\r\n\r\n<half", b"HTTP/1.1 408 "),
        (_STUKKEN + b"5\r\n<half\r\n", b"HTTP/1.1 408 "),
        (bekend, b"HTTP/1.1 408 "),
        (b"POST /v1/berichten HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", b"HTTP/1.1 401 "),
    ):
        with _bel(ongeduldig, verzoek) as lijn:
            assert _tot_het_eind(lijn)[: len(antwoord) or 1] == antwoord, verzoek
    _werkt(ongeduldig)


def test_who_sends_a_little_now_and_then_is_let_go(ongeduldig: Knoop) -> None:
    for begin in (b"GET /", _GET + b"a: ", _POST + b"Content-Length: 1000000\r\n\r\n"):
        with _bel(ongeduldig, begin) as lijn:
            lijn.settimeout(0.02)
            antwoord = b""
            for druppel in repeat(b"x", 3_000):
                with suppress(OSError):
                    lijn.sendall(druppel)
                with suppress(TimeoutError, ConnectionResetError):
                    antwoord = lijn.recv(12)
                    break
            assert antwoord in (b"HTTP/1.1 408", b""), begin
            assert druppel


def test_who_does_not_take_an_answer_is_let_go(ongeduldig: Knoop) -> None:
    paar = ongeduldig.paar(0)
    data = paar.dossier().toewijzing() + (b"<!--" + b" " * 1_000_000 + b"-->") * 12
    uit = paar.gemeente.goedgekeurd(data)
    wie = paar.gemeente.headers["Authorization"]
    with socket.socket() as lijn:
        lijn.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        lijn.connect(("127.0.0.1", _poort(ongeduldig)))
        lijn.sendall(f"GET /v1/berichten/{uit['id']}/xml HTTP/1.1\r\nHost: x\r\nAuthorization: {wie}\r\n\r\n".encode())
        assert lijn.recv(12) == b"HTTP/1.1 200"
        wacht_tot(lambda: _verbindingen(_poort(ongeduldig)) == 0)
        assert len(_tot_het_eind(lijn)) < len(data)
    assert paar.gemeente.get(f"/v1/berichten/{uit['id']}/xml").content == data


def _verbindingen(poort_: int) -> int:
    """How many connections a process has open on its port."""
    poort, open_ = f":{poort_:04X}", "01"
    regels = [regel.split() for regel in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(regel[1].endswith(poort) and regel[3] == open_ for regel in regels)


# How many


def test_connections_on_which_nothing_is_asked_keep_nobody_out(
    dienst: Dienst, tokens_en_url: tuple[dict[str, str], str]
) -> None:
    """There may be forty from one address."""
    tokens, _ = tokens_en_url
    gemeente, agb = tokens
    with ExitStack() as open_:
        klant = open_.enter_context(httpx.Client(base_url=dienst.url, verify=False, timeout=60))
        klant.headers["Authorization"] = f"Bearer {tokens[gemeente]}"
        klant.get("/gezondheid")
        lijnen = [open_.enter_context(dienst.bel(_GET[: nummer % 20])) for nummer in range(200)]
        _werkt(dienst)
        data = Dossier(gemeente, agb).bericht("301", identificatie=f"T{NU:%S}")
        assert klant.post("/v1/berichten", content=data, headers={"Content-Type": "text/xml"}).status_code == 202
        assert _verbindingen(dienst.poort) <= 42
        assert [lijn.recv(1) for lijn in lijnen[:150]] == [b""] * 150


def test_who_is_served_makes_no_place(dienst: Dienst) -> None:
    half = _POST + b"Content-Length: 100\r\n\r\n<half"
    with ExitStack() as open_:
        for _ in range(31):
            open_.enter_context(dienst.bel(half))
        wacht_tot(lambda: _verbindingen(dienst.poort) == 31)
        for _ in range(9):
            lijn = open_.enter_context(dienst.bel(_GET + b"X-Lang: "))
            lijn.sendall(b"x")
        _werkt(dienst)


def test_there_are_always_files_for_the_node_itself(tokens_en_url: tuple[dict[str, str], str]) -> None:
    """Where the system allows a process 320 files, and someone opens 400 connections."""

    def weinig() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (320, 320))

    with serve(tokens_en_url[1], vooraf=weinig) as d, ExitStack() as open_:
        for _ in range(400):
            open_.enter_context(d.bel())
        _werkt(d)
        assert _verbindingen(d.poort) < 100
