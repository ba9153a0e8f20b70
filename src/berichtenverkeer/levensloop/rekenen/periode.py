"""Periods and months (IV089). Both days of a period count."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ...standaard.geldig import op_dag
from .uitkomst import Rekenfout


@dataclass(frozen=True, slots=True)
class Periode:
    """From ``begin`` to ``eind``, both inclusive. Raises ``Rekenfout`` when it ends before it begins."""

    begin: date
    eind: date

    def __post_init__(self) -> None:
        if self.eind < self.begin:
            raise Rekenfout(f"De periode eindigt ({self.eind}) voor zij begint ({self.begin}).")

    def __str__(self) -> str:
        return f"{self.begin} tot en met {self.eind}"

    def __contains__(self, dag: date) -> bool:
        return op_dag(self.begin, self.eind, dag)

    @property
    def dagen(self) -> int:
        """How many days."""
        return self.eind.toordinal() - self.begin.toordinal() + 1

    @property
    def maanden(self) -> int:
        """How many calendar months it touches."""
        return (self.eind.year - self.begin.year) * 12 + self.eind.month - self.begin.month + 1

    def doorsnede(self, ander: "Periode") -> "Periode | None":
        """The days of both; None when there are none."""
        begin, eind = max(self.begin, ander.begin), min(self.eind, ander.eind)
        return Periode(begin, eind) if begin <= eind else None

    def per_maand(self) -> Iterator["Periode"]:
        """This period cut at every month border."""
        for nummer in range(self.maanden):
            jaren, maanden = divmod(self.begin.month - 1 + nummer, 12)
            hele = maand(date(self.begin.year + jaren, maanden + 1, 1))
            yield Periode(max(hele.begin, self.begin), min(hele.eind, self.eind))


def maand(dag: date) -> Periode:
    """The calendar month of this day."""
    return Periode(dag.replace(day=1), dag.replace(day=monthrange(dag.year, dag.month)[1]))
