"""Many plays at once, each with its own parties, clients and numbers."""

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from ...standaard.domein import Domein
from ...standaard.schema import Schemas
from ..bestand.flow import Flow
from ..doelen.doel import Doelgever
from ..schrijven.waarden import ZADEN, Nummers
from .spelen import speel
from .verloop import Opties, Verloop


def speel_samen(
    spelen: Sequence[tuple[Flow, Domein]],
    bij: Doelgever,
    schemas: Schemas,
    opties: Opties,
    parallel: int = 1,
    herhaal: int = 1,
    vanaf: int | None = None,
    klaar: Callable[[], None] = lambda: None,
) -> list[Verloop]:
    """Play each flow under its law ``herhaal`` times, at most ``parallel`` at once; in the order of ``spelen``, round by round.

    ``vanaf`` is the seed of the first, by chance when it is not given: a play at the same node uses no number again. ``klaar`` is
    called, on any thread, when a play is done.
    """
    zaden = count(secrets.randbelow(ZADEN) if vanaf is None else vanaf)
    werk = [(flow, wet, ronde, next(zaden)) for ronde in range(1, herhaal + 1) for flow, wet in spelen]
    with ThreadPoolExecutor(parallel, "spel") as draden:
        toekomst = [
            draden.submit(speel, flow, wet, bij, Nummers(zaad), schemas, opties, ronde)
            for flow, wet, ronde, zaad in werk
        ]
        for uitkomst in toekomst:
            uitkomst.add_done_callback(lambda _: klaar())
        return [uitkomst.result() for uitkomst in toekomst]
