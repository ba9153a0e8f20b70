"""The way to an endpoint over HTTP and TLS: whom it trusts, as whom it shows itself, and what it does not take."""

import asyncio
import gzip
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from berichtenverkeer.keten.bezorgen.kanaal import Antwoord, HttpKanaal, KanaalFout

_OPENSSL = shutil.which("openssl")
met_openssl = pytest.mark.skipif(_OPENSSL is None, reason="there is no openssl to make certificates with")


@contextmanager
def dienst(kop: dict[str, str], inhoud: bytes, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that answers the same to everything; its URL."""

    class Afhandeling(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["soapaction"] == '"urn:doe"'
            assert self.rfile.read(int(self.headers["content-length"])) == b"<vraag/>"
            self.send_response(int(kop.get("status", "200")))
            for naam, waarde in kop.items():
                self.send_header(naam, waarde)
            self.end_headers()
            self.wfile.write(inhoud)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """Who asked did not want to know us."""

    with Server(("127.0.0.1", 0), Afhandeling) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        draad = threading.Thread(target=server.serve_forever, args=(0.02,))
        draad.start()
        try:
            yield f"http{'s' if tls else ''}://localhost:{server.server_port}/"
        finally:
            server.shutdown()
            draad.join()


def vraag(kanaal: HttpKanaal, url: str) -> Antwoord:
    """What it answers, or why not."""

    async def doe() -> Antwoord:
        async with asyncio.timeout(30):
            return await kanaal(url, b"<vraag/>", "urn:doe")

    return asyncio.run(doe())


def test_an_answer_comes_as_it_is() -> None:
    with dienst({"X-Iets": "a"}, b"<antwoord/>") as url:
        assert vraag(HttpKanaal(), url) == Antwoord(200, b"<antwoord/>")


def test_a_redirect_is_an_answer() -> None:
    with dienst({}, b"nee") as elders, dienst({"status": "302", "Location": elders}, b"daar") as url:
        assert vraag(HttpKanaal(), url) == Antwoord(302, b"daar")


def test_what_is_compressed_is_not_unfolded() -> None:
    bom = gzip.compress(b"x" * 100_000_000)
    assert len(bom) < 1_000_000
    with dienst({"Content-Encoding": "gzip"}, bom) as url, pytest.raises(KanaalFout, match="gecomprimeerde"):
        vraag(HttpKanaal(), url)


def test_no_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for naam in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(naam, "http://127.0.0.1:1")
    with dienst({}, b"<antwoord/>") as url:
        assert vraag(HttpKanaal(), url).status == 200


@pytest.fixture(scope="module")
def certificaten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``server.pem`` and ``klant.pem``, each with its key, both their own root."""
    map_ = tmp_path_factory.mktemp("tls")
    for naam, waar in (("server", "localhost"), ("klant", "knooppunt"), ("vreemd", "elders.example")):
        opdracht = [
            *(str(_OPENSSL), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", f"/CN={waar}", "-addext", f"subjectAltName=DNS:{waar}"),
            *("-keyout", str(map_ / f"{naam}.key"), "-out", str(map_ / f"{naam}.pem")),
        ]
        subprocess.run(opdracht, check=True, capture_output=True)
    return map_


def _tls(map_: Path, naam: str) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(map_ / f"{naam}.pem", map_ / f"{naam}.key")
    return tls


@met_openssl
def test_a_certificate_is_verified(certificaten: Path) -> None:
    """Unknown, and known but of another machine: neither is talked to."""
    with dienst({}, b"<antwoord/>", _tls(certificaten, "server")) as url:
        with pytest.raises(KanaalFout, match="certificaat"):
            vraag(HttpKanaal(), url)
        assert vraag(HttpKanaal(ca=certificaten / "server.pem"), url).status == 200
    with (
        dienst({}, b"<antwoord/>", _tls(certificaten, "vreemd")) as url,
        pytest.raises(KanaalFout, match="certificaat"),
    ):
        vraag(HttpKanaal(ca=certificaten / "vreemd.pem"), url)


@met_openssl
def test_it_shows_its_own_certificate_to_who_asks(certificaten: Path) -> None:
    tls = _tls(certificaten, "server")
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_verify_locations(certificaten / "klant.pem")
    ca, eigen, sleutel = (certificaten / naam for naam in ("server.pem", "klant.pem", "klant.key"))
    with dienst({}, b"<antwoord/>", tls) as url:
        assert vraag(HttpKanaal(ca, eigen, sleutel), url).status == 200
        with pytest.raises(KanaalFout):
            vraag(HttpKanaal(ca), url)


def test_a_certificate_that_is_not_there_shows_at_once(tmp_path: Path) -> None:
    for opties in ({"ca": tmp_path / "weg"}, {"certificaat": tmp_path / "weg"}):
        with pytest.raises(OSError, match="No such file"):
            HttpKanaal(**opties)
