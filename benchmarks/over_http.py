"""The whole service beside the bare ceiling, over HTTP, on the same messages with the same number of connections.

Rounds alternate between the two, so that a machine that changes pace changes both; the median counts.
"""

from itertools import islice
from statistics import median

from .klant import stuur, verzoek
from .mix import AANBIEDER, GEMEENTE, bsns, gang
from .server import APPS, Database, meld_aan, server


def meet_over_http(
    database: Database, verbindingen: int, gangen: int, rondes: int, processen: int = 1
) -> dict[str, float]:
    """A and B in messages a second, their p99 in milliseconds, and the median of B/A over the rounds."""
    gemeten: dict[str, list[dict[str, float]]] = {"A": [], "B": []}
    for nummer in range(rondes):
        for kant in ("A", "B") if nummer % 2 == 0 else ("B", "A"):
            gemeten[kant].append(_ronde(kant, database(), verbindingen, gangen, processen))
    uit = {kant: median(ronde["per_seconde"] for ronde in keren) for kant, keren in gemeten.items()}
    uit |= {f"{kant}_p99_ms": median(ronde["p99_ms"] for ronde in keren) for kant, keren in gemeten.items()}
    paren = zip(gemeten["A"], gemeten["B"], strict=True)
    return uit | {"B/A": median(b["per_seconde"] / a["per_seconde"] for a, b in paren)}


def _ronde(kant: str, url: str, verbindingen: int, gangen: int, processen: int) -> dict[str, float]:
    tokens = meld_aan(url) if kant == "B" else dict.fromkeys((GEMEENTE, AANBIEDER), "-")
    figuren: dict[str, float] = {}
    with server(APPS[kant], url, processen) as (poort, _):
        for eerste, aantal in ((0, gangen // 5), (gangen, gangen)):  # the first warms up
            figuren = stuur(poort, verzoeken(tokens, verbindingen, eerste, aantal), 202)
    return figuren


def verzoeken(tokens: dict[str, str], verbindingen: int, eerste: int, aantal: int) -> list[list[bytes]]:
    """For each connection the messages of its own clients, in order."""
    per_verbinding: list[list[bytes]] = [[] for _ in range(verbindingen)]
    for nummer, bsn in enumerate(islice(bsns(), eerste, eerste + aantal), start=eerste):
        per_verbinding[nummer % verbindingen] += [
            verzoek("/v1/berichten", tokens[van], data) for van, data in gang(nummer, bsn)
        ]
    return per_verbinding
