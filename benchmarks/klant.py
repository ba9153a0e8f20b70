"""A lean client: so many connections, each posting its own clients' messages one after the other.

Started as a process of its own, so that it does not share the server's interpreter::

    python -m benchmarks.klant POORT VERBINDINGEN EERSTE GANGEN TOKEN_GEMEENTE TOKEN_AANBIEDER
"""

import asyncio
import json
import sys
import time
from itertools import islice

from .mix import AANBIEDER, GEMEENTE, bsns, gang


async def _verbinding(poort: int, verzoeken: list[bytes], tijden: list[float]) -> int:
    lezer, schrijver = await asyncio.open_connection("127.0.0.1", poort)
    fout = 0
    for verzoek in verzoeken:
        begin = time.perf_counter()
        schrijver.write(verzoek)
        kop = await lezer.readuntil(b"\r\n\r\n")
        lengte = int(kop.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        antwoord = await lezer.readexactly(lengte)
        tijden.append(time.perf_counter() - begin)
        fout += not kop.startswith(b"HTTP/1.1 202") or b"afgekeurd" in antwoord
    schrijver.close()
    await schrijver.wait_closed()
    return fout


async def _alles(poort: int, per_verbinding: list[list[bytes]]) -> dict[str, float]:
    tijden: list[float] = []
    begin = time.perf_counter()
    fouten = await asyncio.gather(*(_verbinding(poort, verzoeken, tijden) for verzoeken in per_verbinding))
    duur = time.perf_counter() - begin
    tijden.sort()
    return {
        "aantal": len(tijden),
        "fout": sum(fouten),
        "per_seconde": len(tijden) / duur,
        "p50_ms": tijden[len(tijden) // 2] * 1000,
        "p99_ms": tijden[len(tijden) * 99 // 100] * 1000,
    }


def main() -> None:
    """Make the requests beforehand, send them, and print the figures as JSON."""
    poort, verbindingen, eerste, gangen = (int(a) for a in sys.argv[1:5])
    tokens = {GEMEENTE: sys.argv[5], AANBIEDER: sys.argv[6]}
    per_verbinding: list[list[bytes]] = [[] for _ in range(verbindingen)]
    for nummer, bsn in enumerate(islice(bsns(), eerste, eerste + gangen), start=eerste):
        for van, data in gang(nummer, bsn):
            kop = (
                f"POST /berichten HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/xml\r\n"
                f"Authorization: Bearer {tokens[van]}\r\nContent-Length: {len(data)}\r\n\r\n"
            )
            per_verbinding[nummer % verbindingen].append(kop.encode() + data)
    print(json.dumps(asyncio.run(_alles(poort, per_verbinding))))


if __name__ == "__main__":
    main()
