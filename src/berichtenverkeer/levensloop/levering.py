"""The delivery on one toewijzing: its starts and stops, and what state they come to.

Two notions are kept apart (levenscyclus B2). An *open* start has no stop; while there is one, no other start may come
(TR326). The *last* start is the one a stop belongs to (TR382, OP155), open or not.
"""

from dataclasses import dataclass, replace
from datetime import date

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
    """The starts and stops on one toewijzing that have not been taken back, in order of arrival."""

    starts: tuple[StartProduct, ...] = ()
    stops: tuple[StopProduct, ...] = ()

    def na(self, product: StartProduct | StopProduct) -> "Levering":
        """The levering after this start or stop, or after it is taken back (StatusAanlevering 3).

        Taking back removes every earlier aanlevering with that key (OP033).
        """
        weg = product.StatusAanlevering == VERWIJDEREN
        if isinstance(product, StartProduct):
            starts = tuple(s for s in self.starts if not weg or startsleutel(s) != startsleutel(product))
            return replace(self, starts=starts if weg else (*starts, product))
        stops = tuple(s for s in self.stops if not weg or stopsleutel(s) != stopsleutel(product))
        return replace(self, stops=stops if weg else (*stops, product))

    def heeft_start(self, product: StartProduct | StopProduct) -> bool:
        """Whether there is a start with this key."""
        return any(startsleutel(s) == startsleutel(product) for s in self.starts)

    def heeft_stop(self, stop: StopProduct) -> bool:
        """Whether there is a stop with exactly this key."""
        return any(stopsleutel(s) == stopsleutel(stop) for s in self.stops)

    def stops_van(self, start: StartProduct | StopProduct) -> tuple[StopProduct, ...]:
        """The stops of the start with this Begindatum: TR413-TR415 leave Product out of the comparison."""
        return tuple(stop for stop in self.stops if stop.Begindatum == start.Begindatum)

    @property
    def open_start(self) -> StartProduct | None:
        """The start that has no stop; the latest by Begindatum should there be two."""
        return max((s for s in self.starts if not self.stops_van(s)), key=_begin, default=None)

    @property
    def laatste_start(self) -> StartProduct | None:
        """The start a stop belongs to: the open one, else the latest by Begindatum."""
        return self.open_start or max(self.starts, key=_begin, default=None)

    @property
    def toestand(self) -> Leveringstoestand:
        """The state of the delivery, from the stops of its last start (levenscyclus B1)."""
        start = self.laatste_start
        if start is None:
            return Leveringstoestand.NIET_GESTART
        return self.toestand_van(start)

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
        if self.na(product).toestand is Leveringstoestand.GESTART:
            return "stop op eerdere start"
        return "tijdelijke stop" if product.RedenBeeindiging == TIJDELIJK else "definitieve stop"


def _begin(start: StartProduct) -> date:
    return start.Begindatum
