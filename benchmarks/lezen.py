"""What who reads notices: on SQLite of others who write, and on PostgreSQL of a read replica.

The first is time on the wall, of one reader beside writers in the same run. The second is processor time, of this process and of the whole primary, for the
same page with a replica and without, in turn.
"""

import os
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import quantiles

from sqlalchemy import Engine, select
from tests.clusters import Cluster, clusters

from berichtenverkeer.opslag.database import lezend, maak_engine, neem_leeskopie
from berichtenverkeer.opslag.tabellen.dossiers import toewijzing

from .klant import stuur
from .klein import tijden_van, vraag
from .loginname import Node, groepen_van
from .mix import AANBIEDER, bsns, gang
from .over_http import verzoeken
from .server import APPS, databases, meld_aan, server

_LEZINGEN = 400
_PAGINA = "/v1/toewijzingen?limiet=100"
_TIK = os.sysconf("SC_CLK_TCK")


def meet_lezen(verbindingen: int, gangen: int) -> dict[str, dict[str, float]]:
    """Both."""
    return {"sqlite": _naast_schrijven(verbindingen, gangen), "postgresql": _met_leeskopie()}


def _naast_schrijven(verbindingen: int, gangen: int) -> dict[str, float]:
    """p50 and p99 in milliseconds of a page of 100 toewijzingen, while nobody writes and while as many as ``verbindingen`` do."""
    uit: dict[str, float] = {}
    with databases("sqlite") as database:
        url = database()
        tokens = meld_aan(url)
        with server(APPS["B"], url) as (poort, _):
            stuur(poort, verzoeken(tokens, verbindingen, 0, 100), 202)
            schrijf = verzoeken(tokens, verbindingen, 1000, gangen)
            for wat, doe in (
                ("rust", lambda: time.sleep(10)),
                ("naast schrijven", lambda: stuur(poort, schrijf, 202)),
            ):
                tijden = tijden_van(lambda v: vraag(v, "GET", _PAGINA, tokens[AANBIEDER]), poort, doe)
                per_honderd = quantiles(tijden, n=100)
                uit |= {f"{wat}: p50_ms": per_honderd[49] * 1000, f"{wat}: p99_ms": per_honderd[98] * 1000}
    return uit | {"p99 naast/rust": uit["naast schrijven: p99_ms"] / uit["rust: p99_ms"]}


def _met_leeskopie() -> dict[str, float]:
    """Milliseconds of processor time that such a page costs this process and the primary, with a replica and without."""
    with clusters() as beide:
        node = Node(beide.hoofd.url, log=False)
        clienten = [gang(nummer, bsn) for nummer, bsn in zip(range(100), islice(bsns(), 100), strict=True)]
        for leden in groepen_van(clienten, 10):
            node.neem(leden, telt=False)
        node.engine.dispose()
        zonder, met = maak_engine(beide.hoofd.url), maak_engine(beide.hoofd.url)
        neem_leeskopie(met, beide.kopie.url)
        kanten = {"zonder": zonder, "met": met}
        kost = {naam: [0.0, 0.0] for naam in kanten}
        for ronde in range(10):
            for naam, engine in kanten.items() if ronde % 2 else reversed(kanten.items()):
                eigen, hoofd = _kost(engine, beide.hoofd)
                kost[naam][0] += eigen if ronde else 0
                kost[naam][1] += hoofd if ronde else 0
        for engine in kanten.values():
            engine.dispose()
    per = {naam: [som / (9 * _LEZINGEN) * 1000 for som in sommen] for naam, sommen in kost.items()}
    return {
        "zonder: knooppunt_ms": per["zonder"][0], "met: knooppunt_ms": per["met"][0],
        "zonder: hoofddatabase_ms": per["zonder"][1], "met: hoofddatabase_ms": per["met"][1],
        "knooppunt met/zonder": per["met"][0] / per["zonder"][0],
        "hoofddatabase met/zonder": per["met"][1] / per["zonder"][1],
    }  # fmt: skip


def _kost(engine: Engine, hoofd: Cluster) -> tuple[float, float]:
    begin, vooraf = time.process_time(), _van(hoofd)
    pagina = select(toewijzing).where(toewijzing.c.aanbieder == AANBIEDER).order_by(toewijzing.c.wijziging).limit(100)
    for _ in range(_LEZINGEN):
        with lezend(engine) as verbinding:
            assert len(verbinding.execute(pagina).all()) == 100
    return time.process_time() - begin, _van(hoofd) - vooraf


def _van(hoofd: Cluster) -> float:
    """Processor time of all processes of a cluster that there are, in seconds."""
    postmaster = int((hoofd.data / "postmaster.pid").read_text().split()[0])
    return sum(map(_tikken, _kinderen(postmaster))) / _TIK


def _kinderen(pid: int) -> Iterator[int]:
    yield from map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def _tikken(pid: int) -> int:
    velden = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(velden[11]) + int(velden[12])
