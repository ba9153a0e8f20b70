"""Days as figures count with them: a period, its months and quarters, and working days as the terms have them."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from ..levensloop.kalender import Kalender

MAAND, KWARTAAL = "maand", "kwartaal"


class Tijdvak(NamedTuple):
    """A period, both days included, as numbers; ``tot`` is P."""

    van: int
    tot: int

    @classmethod
    def dagen(cls, van: date, tot: date) -> "Tijdvak":
        """That of these days."""
        return cls(van.toordinal(), tot.toordinal())

    def verschoven(self, dagen: int) -> "Tijdvak":
        """So many days later."""
        return Tijdvak(self.van + dagen, self.tot + dagen)

    def bevat(self, dag: Any) -> Any:
        """Whether a day lies in it. The day may be a column of a query."""
        return (dag >= self.van) & (dag <= self.tot)


class Deel(NamedTuple):
    """A part of a period, by its names (``maand``, ``kwartaal``); ``heel`` is the month or quarter of which it is part, None for a period as it
    was asked."""

    tijdvak: Tijdvak
    namen: dict[str, str]
    heel: Tijdvak | None


def delen(tijdvak: Tijdvak, per: tuple[str, ...]) -> Iterator[Deel]:
    """The months or quarters of a period, as far as they lie in it; without either the period itself.

    >>> [deel.namen for deel in delen(Tijdvak.dagen(date(2026, 1, 15), date(2026, 4, 2)), ("kwartaal",))]
    [{'kwartaal': '2026-Q1'}, {'kwartaal': '2026-Q2'}]
    >>> [deel.namen["maand"] for deel in delen(Tijdvak.dagen(date(2026, 1, 15), date(2026, 3, 2)), ("maand", "kwartaal"))]
    ['2026-01', '2026-02', '2026-03']
    """
    if MAAND not in per and KWARTAAL not in per:
        yield Deel(tijdvak, {}, None)
        return
    lengte = 1 if MAAND in per else 3
    begin = date.fromordinal(tijdvak.van)
    jaar, maand = begin.year, begin.month - (begin.month - 1) % lengte
    while (eerste := date(jaar, maand, 1).toordinal()) <= tijdvak.tot:
        namen = {MAAND: f"{jaar:04}-{maand:02}", KWARTAAL: f"{jaar:04}-Q{(maand + 2) // 3}"}
        jaar, maand = jaar + (maand + lengte - 1) // 12, (maand + lengte - 1) % 12 + 1
        heel = Tijdvak(eerste, date(jaar, maand, 1).toordinal() - 1)
        stuk = Tijdvak(max(eerste, tijdvak.van), min(heel.tot, tijdvak.tot))
        yield Deel(stuk, {naam: namen[naam] for naam in per if naam in namen}, heel)


class Werkdagen:
    """Counts working days as the terms do (contract, ``wd``).

    >>> wd = Werkdagen(Kalender(), date(2026, 1, 1), date(2026, 12, 31)).tussen
    >>> vrijdag = date(2026, 3, 6).toordinal()
    >>> [wd(vrijdag, vrijdag + n) for n in range(-1, 5)]
    [0, 0, 1, 1, 1, 2]
    """

    def __init__(self, kalender: Kalender, van: date, tot: date) -> None:
        """``van`` and ``tot`` are guesses of what will be asked: other days only cost more."""
        self._kalender = kalender
        self._eerste, self._laatste = van.toordinal(), tot.toordinal()

    @cached_property
    def _geteld(self) -> list[int]:
        som, uit = 0, []
        for dag in range(self._eerste, self._laatste + 1):
            som += self._is_werkdag(dag)
            uit.append(som)
        return uit

    def _is_werkdag(self, dag: int) -> bool:
        return self._kalender.is_werkdag(date.fromordinal(dag))

    def _tot_en_met(self, dag: int) -> int:
        """Working days from the first day that is known to this one."""
        if dag < self._eerste:
            return -sum(map(self._is_werkdag, range(dag + 1, self._eerste)))
        if dag <= self._laatste:
            return self._geteld[dag - self._eerste]
        return self._geteld[-1] + sum(map(self._is_werkdag, range(self._laatste + 1, dag + 1)))

    def tussen(self, van: int, dag: int) -> int:
        """The least number of working days in a term from ``van`` in which ``dag`` lies; 0 when it is no later."""
        if dag <= van:
            return 0
        if self._eerste < van and dag <= self._laatste:
            tot = self._geteld[dag - self._eerste]
            vrij = tot == self._geteld[dag - self._eerste - 1]
            return tot - self._geteld[van - self._eerste] + vrij
        return self._tot_en_met(dag) - self._tot_en_met(van) + (0 if self._is_werkdag(dag) else 1)

    def verstreken(self, aantal: int, op: int) -> int:
        """The last day from which more than so many working days have gone by on this day."""
        van = op
        while self.tussen(van, op) <= aantal:
            van -= 1
        return van
