"""The delivery on one toewijzing: its starts and stops, and what state they come to.

Two notions are kept apart (levenscyclus B2). An *open* start has no stop; while there is one, no other start may come
(TR326). The *last* start is the one a stop belongs to (TR382, OP155), open or not: the one with the latest Begindatum,
for the order in which messages come in means nothing (OP080).

More starts are open at once when the stop of an earlier one is taken back while a later one runs. Each is open until it
has a stop again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from .gebeurtenis import TIJDELIJK, VERWIJDEREN
from .overgangen import Leveringstoestand

Sleutel = tuple[object, ...]

_NIETS: Mapping[Any, Any] = MappingProxyType({})


def toewijzingssleutel(product: StartProduct | StopProduct) -> Sleutel:
    """What a start or stop belongs to: its ToewijzingNummer, or its Product where work is taakgericht (IV096)."""
    nummer = product.ToewijzingNummer
    return (nummer,) if nummer is not None else (None, *_productsleutel(product))


def startsleutel(product: StartProduct | StopProduct) -> Sleutel:
    """The logical key of a StartProduct; a StopProduct carries that of the start it ends (TR382)."""
    return product.ToewijzingNummer, *_productsleutel(product), product.Begindatum


def stopsleutel(stop: StopProduct) -> Sleutel:
    """The logical key of a StopProduct: six elements with the Bsn (tegenstrijdigheid 3)."""
    return *startsleutel(stop), stop.RedenBeeindiging, stop.Einddatum


def _productsleutel(levering: StartProduct | StopProduct) -> tuple[str | None, str | None]:
    """Its Product as plain values: hashing and comparing those stays out of Python."""
    product = levering.Product
    return (product.Categorie, product.Code) if product is not None else (None, None)


@dataclass(frozen=True, slots=True)
class Levering:
    """The starts and stops on one toewijzing that have not been taken back, in order of arrival.

    Starts stand by ``startsleutel``, stops by ``stopsleutel``, and ``gemeld`` says by ``startsleutel`` when a start came in,
    ``stop_gemeld`` by ``stopsleutel`` when a stop did.
    What follows from these is carried along, so that the hundredth stop costs what the first did: ``per_start``, the stops by the
    key of the start they end; ``open``, the starts that have none; and of starts and stops the first and the last.
    """

    op_start: Mapping[Sleutel, StartProduct] = field(default_factory=lambda: _NIETS)
    op_stop: Mapping[Sleutel, StopProduct] = field(default_factory=lambda: _NIETS)
    gemeld: Mapping[Sleutel, datetime] = field(default_factory=lambda: _NIETS)
    stop_gemeld: Mapping[Sleutel, datetime] = field(default_factory=lambda: _NIETS)
    per_start: Mapping[Sleutel, tuple[StopProduct, ...]] = field(default_factory=lambda: _NIETS, compare=False)
    open: Mapping[Sleutel, StartProduct] = field(default_factory=lambda: _NIETS, compare=False)
    eerste_start: StartProduct | None = field(default=None, compare=False)
    laatste_start: StartProduct | None = field(default=None, compare=False)
    laatste_stop: StopProduct | None = field(default=None, compare=False)

    @classmethod
    def van(
        cls,
        starts: Iterable[StartProduct],
        stops: Iterable[StopProduct],
        gemeld: Mapping[Sleutel, datetime],
        stop_gemeld: Mapping[Sleutel, datetime],
    ) -> "Levering":
        """The levering that has these starts and stops, in order of arrival."""
        op_start = {startsleutel(start): start for start in starts}
        op_stop = {stopsleutel(stop): stop for stop in stops}
        per_start: dict[Sleutel, tuple[StopProduct, ...]] = {}
        for stop in op_stop.values():
            sleutel = startsleutel(stop)
            per_start[sleutel] = (*per_start.get(sleutel, ()), stop)
        return cls(
            op_start,
            op_stop,
            gemeld,
            stop_gemeld,
            per_start,
            {sleutel: start for sleutel, start in op_start.items() if sleutel not in per_start},
            min(op_start.values(), key=lambda start: start.Begindatum, default=None),
            _laatste(op_start.values()),
            max(op_stop.values(), key=_rang, default=None),
        )

    @property
    def starts(self) -> tuple[StartProduct, ...]:
        """The starts, in order of arrival."""
        return tuple(self.op_start.values())

    @property
    def stops(self) -> tuple[StopProduct, ...]:
        """The stops, in order of arrival."""
        return tuple(self.op_stop.values())

    def na(self, product: StartProduct | StopProduct, ontvangen_op: datetime | None = None) -> "Levering":
        """The levering after this start or stop, or after it is taken back (StatusAanlevering 3).

        Taking back removes every earlier aanlevering with that key (OP033). ``ontvangen_op`` is when its message came in.
        """
        if product.StatusAanlevering == VERWIJDEREN:
            return self._zonder(product)
        if isinstance(product, StartProduct):
            return self._met_start(product, ontvangen_op)
        return self._met_stop(product, ontvangen_op)

    def _met_start(self, start: StartProduct, ontvangen_op: datetime | None) -> "Levering":
        sleutel, eerste, laatste = startsleutel(start), self.eerste_start, self.laatste_start
        gemeld = self.gemeld
        if ontvangen_op is not None and sleutel not in gemeld:
            gemeld = {**gemeld, sleutel: ontvangen_op}
        return Levering(
            {**self.op_start, sleutel: start},
            self.op_stop,
            gemeld,
            self.stop_gemeld,
            self.per_start,
            self.open if sleutel in self.per_start else {**self.open, sleutel: start},
            start if eerste is None or start.Begindatum < eerste.Begindatum else eerste,
            start if laatste is None or start.Begindatum >= laatste.Begindatum else laatste,
            self.laatste_stop,
        )

    def _met_stop(self, stop: StopProduct, ontvangen_op: datetime | None) -> "Levering":
        sleutel, eigen, laatste = startsleutel(stop), stopsleutel(stop), self.laatste_stop
        gemeld = self.stop_gemeld
        if ontvangen_op is not None and eigen not in gemeld:
            gemeld = {**gemeld, eigen: ontvangen_op}
        return Levering(
            self.op_start,
            {**self.op_stop, eigen: stop},
            self.gemeld,
            gemeld,
            {**self.per_start, sleutel: (*self.per_start.get(sleutel, ()), stop)},
            {s: start for s, start in self.open.items() if s != sleutel},
            self.eerste_start,
            self.laatste_start,
            stop if laatste is None or _rang(stop) > _rang(laatste) else laatste,
        )

    def _zonder(self, product: StartProduct | StopProduct) -> "Levering":
        op_start, op_stop = dict(self.op_start), dict(self.op_stop)
        gemeld, stop_gemeld = dict(self.gemeld), dict(self.stop_gemeld)
        if isinstance(product, StartProduct):
            op_start.pop(startsleutel(product), None)
            gemeld.pop(startsleutel(product), None)
        else:
            op_stop.pop(stopsleutel(product), None)
            stop_gemeld.pop(stopsleutel(product), None)
        return Levering.van(op_start.values(), op_stop.values(), gemeld, stop_gemeld)

    def heeft_start(self, product: StartProduct | StopProduct) -> bool:
        """Whether there is a start with this key."""
        return startsleutel(product) in self.op_start

    def heeft_stop(self, stop: StopProduct) -> bool:
        """Whether there is a stop with exactly this key."""
        return stopsleutel(stop) in self.op_stop

    def stops_van(self, start: StartProduct | StopProduct) -> tuple[StopProduct, ...]:
        """The stops that carry the key of this start (TR382)."""
        return self.per_start.get(startsleutel(start), ())

    def stops_op(self, begindatum: date) -> tuple[StopProduct, ...]:
        """The stops with this Begindatum, of whatever Product: what TR413, TR414 and TR415 compare with."""
        return tuple(stop for sleutel, stops in self.per_start.items() if sleutel[-1] == begindatum for stop in stops)

    @property
    def open_start(self) -> StartProduct | None:
        """The start that has no stop; the latest by Begindatum should there be more."""
        return _laatste(self.open.values())

    @property
    def eerste_gemeld_op(self) -> datetime | None:
        """When the message with the earliest start came in."""
        start = self.eerste_start
        return self.gemeld.get(startsleutel(start)) if start is not None else None

    @property
    def einde(self) -> StopProduct | None:
        """The stop with which the delivery ended; None while a start is open or nothing started."""
        return None if self.open else self.laatste_stop

    @property
    def toestand(self) -> Leveringstoestand:
        """The state of the delivery: started while a start is open, else what the last start came to (levenscyclus B1)."""
        if self.open:
            return Leveringstoestand.GESTART
        start = self.laatste_start
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
            return "herstart" if self.op_start else "start"
        if product.StatusAanlevering == VERWIJDEREN:
            return "stop verwijderd"
        if self.laatste_start is not None and startsleutel(self.laatste_start) != startsleutel(product):
            return "stop op eerdere start"
        return "tijdelijke stop" if product.RedenBeeindiging == TIJDELIJK else "definitieve stop"


def _rang(stop: StopProduct) -> tuple[date, bool]:
    """Of more stops the one that ended the delivery ranks highest: a definite one above a temporary one on its day."""
    return stop.Einddatum, stop.RedenBeeindiging != TIJDELIJK


def _laatste(starts: Iterable[StartProduct]) -> StartProduct | None:
    """The latest by Begindatum; of two on one day the one that came last."""
    laatste: StartProduct | None = None
    for start in starts:
        if laatste is None or start.Begindatum >= laatste.Begindatum:
            laatste = start
    return laatste
