"""Server processes for tests: real ones, that can be killed, and more of them on one database and one address; and the service as
an operator starts it."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import httpx
from tests.berichten import VANDAAG
from tests.logwaker import LOG

KLOK = {"Bv-Klok": f"{VANDAAG}T12:00:00"}
"""The header that tells a server process which moment it is."""

_VOORAF = ("berichtenverkeer.web.app", "uvicorn", "pytest", "tests.proces")
_FORK = multiprocessing.get_context("forkserver")


def gevorkt(doe: Callable[..., object], *argumenten: object) -> ForkServerProcess:
    """A new process that does this. It is forked of one that has imported all that processes of tests need, which costs more than all they
    do in a test; what is about starting up begins with a new Python instead."""
    _FORK.set_forkserver_preload(list(_VOORAF))
    proces = _FORK.Process(target=doe, args=argumenten)
    proces.start()
    return proces


def draai_pytest(project: Path, argumenten: list[str], omgeving: dict[str, str], uitvoer: Path) -> None:
    """What a process does that is ``python -m pytest`` in this folder, with what it tells in a file."""
    import pytest

    os.environ.clear()
    os.environ.update(omgeving)
    os.chdir(project)
    sys.path.insert(0, str(project))
    with uitvoer.open("wb") as bestand:
        os.dup2(bestand.fileno(), 1)
        os.dup2(bestand.fileno(), 2)
    sys.exit(pytest.main(argumenten))


def _draai(contact: socket.socket, omgeving: dict[str, str], vooraf: str) -> None:
    """What a server process does: run this Python, and then the node."""
    import uvicorn

    from berichtenverkeer.api.rondom.server import opties
    from berichtenverkeer.instellingen import Instellingen

    os.environ.clear()
    os.environ.update(omgeving)
    with Path(omgeving[LOG]).open("ab") as log:
        os.dup2(log.fileno(), 2)
    exec(vooraf, {})
    config = uvicorn.Config(
        "berichtenverkeer.web.app:maak_app", factory=True, log_level="critical", **opties(Instellingen())
    )
    uvicorn.Server(config).run([contact])


class Server:
    """A server process, with the calls of ``subprocess.Popen``."""

    def __init__(self, contact: socket.socket, omgeving: dict[str, str], vooraf: str) -> None:
        self._proces = gevorkt(_draai, contact, omgeving, vooraf)

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._proces.pid is not None
        return self._proces.pid

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        return self._proces.exitcode

    def kill(self) -> None:
        """Send it SIGKILL."""
        self._proces.kill()

    def terminate(self) -> None:
        """Send it SIGTERM."""
        self._proces.terminate()

    def wait(self, timeout: float | None = None) -> int:
        """How it ended. Raises ``TimeoutError`` when it does not."""
        self._proces.join(timeout)
        if self._proces.exitcode is None:
            raise TimeoutError("the server process does not end")
        return self._proces.exitcode


@dataclass
class Adres:
    """An address on which server processes listen. It stays open when they die: who calls meanwhile, waits."""

    database_url: str
    contact: socket.socket
    processen: list[Server] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.contact.getsockname()[1]}"

    def start(self, vooraf: str = "") -> Server:
        """One more server process, that runs this Python first."""
        omgeving = dict(os.environ) | {"BV_DATABASE_URL": self.database_url, "BV_PROEFMODUS": "1"}
        proces = Server(self.contact, omgeving, vooraf)
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


def wacht_tot_op(http: httpx.Client, proces: "Server | subprocess.Popen[bytes]") -> None:
    """Wait until the node of this process answers."""
    for _ in range(2000):
        try:
            http.get("/gezondheid").raise_for_status()
            return
        except httpx.TransportError:
            assert proces.poll() is None, "het knooppunt kwam niet op"
            time.sleep(0.1)
    raise AssertionError("het knooppunt antwoordt niet")


def onderbreekbaar() -> None:
    """For a new process, before it begins: Ctrl-C ends it, also where the tests were started to ignore that, as a shell does in the
    background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass
class Dienst:
    """A service that an operator started."""

    poort: int
    proces: "subprocess.Popen[bytes]"

    tls: bool = False

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.poort}"

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
    with (
        Path(omgeving[LOG]).open("ab") as log,
        subprocess.Popen(opdracht, env=omgeving, stderr=log, preexec_fn=vooraf) as proces,
    ):
        dienst = Dienst(poort, proces, "--tls-certificaat" in opties)
        try:
            with httpx.Client(base_url=dienst.url, verify=False) as http:
                wacht_tot_op(http, proces)
            yield dienst
        finally:
            proces.kill()
