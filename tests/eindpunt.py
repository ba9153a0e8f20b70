"""The endpoint of a gemeente: a real HTTP server that offers OntvangAsynchroon, reads what is pushed to it, and answers.

What comes in is read by our own reader, and where the official WSDL is beside the repository by zeep with that one; the Bv03
that goes back is held against the official XSD.
"""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import zeep
from lxml import etree
from sqlalchemy import Engine
from tests.keten.envelop.voorbeelden import OFFICIEEL
from tests.knoop import NU

from berichtenverkeer.keten.envelop.stuf import (
    SOAPACTIES,
    Bevestiging,
    Envelop,
    Foutbericht,
    StufBerichtcode,
    Stuurgegevens,
    bevestig,
    lees_soap,
    schrijf_soap,
    weiger,
)
from berichtenverkeer.partijen.partij import zet_eindpunt

Antwoord = Callable[[Stuurgegevens], tuple[int, bytes]]
"""What is answered to a message: status and body."""

_slot = threading.Lock()


def bv03(op: Stuurgegevens) -> tuple[int, bytes]:
    """A Bv03, valid by the official XSD."""
    data = schrijf_soap(bevestig(op, _nummer, NU))
    if OFFICIEEL.exists():
        with _slot:
            bevestiging = etree.fromstring(data).find(".//{*}Bv03Bericht")
            assert bevestiging is not None
            _stuf_xsd().assertValid(bevestiging)
    return 200, data


def fo03(code: str) -> Antwoord:
    """A Fo03 with this code."""
    return lambda op: (500, schrijf_soap(weiger(code, op, _nummer, NU)))


def vast(status: int, inhoud: bytes = b"") -> Antwoord:
    """The same for every message."""
    return lambda _: (status, inhoud)


@dataclass
class Eindpunt:
    """A running endpoint. It gives the answers that were put in ``antwoorden`` one by one, then a Bv03 each time."""

    url: str
    antwoorden: list[Antwoord] = field(default_factory=list)
    gekregen: list[Envelop | Foutbericht] = field(default_factory=list)
    verzoeken: list[bytes] = field(default_factory=list)
    traces: list[str | None] = field(default_factory=list)
    fouten: list[BaseException] = field(default_factory=list)

    @property
    def nummers(self) -> list[str]:
        """The referentienummers of what came, in order."""
        return [een.stuurgegevens.referentienummer for een in self.gekregen]

    def wacht(self, aantal: int) -> None:
        """Wait until so many requests have come."""
        wacht_tot(lambda: len(self.gekregen) >= aantal or bool(self.fouten))
        assert not self.fouten, self.fouten

    def ontvang(self, kop: Any, data: bytes) -> tuple[int, bytes]:
        """Read a request as a receiver does, and choose the answer."""
        inhoud = lees_soap(data).inhoud()
        assert not isinstance(inhoud, Bevestiging)
        stuur = inhoud.stuurgegevens
        assert kop["content-type"] == "text/xml; charset=utf-8"
        assert kop["soapaction"] == f'"{SOAPACTIES[StufBerichtcode(stuur.berichtcode)]}"'
        if OFFICIEEL.exists():
            assert _door_zeep(kop["soapaction"].strip('"'), data) == stuur.referentienummer
        self.gekregen.append(inhoud)
        self.verzoeken.append(data)
        self.traces.append(kop["traceparent"])
        return (self.antwoorden.pop(0) if self.antwoorden else bv03)(stuur)


@contextmanager
def eindpunt(engine: Engine | None = None, gemeente: str = "") -> Iterator[Eindpunt]:
    """An endpoint, of this gemeente if one is named."""

    class Afhandeling(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["content-length"]))
            try:
                status, inhoud = hier.ontvang(self.headers, data)
            except BaseException as fout:
                hier.fouten.append(fout)
                raise
            try:
                self.send_response(status)
                self.send_header("Content-Type", "text/xml; charset=utf-8")
                self.send_header("Content-Length", str(len(inhoud)))
                if 300 <= status < 400:
                    self.send_header("Location", hier.url)
                self.end_headers()
                self.wfile.write(inhoud)
            except (BrokenPipeError, ConnectionResetError):
                pass  # who asked has gone

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """It is in ``fouten``."""

    with Server(("127.0.0.1", 0), Afhandeling) as server:
        hier = Eindpunt(f"http://127.0.0.1:{server.server_port}/OntvangAsynchroon")
        draad = threading.Thread(target=server.serve_forever, args=(0.02,))
        draad.start()
        try:
            if engine is not None:
                zet_eindpunt(engine, gemeente, hier.url)
            yield hier
        finally:
            if engine is not None:
                zet_eindpunt(engine, gemeente, None)
            server.shutdown()
            draad.join()
    assert not hier.fouten, hier.fouten


def wacht_tot(klopt: Callable[[], object], hoogstens: float = 60) -> None:
    """Wait until this holds, for so many seconds."""
    tot = time.monotonic() + hoogstens
    while not klopt():
        assert time.monotonic() < tot
        time.sleep(0.01)


def _door_zeep(soapactie: str, data: bytes) -> str:
    """The referentienummer, as the software of a gemeente that was made from the WSDL reads it."""
    with _slot:
        bewerkingen = _dienst()._operations.values()
        [bewerking] = [een for een in bewerkingen if een.soapaction == soapactie]
        boom = etree.fromstring(data)
        gelezen = bewerking.input.deserialize(boom)
        [wortel] = boom.iterfind("{*}Body/*")
        (_ggk_xsd() if "ggk0210" in wortel.tag else _stuf_xsd()).assertValid(wortel)
    return str((getattr(gelezen, "stuurgegevens", None) or gelezen).referentienummer)


@cache
def _dienst() -> Any:
    pad = OFFICIEEL / "ggk0210" / "ggkberichten" / "ggk0210_OntvangAsynchroon_ggkberichten.wsdl"
    return zeep.Client(str(pad)).service._binding  # type: ignore[no-untyped-call]


@cache
def _ggk_xsd() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(OFFICIEEL / "ggk0210" / "ggkberichten" / "ggk0210_msg_ggkberichten.xsd")))


@cache
def _stuf_xsd() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(OFFICIEEL / "0301" / "stuf0301.xsd")))


def _nummer() -> str:
    return str(uuid.uuid4())
