"""What keys add to taking messages in: two nodes take the same groups, one of which hides what it keeps of persons, in turn.

Processor time of this process and, on PostgreSQL, of the server process that works for it, as ``loginname`` counts it.
"""

from collections.abc import Sequence
from math import inf

from berichtenverkeer.versleuteling import bestand
from berichtenverkeer.versleuteling.bos import Bos

from .loginname import AANLOOP, Node, groepen_van
from .mix import bsns, gang
from .server import Database


def meet_sleutelinname(database: Database, groepen: int = 40) -> dict[str, float]:
    """Milliseconds of a message with and without keys and how many times the one is the other, for groups of one and of sixteen."""
    uit: dict[str, float] = {}
    for grootte in (1, 16):
        met, zonder = _meet(database, grootte, groepen * (4 if grootte == 1 else 1))
        uit |= {f"{grootte}: met_ms": met, f"{grootte}: zonder_ms": zonder, f"{grootte}: met/zonder": met / zonder}
    return uit


def _meet(database: Database, grootte: int, groepen: int) -> tuple[float, float]:
    nodes: list[tuple[Node, Bos | None]] = []
    for bos in (Bos.nieuw("2026-01-01"), None):
        _gebruik(bos)
        nodes.append((Node(database(), log=True), bos))
    try:
        clienten = zip(range((groepen + AANLOOP) * grootte), bsns(), strict=False)
        for ronde, leden in enumerate(groepen_van([gang(nummer, bsn) for nummer, bsn in clienten], grootte)):
            beurt: Sequence[tuple[Node, Bos | None]] = nodes if ronde % 2 else nodes[::-1]
            for node, bos in beurt:
                _gebruik(bos)
                node.neem(leden, telt=ronde >= AANLOOP * 3)
        met, zonder = (node.ms() for node, _ in nodes)
        return met, zonder
    finally:
        _gebruik(None)
        for node, _ in nodes:
            node.engine.dispose()


def _gebruik(bos: Bos | None) -> None:
    """Have these keys from now on, and look at no file."""
    bestand._Nu.bos, bestand._Nu.kijk = bos, inf
