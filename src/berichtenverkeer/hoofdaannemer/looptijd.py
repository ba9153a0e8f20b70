"""A period that may have no end, and the months in it. Both days of a period count."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from ..levensloop.kalender import plus_dagen
from ..standaard.geldig import laatste, op_dag

_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looptijd:
    """From ``van`` to ``tot``, both inclusive; without ``tot`` there is no end."""

    van: date
    tot: date | None = None

    def __str__(self) -> str:
        return f"{self.van} tot en met {self.tot}" if self.tot else f"{self.van} en verder"

    def __contains__(self, dag: date) -> bool:
        return op_dag(self.van, self.tot, dag)

    @property
    def laatste(self) -> date:
        """The last day; without ``tot`` the last day of the calendar."""
        return laatste(self.tot)

    @property
    def dagen(self) -> int:
        """How many days."""
        return self.laatste.toordinal() - self.van.toordinal() + 1

    def doorsnede(self, ander: "Looptijd") -> "Looptijd | None":
        """The days of both; None when there are none."""
        einden = [einde for einde in (self.tot, ander.tot) if einde is not None]
        return looptijd(max(self.van, ander.van), min(einden, default=None))


def looptijd(van: date, tot: date | None) -> Looptijd | None:
    """The period between these days; None when it ends before it begins."""
    return None if tot is not None and tot < van else Looptijd(van, tot)


def zonder(geheel: Looptijd, delen: Iterable[Looptijd]) -> tuple[Looptijd, ...]:
    """What is left of a period when these are taken out, in order."""
    over: list[Looptijd] = []
    van: date = geheel.van
    for deel in sorted(delen, key=lambda deel: deel.van):
        if deel.laatste < van:
            continue
        if deel.van > geheel.laatste:
            break
        if deel.van > van:
            over.append(Looptijd(van, plus_dagen(deel.van, -1)))
        if deel.laatste >= geheel.laatste:
            return tuple(over)
        van = plus_dagen(deel.laatste, 1)
    over.append(Looptijd(van, geheel.tot))
    return tuple(over)


def samen(delen: Iterable[Looptijd]) -> tuple[Looptijd, ...]:
    """The days that are in any of these, as periods that do not touch, in order."""
    uit: list[Looptijd] = []
    for deel in sorted(delen, key=lambda deel: deel.van):
        if uit and deel.van <= plus_dagen(uit[-1].laatste, 1):
            if deel.laatste > uit[-1].laatste:
                uit[-1] = Looptijd(uit[-1].van, deel.tot)
        else:
            uit.append(deel)
    return tuple(uit)


class Maand(NamedTuple):
    """A calendar month; as text ``2026-07``."""

    jaar: int
    nummer: int

    @classmethod
    def van_dag(cls, dag: date) -> "Maand":
        """The month of this day."""
        return cls(dag.year, dag.month)

    @classmethod
    def lees(cls, tekst: str) -> "Maand":
        """The month that ``2026-07`` names. Raises ``ValueError`` when it names none."""
        if len(tekst) != len("2026-07"):
            raise ValueError(f"{tekst!r} is geen maand; schrijf haar als 2026-07.")
        try:
            return cls.van_dag(date.fromisoformat(f"{tekst}-01"))
        except ValueError:
            raise ValueError(f"{tekst!r} is geen maand; schrijf haar als 2026-07.") from None

    def __str__(self) -> str:
        return f"{self.jaar:04}-{self.nummer:02}"

    @property
    def eerste(self) -> date:
        """Its first day."""
        return _grenzen(self)[0]

    @property
    def laatste(self) -> date:
        """Its last day."""
        return _grenzen(self)[1]

    @property
    def dagen(self) -> int:
        """How many days it has."""
        return _grenzen(self)[1].day

    @property
    def looptijd(self) -> Looptijd:
        """All of its days."""
        return Looptijd(self.eerste, self.laatste)

    @property
    def naam(self) -> str:
        """As in a sentence: ``juli 2026``."""
        return f"{_MAANDEN[self.nummer - 1]} {self.jaar}"

    @property
    def volgende(self) -> "Maand":
        """The month after it."""
        return Maand(self.jaar + self.nummer // 12, self.nummer % 12 + 1)


@cache
def _grenzen(maand: Maand) -> tuple[date, date]:
    return date(*maand, 1), date(*maand, monthrange(*maand)[1])


def maanden(eerste: Maand, laatste: Maand) -> Iterator[Maand]:
    """The months from the one to the other, both included."""
    maand = eerste
    while maand <= laatste:
        yield maand
        maand = maand.volgende
