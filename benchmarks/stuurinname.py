"""What the facts of steering figures add to taking a message in: two nodes take the same messages, one of which keeps no facts, in turn.

Processor time of this process, so that a busy machine counts for both alike; on PostgreSQL what the server does is not in it.
"""

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from statistics import mean, median
from unittest.mock import patch

from berichtenverkeer.inname.aanname import Aangeboden
from berichtenverkeer.opslag.stuurinformatie import stuurfeiten, stuurrijen

from .dossier import maak_node
from .mix import bsns, gang
from .server import Database

_AANLOOP = 20
"""Clients of whom nothing is counted: the first messages of a process cost more."""


def meet_stuurinname(database: Database, clienten: int = 300) -> dict[str, float]:
    """Milliseconds of a message with and without facts, and how many times the one is the other: of all, and of the middle one of each
    kind together, which a busy machine disturbs less."""
    nodes = [maak_node(database()) for _ in range(2)]
    tijden: tuple[dict[int, list[float]], dict[int, list[float]]] = (defaultdict(list), defaultdict(list))
    gc.collect()
    gc.freeze()  # as the service does when it has started
    try:
        with _schakelaar() as zet:
            for nummer, bsn in zip(range(clienten + _AANLOOP), bsns(), strict=False):
                for plek, (van, data) in enumerate(gang(nummer, bsn)):
                    beurt = (0, 1) if (nummer + plek) % 2 else (1, 0)
                    for een in beurt:
                        zet(een == 0)
                        tijd = _tijd(partial(nodes[een][1], van, data))
                        if nummer >= _AANLOOP:
                            tijden[een][plek].append(tijd)
    finally:
        for engine, _ in nodes:
            engine.dispose()
        gc.unfreeze()
    met, zonder = (mean(chain.from_iterable(per.values())) * 1000 for per in tijden)
    midden_met, midden_zonder = (sum(map(median, per.values())) for per in tijden)
    return {
        "met_ms": met,
        "zonder_ms": zonder,
        "met/zonder": met / zonder,
        "midden": midden_met / midden_zonder,
    }


@contextmanager
def _schakelaar() -> Iterator[Callable[[bool], None]]:
    """What says whether facts are kept from now on. It is put in place once: after each patch Python learns anew what it calls, and a mock
    costs a tenth of what is measured here."""
    volg, levert_aan, aan = stuurfeiten.volg, Aangeboden.levert_aan.__get__, True

    def zet(stand: bool) -> None:
        nonlocal aan
        aan = stand

    with (
        patch.object(stuurfeiten, "volg", lambda *wat: volg(*wat) if aan else stuurrijen.Wijziging()),
        patch.object(Aangeboden, "levert_aan", property(lambda a: levert_aan(a) if aan else None)),
    ):
        yield zet


def _tijd(neem_op: Callable[[], object]) -> float:
    begin = time.process_time()
    neem_op()
    return time.process_time() - begin
