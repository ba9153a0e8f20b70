"""A lean client: so many connections, each sending its own requests one after the other.

Started as a process of its own, so that it does not share the server's interpreter::

    python -m benchmarks.klant POORT VERZOEKEN STATUS

``VERZOEKEN`` is a file with, for each connection, the requests as bytes (pickled by ``schrijf``); each must be answered with
``STATUS``, and none with a rejection.
"""

import asyncio
import json
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path


def stuur(poort: int, per_verbinding: Sequence[Sequence[bytes]], status: int) -> dict[str, float]:
    """Send these requests from another process; how many a second, and how long they took in milliseconds."""
    with tempfile.NamedTemporaryFile(suffix=".verzoeken") as bestand:
        Path(bestand.name).write_bytes(pickle.dumps(per_verbinding))
        opdracht = [sys.executable, "-m", "benchmarks.klant", str(poort), bestand.name, str(status)]
        uitvoer = subprocess.run(opdracht, check=True, capture_output=True, text=True)
    figuren: dict[str, float] = json.loads(uitvoer.stdout)
    if figuren["fout"]:
        raise SystemExit(f"{figuren['fout']:.0f} verzoeken kregen een ander antwoord dan verwacht")
    return figuren


def verzoek(pad: str, token: str, data: bytes, soort: str = "application/xml", koppen: Sequence[str] = ()) -> bytes:
    """A POST as bytes."""
    regels = [
        f"POST {pad} HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {soort}", f"Authorization: Bearer {token}",
        f"Content-Length: {len(data)}", *koppen,
    ]  # fmt: skip
    return "\r\n".join([*regels, "", ""]).encode() + data


async def _verbinding(poort: int, verzoeken: Sequence[bytes], status: bytes, tijden: list[float]) -> int:
    lezer, schrijver = await asyncio.open_connection("127.0.0.1", poort)
    fout = 0
    for een in verzoeken:
        begin = time.perf_counter()
        schrijver.write(een)
        kop = await lezer.readuntil(b"\r\n\r\n")
        lengte = int(kop.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        antwoord = await lezer.readexactly(lengte)
        tijden.append(time.perf_counter() - begin)
        fout += not kop.startswith(status) or b"afgekeurd" in antwoord
    schrijver.close()
    await schrijver.wait_closed()
    return fout


async def _alles(poort: int, per_verbinding: Sequence[Sequence[bytes]], status: bytes) -> dict[str, float]:
    tijden: list[float] = []
    begin = time.perf_counter()
    fouten = await asyncio.gather(*(_verbinding(poort, verzoeken, status, tijden) for verzoeken in per_verbinding))
    duur = time.perf_counter() - begin
    tijden.sort()
    return {
        "aantal": len(tijden),
        "fout": sum(fouten),
        "seconden": duur,
        "per_seconde": len(tijden) / duur,
        "p50_ms": tijden[len(tijden) // 2] * 1000,
        "p99_ms": tijden[len(tijden) * 99 // 100] * 1000,
    }


def main() -> None:
    """Send the requests, and print the figures as JSON."""
    poort, bestand, status = sys.argv[1:4]
    per_verbinding = pickle.loads(Path(bestand).read_bytes())  # written by the process that started this one
    print(json.dumps(asyncio.run(_alles(int(poort), per_verbinding, f"HTTP/1.1 {status}".encode()))))


if __name__ == "__main__":
    main()
