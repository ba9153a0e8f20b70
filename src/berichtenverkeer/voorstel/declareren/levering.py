"""What start and stop say against a Prestatie. No reason to refuse it (OP364), but often a mistake."""

from collections.abc import Iterator

from ...levensloop.levering import Levering
from ...levensloop.rekenen.periode import Periode
from ...standaard.berichten.start import StartProduct


def waarschuwingen(levering: Levering, nummer: int, periode: Periode) -> Iterator[str]:
    """What is odd about declaring this period on a toewijzing whose delivery is this one."""
    if not levering.starts:
        yield f"Op toewijzing {nummer} is geen start gemeld; meld haar met een 305 als er is geleverd."
        return
    if any(_geleverd(levering, start, periode) for start in levering.starts):
        return
    eerste = min(start.Begindatum for start in levering.starts)
    if eerste > periode.eind:
        yield f"De levering op toewijzing {nummer} begon op {eerste}, na deze periode."
        return
    laatste = max(stop.Einddatum for stop in levering.stops if stop.Einddatum < periode.begin)
    yield f"De levering op toewijzing {nummer} is gestopt op {laatste}, vóór deze periode."


def _geleverd(levering: Levering, start: StartProduct, periode: Periode) -> bool:
    """Whether something was delivered in the period by this start: it began, and no stop of it came before."""
    einde = min((stop.Einddatum for stop in levering.stops_van(start)), default=periode.eind)
    return start.Begindatum <= periode.eind and einde >= periode.begin
