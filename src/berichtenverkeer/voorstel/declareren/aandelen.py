"""What of the amounts of a declaratie comes from whom: the onderaannemer in the rows, which no message has."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...levensloop.rekenen.bedrag import rond
from ...levensloop.rekenen.eenheid import factor
from .optellen import Opgeteld
from .voorstel import Declaratievoorstel


@dataclass(frozen=True, slots=True)
class Aandeel:
    """One onderaannemer, None for rows without: how many Prestaties it is in, and its part of them in eurocent.

    ``afgewezen`` is what of ``bedrag`` is in Prestaties that would be refused.
    """

    onderaannemer: str | None
    prestaties: int
    bedrag: int
    afgewezen: int


def aandelen(voorstellen: Iterable[Declaratievoorstel]) -> list[Aandeel]:
    """The parts in what is in the messages, by name. They add up to the amounts of the messages."""
    aantal: Counter[str | None] = Counter()
    bedrag: Counter[str | None] = Counter()
    afgewezen: Counter[str | None] = Counter()
    for regel in (regel for voorstel in voorstellen for regel in voorstel.regels if regel.in_bericht):
        for naam, deel in _verdeel(regel.opgeteld):
            aantal[naam] += 1
            bedrag[naam] += deel
            afgewezen[naam] += deel if regel.bevindingen else 0
    return [Aandeel(n, aantal[n], bedrag[n], afgewezen[n]) for n in sorted(aantal, key=lambda n: (n is None, n or ""))]


def _verdeel(opgeteld: Opgeteld) -> Iterator[tuple[str | None, int]]:
    """The amount of a Prestatie by volume. What is rounded is the running total, so that no cent gets lost."""
    eenheden = {post.eenheid for post in opgeteld.posten}
    kleinste = max(eenheden, key=lambda eenheid: sum(factor(ander, eenheid) or 0 for ander in eenheden))
    volumes: Counter[str | None] = Counter()
    for post in opgeteld.posten:
        volumes[post.volume.onderaannemer] += post.hoeveelheid * (factor(post.eenheid, kleinste) or 0)
    totaal, bedrag = volumes.total(), opgeteld.prestatie.IngediendBedrag.Bedrag
    tot = gedaan = 0
    for naam, volume in volumes.items():
        tot += volume
        deel = rond(bedrag * tot, totaal) - gedaan
        gedaan += deel
        yield naam, deel
