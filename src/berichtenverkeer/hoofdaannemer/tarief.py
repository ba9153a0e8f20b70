"""Tariffs and contributions as loaded (contract, Money)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Protocol, TypeVar

from ..levensloop.kalender import plus_dagen
from ..standaard.geldig import laatste, op_dag, raken
from .fouten import Bezwaar, Geweigerd, geweigerd
from .looptijd import Looptijd


class Eenheid(StrEnum):
    """What a tariff is per."""

    MAAND = "maand"
    DAG = "dag"
    STUK = "stuk"


@dataclass(frozen=True, slots=True)
class Tarief:
    """What one ``eenheid`` costs in a segment and klasse, in eurocent, from ``van`` to ``tot``; without tot for ever.

    Raises ``Geweigerd`` for a negative amount and for one that ends before it begins.
    """

    segment: str
    klasse: str
    eenheid: Eenheid
    eurocent: int
    van: date
    tot: date | None = None

    def __post_init__(self) -> None:
        if self.eurocent < 0:
            raise geweigerd("euro", "Een tarief is niet negatief.", "Vul 0 of meer.")
        _begint_eerst(self.van, self.tot)

    @property
    def sleutel(self) -> tuple[str, ...]:
        """Within which two may not overlap."""
        return self.segment, self.klasse


@dataclass(frozen=True, slots=True)
class Bijdrage:
    """The percentage of a segment that a partner contributes, from ``van`` to ``tot``; without tot for ever.

    Raises ``Geweigerd`` for a percentage that is not from 0 to 100 and for one that ends before it begins.
    """

    segment: str
    percentage: Decimal
    van: date
    tot: date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.percentage <= 100:
            raise geweigerd("percentage", "Een percentage is van 0 tot en met 100.", "Vul bijvoorbeeld 15.")
        _begint_eerst(self.van, self.tot)

    @property
    def sleutel(self) -> tuple[str, ...]:
        """Within which two may not overlap."""
        return (self.segment,)


class _MetLooptijd(Protocol):
    @property
    def van(self) -> date: ...
    @property
    def tot(self) -> date | None: ...
    @property
    def sleutel(self) -> tuple[str, ...]: ...


R = TypeVar("R", bound=_MetLooptijd)


def overlappend(regels: Iterable[R]) -> Iterator[tuple[R, R]]:
    """Of each two that hold on one day for one key: the one that began first, and the one that is too many."""
    per_sleutel: dict[tuple[str, ...], list[R]] = defaultdict(list)
    for regel in regels:
        per_sleutel[regel.sleutel].append(regel)
    for groep in per_sleutel.values():
        vorige: R | None = None
        for regel in sorted(groep, key=lambda regel: regel.van):
            if vorige is not None and raken(vorige.van, vorige.tot, regel.van, regel.tot):
                yield vorige, regel
            if vorige is None or laatste(regel.tot) >= laatste(vorige.tot):
                vorige = regel


@dataclass(frozen=True)
class Tarieflijst:
    """The tariffs and contributions of one hoofdaannemer. Raises ``Geweigerd`` for those that overlap."""

    tarieven: tuple[Tarief, ...] = ()
    bijdragen: tuple[Bijdrage, ...] = ()

    def __post_init__(self) -> None:
        fouten = [
            Bezwaar("van", f"Twee rijen gelden op dezelfde dag: die van {een.van} en die van {twee.van} ({', '.join(een.sleutel)}).", "Geef de eerste een tot.")
            for paren in (overlappend(self.tarieven), overlappend(self.bijdragen))
            for een, twee in paren
        ]  # fmt: skip
        if fouten:
            raise Geweigerd(fouten)

    @cached_property
    def klassen(self) -> Mapping[str, frozenset[str]]:
        """The klassen of each segment: those that its tariffs name."""
        uit: dict[str, set[str]] = defaultdict(set)
        for tarief in self.tarieven:
            uit[tarief.segment].add(tarief.klasse)
        return {segment: frozenset(klassen) for segment, klassen in uit.items()}

    @cached_property
    def _tarieven(self) -> Mapping[tuple[str, ...], "_Rij[Tarief]"]:
        return _op_sleutel(self.tarieven)

    @cached_property
    def _bijdragen(self) -> Mapping[tuple[str, ...], "_Rij[Bijdrage]"]:
        return _op_sleutel(self.bijdragen)

    def percentage(self, segment: str, dag: date) -> Decimal | None:
        """The contribution of a segment on a day; None when there is none."""
        rij = self._bijdragen.get((segment,))
        geldend = rij.op(dag) if rij else None
        return geldend.percentage if geldend else None

    def reeksen(self, segment: str, klasse: str, periode: Looptijd) -> list[tuple[Looptijd, Tarief | None]]:
        """A period with an end, cut into runs of days with one tariff, or with none. Two rows that say the same are one."""
        rij = self._tarieven.get((segment, klasse))
        uit: list[tuple[Looptijd, Tarief | None]] = []
        dag: date = periode.van
        while True:
            tarief = rij.op(dag) if rij else None
            volgende = rij.na(dag) if rij else None
            einde = min(
                periode.laatste,
                *([plus_dagen(volgende, -1)] if volgende else []),
                laatste(tarief.tot if tarief else None),
            )
            if uit and _zelfde(uit[-1][1], tarief):
                uit[-1] = (Looptijd(uit[-1][0].van, einde), uit[-1][1])
            else:
                uit.append((Looptijd(dag, einde), tarief))
            if einde >= periode.laatste:
                return uit
            dag = plus_dagen(einde, 1)


def _zelfde(een: Tarief | None, ander: Tarief | None) -> bool:
    if een is None or ander is None:
        return een is ander
    return (een.eenheid, een.eurocent) == (ander.eenheid, ander.eurocent)


class _Rij(tuple[list[date], list[R]]):
    """Rows of one key that do not overlap, by their first day."""

    def op(self, dag: date) -> R | None:
        """The row that holds on a day."""
        plek = bisect_right(self[0], dag) - 1
        if plek < 0:
            return None
        regel = self[1][plek]
        return regel if op_dag(regel.van, regel.tot, dag) else None

    def na(self, dag: date) -> date | None:
        """The first day after this one on which a row begins."""
        plek = bisect_right(self[0], dag)
        return self[0][plek] if plek < len(self[0]) else None


def _op_sleutel(regels: Iterable[R]) -> dict[tuple[str, ...], _Rij[R]]:
    groepen: dict[tuple[str, ...], list[R]] = defaultdict(list)
    for regel in sorted(regels, key=lambda regel: regel.van):
        groepen[regel.sleutel].append(regel)
    return {sleutel: _Rij(([regel.van for regel in groep], groep)) for sleutel, groep in groepen.items()}


def _begint_eerst(van: date, tot: date | None) -> None:
    if tot is not None and tot < van:
        raise geweigerd(
            "tot", f"De rij eindigt ({tot}) voor zij begint ({van}).", "Verwissel de dagen of laat tot leeg."
        )
