"""The delivery on one toewijzing: its starts and stops, and what state they come to.

Two notions are kept apart (levenscyclus B2). An *open* start has no stop; while there is one, no other start may come
(TR326). The *last* start is the one a stop belongs to (TR382, OP155), open or not: the one with the latest Begindatum,
for the order in which messages come in means nothing (OP080).

More starts are open at once when the stop of an earlier one is taken back while a later one runs. Each is open until it
has a stop again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from .gebeurtenis import TIJDELIJK, VERWIJDEREN
from .overgangen import Leveringstoestand

Sleutel = tuple[object, ...]


def toewijzingssleutel(product: StartProduct | StopProduct) -> Sleutel:
    """What a start or stop belongs to: its ToewijzingNummer, or its Product where work is taakgericht (IV096)."""
    return (product.ToewijzingNummer,) if product.ToewijzingNummer is not None else (None, product.Product)


def startsleutel(product: StartProduct | StopProduct) -> Sleutel:
    """The logical key of a StartProduct; a StopProduct carries that of the start it ends (TR382)."""
    return product.ToewijzingNummer, product.Product, product.Begindatum


def stopsleutel(stop: StopProduct) -> Sleutel:
    """The logical key of a StopProduct: six elements with the Bsn (tegenstrijdigheid 3)."""
    return *startsleutel(stop), stop.RedenBeeindiging, stop.Einddatum


@dataclass(frozen=True, slots=True)
class Levering:
    """The starts and stops on one toewijzing that have not been taken back, in order of arrival.

    ``gemeld`` says by ``startsleutel`` when a start came in.
    """

    starts: tuple[StartProduct, ...] = ()
    stops: tuple[StopProduct, ...] = ()
    gemeld: Mapping[Sleutel, datetime] = field(default_factory=lambda: MappingProxyType({}))

    def na(self, product: StartProduct | StopProduct, ontvangen_op: datetime | None = None) -> "Levering":
        """The levering after this start or stop, or after it is taken back (StatusAanlevering 3).

        Taking back removes every earlier aanlevering with that key (OP033). ``ontvangen_op`` is when its message came in.
        """
        weg = product.StatusAanlevering == VERWIJDEREN
        if isinstance(product, StartProduct):
            sleutel = startsleutel(product)
            starts = tuple(s for s in self.starts if not weg or startsleutel(s) != sleutel)
            gemeld = {s: moment for s, moment in self.gemeld.items() if not weg or s != sleutel}
            if not weg and ontvangen_op is not None:
                gemeld.setdefault(sleutel, ontvangen_op)
            return Levering(starts if weg else (*starts, product), self.stops, gemeld)
        stops = tuple(s for s in self.stops if not weg or stopsleutel(s) != stopsleutel(product))
        return replace(self, stops=stops if weg else (*stops, product))

    def heeft_start(self, product: StartProduct | StopProduct) -> bool:
        """Whether there is a start with this key."""
        return any(startsleutel(s) == startsleutel(product) for s in self.starts)

    def heeft_stop(self, stop: StopProduct) -> bool:
        """Whether there is a stop with exactly this key."""
        return any(stopsleutel(s) == stopsleutel(stop) for s in self.stops)

    def stops_van(self, start: StartProduct | StopProduct) -> tuple[StopProduct, ...]:
        """The stops that carry the key of this start (TR382)."""
        return tuple(stop for stop in self.stops if startsleutel(stop) == startsleutel(start))

    def stops_op(self, begindatum: date) -> tuple[StopProduct, ...]:
        """The stops with this Begindatum, of whatever Product: what TR413, TR414 and TR415 compare with."""
        return tuple(stop for stop in self.stops if stop.Begindatum == begindatum)

    @property
    def open_start(self) -> StartProduct | None:
        """The start that has no stop; the latest by Begindatum should there be more."""
        return _laatste(start for start in self.starts if not self.stops_van(start))

    @property
    def laatste_start(self) -> StartProduct | None:
        """The start with the latest Begindatum, open or not."""
        return _laatste(self.starts)

    @property
    def eerste_start(self) -> StartProduct | None:
        """The start with the earliest Begindatum."""
        return min(self.starts, key=lambda start: start.Begindatum, default=None)

    @property
    def eerste_gemeld_op(self) -> datetime | None:
        """When the message with the earliest start came in."""
        start = self.eerste_start
        return self.gemeld.get(startsleutel(start)) if start is not None else None

    @property
    def einde(self) -> StopProduct | None:
        """The stop with which the delivery ended; None while a start is open or nothing started."""
        if self.open_start is not None:
            return None
        return max(self.stops, key=lambda stop: (stop.Einddatum, stop.RedenBeeindiging != TIJDELIJK), default=None)

    @property
    def toestand(self) -> Leveringstoestand:
        """The state of the delivery: started while a start is open, else what the last start came to (levenscyclus B1)."""
        start = self.open_start or self.laatste_start
        return Leveringstoestand.NIET_GESTART if start is None else self.toestand_van(start)

    def toestand_van(self, start: StartProduct | StopProduct) -> Leveringstoestand:
        """The state of one start: a definite stop outweighs a temporary one."""
        redenen = {stop.RedenBeeindiging for stop in self.stops_van(start)}
        if not redenen:
            return Leveringstoestand.GESTART
        return Leveringstoestand.TIJDELIJK_GESTOPT if redenen == {TIJDELIJK} else Leveringstoestand.DEFINITIEF_GESTOPT

    def duid(self, product: StartProduct | StopProduct) -> str:
        """The name of what this start or stop does here, as in the table of transitions."""
        if isinstance(product, StartProduct):
            if product.StatusAanlevering == VERWIJDEREN:
                return "start verwijderd"
            return "herstart" if self.starts else "start"
        if product.StatusAanlevering == VERWIJDEREN:
            return "stop verwijderd"
        if self.laatste_start is not None and startsleutel(self.laatste_start) != startsleutel(product):
            return "stop op eerdere start"
        return "tijdelijke stop" if product.RedenBeeindiging == TIJDELIJK else "definitieve stop"


def _laatste(starts: Iterable[StartProduct]) -> StartProduct | None:
    """The latest by Begindatum; of two on one day the one that came last."""
    laatste: StartProduct | None = None
    for start in starts:
        if laatste is None or start.Begindatum >= laatste.Begindatum:
            laatste = start
    return laatste
