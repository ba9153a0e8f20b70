"""The receiver of a webhook: a real HTTP server, which keeps what came and verifies it by the library of Standard Webhooks."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook
from tests.eindpunt import wacht_tot

Antwoord = tuple[int, Mapping[str, str]]
"""A status and headers."""

GOED: Antwoord = (204, {})


@dataclass(frozen=True)
class Aanroep:
    """What came."""

    koppen: dict[str, str]
    data: bytes

    @property
    def inhoud(self) -> dict[str, Any]:
        inhoud: dict[str, Any] = json.loads(self.data)
        return inhoud

    @property
    def soort(self) -> str:
        """The kind by the name that a webhook asks for it."""
        soort: str = self.inhoud["type"]
        return soort.removeprefix("nl.berichtenverkeer.").removesuffix(".v1")

    def klopt(self, geheim: str) -> bool:
        """Raises what the library raises when the signature is not of this secret."""
        return bool(Webhook(geheim).verify(self.data, self.koppen))


@dataclass
class Ontvanger:
    """A running receiver: what it answers, and all that came."""

    url: str
    antwoord: Callable[[Aanroep], Antwoord] = lambda _: GOED
    gekregen: list[Aanroep] = field(default_factory=list)

    def van(self, soort: str) -> list[Aanroep]:
        """What came of a kind."""
        return [een for een in self.gekregen if een.soort == soort]

    def wacht(self, aantal: int, soort: str | None = None) -> None:
        """Wait until so many calls came."""
        wacht_tot(lambda: len(self.gekregen if soort is None else self.van(soort)) >= aantal)


@contextmanager
def ontvanger(tls: tuple[str, str] | None = None) -> Iterator[Ontvanger]:
    """A receiver on this machine; with the files of a certificate and its key one that speaks TLS."""

    class Afhandeling(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            lengte = int(self.headers["content-length"])
            data = self.rfile.read(lengte)
            if len(data) < lengte:
                return  # who called broke off
            aanroep = Aanroep({naam.lower(): waarde for naam, waarde in self.headers.items()}, data)
            hier.gekregen.append(aanroep)
            status, koppen = hier.antwoord(aanroep)
            try:
                self.send_response(status)
                for naam, waarde in {"Content-Length": "0", **koppen}.items():
                    self.send_header(naam, waarde)
                self.end_headers()
            except (BrokenPipeError, ConnectionResetError):
                pass  # who asked has gone

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128  # who comes at once is not left to knock again a second later

        def handle_error(self, *_: Any) -> None:
            """Who asked has gone."""

    with Server(("127.0.0.1", 0), Afhandeling) as server:
        if tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        hier = Ontvanger(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/hier")
        draad = threading.Thread(target=server.serve_forever, args=(0.02,))
        draad.start()
        try:
            yield hier
        finally:
            server.shutdown()
            draad.join()
