"""Working days: Monday to Friday, except recognised holidays (begrippenlijst of the standard).

The standard does not list the holidays (tegenstrijdigheden, G). Here they are the public holidays that the library
``holidays`` has for the Netherlands, without Goede Vrijdag, for most an ordinary working day; the library has
Bevrijdingsdag once in five years, and Koningsdag a day earlier when it falls on a Sunday (afgeleid). It knows the years
1966 to 2100; outside these only weekends are free.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

WERKEN = frozenset({"Goede vrijdag"})
"""Public holidays of the library, by their Dutch name, on which work goes on."""

_ZATERDAG = 5


@cache
def feestdagen(jaar: int) -> frozenset[date]:
    """The recognised holidays of a year, those in a weekend too."""
    import holidays  # takes long to load, and most commands need no calendar

    dagen = holidays.country_holidays("NL", years=jaar, expand=False, language="nl")
    return frozenset(dag for dag, naam in dagen.items() if naam not in WERKEN)


@dataclass(frozen=True, slots=True)
class Kalender:
    """Which days are working days. ``extra`` are days besides on which nobody works."""

    extra: frozenset[date] = frozenset()

    def is_werkdag(self, dag: date) -> bool:
        """Whether this is a working day."""
        return dag.weekday() < _ZATERDAG and dag not in feestdagen(dag.year) and dag not in self.extra

    def werkdagen_na(self, dag: date, aantal: int) -> date:
        """The last day of a term of so many working days, at least one, that begins on the day after ``dag``.

        A term that would outlast the calendar ends with it, on 9999-12-31.
        """
        gevonden = (later for later in _na(dag) if self.is_werkdag(later))
        return _plek(gevonden, aantal) or date.max

    def werkdagen_voor(self, dag: date, aantal: int) -> date:
        """The last day from which such a term ends on ``dag`` or earlier: ``werkdagen_na`` the other way round."""
        gevonden = (eerder for eerder in _terug(dag) if self.is_werkdag(eerder))
        eerste = _plek(gevonden, aantal)
        return plus_dagen(eerste, -1) if eerste else date.min

    def werkdag_vanaf(self, dag: date) -> date:
        """This day, or the first working day after it."""
        return dag if self.is_werkdag(dag) else self.werkdagen_na(dag, 1)


def plus_dagen(dag: date, aantal: int) -> date:
    """So many days later, or earlier when negative; within the calendar."""
    ordinaal = dag.toordinal() + aantal
    return date.fromordinal(min(max(ordinaal, date.min.toordinal()), date.max.toordinal()))


def _na(dag: date) -> Iterator[date]:
    return map(date.fromordinal, range(dag.toordinal() + 1, date.max.toordinal() + 1))


def _terug(dag: date) -> Iterator[date]:
    """This day, the one before it, and so on."""
    return map(date.fromordinal, range(dag.toordinal(), 0, -1))


def _plek(dagen: Iterator[date], aantal: int) -> date | None:
    """The day with this number, from 1; None when there are not so many."""
    return next(islice(dagen, aantal - 1, None), None)
