"""The spans of a dossier: of each start the days from its Begindatum until it ended (contract, Words)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from ..klok import NEDERLAND
from ..levensloop.dossier import Dossier
from ..levensloop.gebeurtenis import TIJDELIJK
from ..levensloop.levering import Levering, stopsleutel
from ..levensloop.toewijzing import is_verwijderd
from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from ..standaard.berichten.toewijzing import ToegewezenProduct


class Wie(NamedTuple):
    """Whose a fact is: ``paar`` tells law, gemeente and aanbieder in one number, and ``client`` is the Bsn as one."""

    paar: int
    client: int


class Waarop(NamedTuple):
    """On what something is delivered, and whose that is (``Wie``): ``toewijzingnummer`` is None where work is taakgericht;
    ``categorie`` and ``code`` are of its Product, None for a generic toewijzing."""

    paar: int
    client: int
    toewijzingnummer: int | None
    categorie: str | None
    code: str | None

    @property
    def rang(self) -> int:
        """Its place among others: by ToewijzingNummer."""
        return self.toewijzingnummer or 0


class Stop(NamedTuple):
    """A definitive stop of which the term of a 307 is watched: its Einddatum, and the day on which it was received."""

    einddatum: int
    ontvangen: int | None


class Span(NamedTuple):
    """The days of one start; ``einde`` is None while it is open. ``geleverd_van`` and ``geleverd_tot`` are its delivered days within
    the toewijzing, up to its first stop (None: still delivered); without ``geleverd_van`` it has none. ``reden`` is that of its
    definitive stop, and ``stop`` that stop where its term is watched."""

    op: Waarop
    begin: int
    einde: int | None
    geleverd_van: int | None
    geleverd_tot: int | None
    reden: str | None
    stop: Stop | None


class Geleverd(NamedTuple):
    """The spans of a dossier, and the definitive stops that are of none of them."""

    spannen: list[Span]
    losse_stops: list[tuple[Waarop, Stop]]


@lru_cache(maxsize=1024)
def dag_van(moment: datetime) -> int:
    """The Dutch day of a moment, as a number."""
    return moment.astimezone(NEDERLAND).toordinal()


def geleverd(wie: Wie, dossier: Dossier) -> Geleverd:
    """What was delivered in a dossier. What is on a removed toewijzing, or on one that is not known, is out."""
    uit = Geleverd([], [])
    for sleutel, levering in dossier.leveringen.items():
        nummer = sleutel[0]
        if nummer is None:
            _, categorie, code = sleutel
            _vul(uit, Waarop(*wie, None, _tekst(categorie), _tekst(code)), levering, None)
            continue
        assert isinstance(nummer, int)
        bekend = dossier.toewijzingen.get(nummer)
        if bekend is not None and not is_verwijderd(product := bekend.product):
            wat = product.Product
            soort = (wat.Categorie, wat.Code) if wat is not None else (None, None)
            _vul(uit, Waarop(*wie, nummer, *soort), levering, product)
    return uit


def _tekst(waarde: object) -> str | None:
    assert waarde is None or isinstance(waarde, str)
    return waarde


def _vul(uit: Geleverd, op: Waarop, levering: Levering, product: ToegewezenProduct | None) -> None:
    grens = product.Einddatum.toordinal() if product is not None and product.Einddatum is not None else None
    vanaf = product.Ingangsdatum.toordinal() if product is not None else 0
    van_span: set[int] = set()
    for sleutel, start in levering.op_start.items():
        stops = levering.per_start.get(sleutel, ())
        definitief = _definitief(stops) if stops else None
        span = _span(op, levering, start, stops, definitief, vanaf, grens)
        if span is not None:
            uit.spannen.append(span)
            if span.stop is not None:
                van_span.add(id(definitief))
    if product is None:
        return
    for stop in levering.op_stop.values():
        if stop.RedenBeeindiging == TIJDELIJK or id(stop) in van_span:
            continue
        if not _tijdelijk(levering.stops_van(stop)):
            uit.losse_stops.append((op, _stop(levering, stop)))


def _span(
    op: Waarop,
    levering: Levering,
    start: StartProduct,
    stops: Sequence[StopProduct],
    definitief: StopProduct | None,
    vanaf: int,
    grens: int | None,
) -> Span | None:
    begin = start.Begindatum.toordinal()
    einde, geleverd_tot = grens, grens
    if stops:
        tot = definitief.Einddatum.toordinal() if definitief is not None else _dag_voor_volgende(levering, start)
        einde = _minste(tot, grens)
        geleverd_tot = _minste(min(stop.Einddatum for stop in stops).toordinal(), einde)
    if einde is not None and einde < begin:
        return None
    geleverd_van: int | None = max(begin, vanaf)
    if geleverd_tot is not None and geleverd_tot < max(begin, vanaf):
        geleverd_van = geleverd_tot = None
    if definitief is None:
        return Span(op, begin, einde, geleverd_van, geleverd_tot, None, None)
    bewaakt = op.toewijzingnummer is not None and not _tijdelijk(stops)
    stop = _stop(levering, definitief) if bewaakt else None
    return Span(op, begin, einde, geleverd_van, geleverd_tot, definitief.RedenBeeindiging, stop)


def _definitief(stops: Iterable[StopProduct]) -> StopProduct | None:
    """The definitive one of these stops; of more the earliest."""
    alle = (stop for stop in stops if stop.RedenBeeindiging != TIJDELIJK)
    return min(alle, key=lambda stop: (stop.Einddatum, stop.RedenBeeindiging), default=None)


def _tijdelijk(stops: Iterable[StopProduct]) -> bool:
    """Whether a start with these stops was stopped temporarily too: then the term of a stop runs from a day that no message tells (OP272)."""
    return any(stop.RedenBeeindiging == TIJDELIJK for stop in stops)


def _stop(levering: Levering, stop: StopProduct) -> Stop:
    moment = levering.stop_gemeld.get(stopsleutel(stop))
    return Stop(stop.Einddatum.toordinal(), dag_van(moment) if moment is not None else None)


def _dag_voor_volgende(levering: Levering, start: StartProduct) -> int | None:
    later = (een.Begindatum for een in levering.starts if een.Begindatum > start.Begindatum)
    volgende = min(later, default=None)
    return volgende.toordinal() - 1 if volgende is not None else None


def _minste(een: int | None, ander: int | None) -> int | None:
    """The earlier of two days, of which None is never."""
    if een is None or ander is None:
        return een if ander is None else ander
    return min(een, ander)


def ontvangen_op(levering: Levering, begindatum: date) -> int | None:
    """The day on which the first start with this Begindatum was received; None when that is not known."""
    momenten = [moment for sleutel, moment in levering.gemeld.items() if sleutel[-1] == begindatum]
    return dag_van(min(momenten)) if momenten else None


def laatste_definitief_op(levering: Levering) -> int | None:
    """The day on which the last start was stopped definitively: on which that was received. None when it was not. Of more starts with
    the latest Begindatum all were (keuze)."""
    laatste = levering.laatste_start
    if laatste is None:
        return None
    dagen = []
    for sleutel in levering.op_start:
        if sleutel[-1] == laatste.Begindatum:
            stops = [stop for stop in levering.per_start.get(sleutel, ()) if stop.RedenBeeindiging != TIJDELIJK]
            momenten = [m for stop in stops if (m := levering.stop_gemeld.get(stopsleutel(stop))) is not None]
            if not momenten:
                return None
            dagen.append(dag_van(min(momenten)))
    return max(dagen)
