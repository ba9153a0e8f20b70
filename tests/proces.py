"""Server processes for tests: real ones, that can be killed, and more of them on one database and one address; and the service as
an operator starts it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from tests.berichten import VANDAAG

KLOK = {"Bv-Klok": f"{VANDAAG}T12:00:00"}
"""The header that tells a server process which moment it is."""

_START = """
import socket, sys, uvicorn
from berichtenverkeer.api.server import opties
from berichtenverkeer.instellingen import Instellingen
exec(sys.argv[2])
config = uvicorn.Config(
    "berichtenverkeer.web.app:maak_app", factory=True, log_level="critical", **opties(Instellingen())
)
uvicorn.Server(config).run([socket.socket(fileno=int(sys.argv[1]))])
"""


@dataclass
class Adres:
    """An address on which server processes listen. It stays open when they die: who calls meanwhile, waits."""

    database_url: str
    contact: socket.socket
    processen: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.contact.getsockname()[1]}"

    def start(self, vooraf: str = "") -> "subprocess.Popen[bytes]":
        """One more server process, that runs this Python first."""
        fd = self.contact.fileno()
        proces = subprocess.Popen(
            [sys.executable, "-c", _START, str(fd), vooraf],
            env=os.environ | {"BV_DATABASE_URL": self.database_url, "BV_PROEFMODUS": "1"},
            pass_fds=[fd],
        )
        self.processen.append(proces)
        return proces


@contextmanager
def adres(database_url: str) -> Iterator[Adres]:
    """An address without servers; in the end all are stopped."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as contact:
        hier = Adres(database_url, contact)
        try:
            yield hier
        finally:
            for proces in hier.processen:
                proces.terminate()
            for proces in hier.processen:
                proces.wait(30)


def wacht_tot_op(http: httpx.Client, proces: "subprocess.Popen[bytes]") -> None:
    """Wait until the node of this process answers."""
    for _ in range(2000):
        try:
            http.get("/gezondheid").raise_for_status()
            return
        except httpx.TransportError:
            assert proces.poll() is None, "het knooppunt kwam niet op"
            time.sleep(0.1)
    raise AssertionError("het knooppunt antwoordt niet")


@dataclass
class Dienst:
    """A service that an operator started."""

    poort: int
    proces: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.poort}"

    def bel(self, verzoek: bytes = b"") -> socket.socket:
        """A connection on which this was sent."""
        lijn = socket.create_connection(("127.0.0.1", self.poort), 60)
        lijn.sendall(verzoek)
        return lijn


@contextmanager
def serve(
    database_url: str, *opties: str, vooraf: Callable[[], object] | None = None, **instellingen: object
) -> Iterator[Dienst]:
    """``berichtenverkeer serve`` with these options and settings, once it answers. ``vooraf`` is called in the new process first.
    In the end it is killed, if it still runs."""
    with socket.socket() as los:
        los.bind(("127.0.0.1", 0))
        poort = los.getsockname()[1]
    opdracht = [sys.executable, "-m", "berichtenverkeer", "serve", "--port", str(poort), *opties]
    omgeving = {f"BV_{naam.upper()}": str(waarde) for naam, waarde in instellingen.items()}
    omgeving = os.environ | {"BV_DATABASE_URL": database_url} | omgeving
    with subprocess.Popen(opdracht, env=omgeving, stderr=subprocess.DEVNULL, preexec_fn=vooraf) as proces:
        dienst = Dienst(poort, proces)
        try:
            with httpx.Client(base_url=dienst.url, verify=False) as http:
                wacht_tot_op(http, proces)
            yield dienst
        finally:
            proces.kill()
