"""The division into gemeenten in time: which gemeentecode counted when, and what took the place of one that ended.

Packaged are the gemeenten of 2026-01-01 and every one that merged since the division of 2018; a node may be told of later
divisions (``Indeling.eigen``). TR378 is held against it::

    >>> INDELING["0501"].naam, INDELING.geldt("0501", date(2022, 12, 31)), INDELING.geldt("0501", date(2023, 1, 1))
    ('Brielle', True, False)
    >>> INDELING.geldt("1992", date(2022, 12, 31)), INDELING.geldt("1992", date(2023, 1, 1))
    (False, True)
    >>> INDELING.opvolgers("0501")
    '1992 (Voorne aan Zee)'

Sources: the divisions of the CBS; ``codelijsten/CBS.csv`` and ``codelijsten/herindelingen.csv``. That a gemeente of before
2019 which still is had its code always is enough: no message is older.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from types import MappingProxyType

from .codelijst import Code, codelijst, rijen
from .geldig import op_dag

PEILDAG = date(2026, 1, 1)
"""The day of the division that is packaged."""


@dataclass(frozen=True, slots=True)
class Gemeente:
    """A gemeentecode: the first and the last day of it (None: no bound is known), and the codes of what it became a part of."""

    code: str
    naam: str
    van: date | None = None
    tot: date | None = None
    opgegaan_in: tuple[str, ...] = ()

    def geldig_op(self, dag: date) -> bool:
        """Whether the gemeente was there on this day."""
        return op_dag(self.van, self.tot, dag)


@dataclass(frozen=True)
class Indeling:
    """All gemeenten there were, are and will be. What ``eigen`` says of a code goes before what is packaged."""

    eigen: tuple[Gemeente, ...] = ()

    def __reduce__(self) -> tuple[Callable[..., "Indeling"], tuple[tuple[Gemeente, ...]]]:
        """To another process goes only what is not packaged there."""
        return Indeling, (self.eigen,)

    @cached_property
    def gemeenten(self) -> Mapping[str, Gemeente]:
        """Each by its code."""
        if not self.eigen:
            return _meegeleverd()
        return MappingProxyType({**_meegeleverd(), **{een.code: een for een in self.eigen}})

    def __contains__(self, code: object) -> bool:
        return code in self.gemeenten

    def __getitem__(self, code: str) -> Gemeente:
        return self.gemeenten[code]

    def geldt(self, code: str, dag: date) -> bool:
        """Whether this is the code of a gemeente of this day; a code that never was one is none."""
        gemeente = self.gemeenten.get(code)
        return gemeente is not None and gemeente.geldig_op(dag)

    def op(self, dag: date) -> dict[str, Gemeente]:
        """The division of this day."""
        return {code: een for code, een in self.gemeenten.items() if een.geldig_op(dag)}

    def opvolgers(self, code: str) -> str:
        """What took the place of a gemeente, with names; empty when that is not known."""
        return ", ".join(self._genoemd(self.gemeenten[code].opgegaan_in))

    def codes(self) -> Iterator[Code]:
        """As codes of a list, those of today first and those that ended after them."""
        for een in sorted(self.gemeenten.values(), key=lambda een: een.tot is not None):
            yield Code(een.code, een.naam, een.van, een.tot)

    def met_indeling(self, namen: Mapping[str, str], vanaf: date) -> "Overgang":
        """What changes when these gemeenten, by code, are the division from this day on: who is not among them ends the day
        before, who is new begins. Before that day nothing changes. The same day again takes the place of what was said then."""
        voor, begint, eindigt, anders = vanaf - _DAG, [], [], []
        for code, naam in namen.items():
            bekend = self.gemeenten.get(code)
            if bekend is None or bekend.van == vanaf:
                begint.append(Gemeente(code, naam, vanaf))
            elif bekend.tot == voor:
                anders.append(replace(bekend, naam=naam, tot=None, opgegaan_in=()))
            elif bekend.naam != naam and bekend.geldig_op(vanaf):
                anders.append(replace(bekend, naam=naam))
        weg = []
        for code, bekend in self.op(vanaf).items():
            if code not in namen and bekend.van == vanaf:
                weg.append(code)
            elif code not in namen:
                eindigt.append(replace(bekend, tot=voor))
        eindigt += (een for een in self.gemeenten.values() if een.tot == voor and een.code not in namen)
        komt_terug = tuple(
            code for code in namen if (oud := self.gemeenten.get(code)) and oud.tot is not None and oud.tot < voor
        )
        return Overgang(tuple(begint), tuple(eindigt), tuple(anders), tuple(weg), komt_terug)

    def _genoemd(self, codes: tuple[str, ...]) -> Iterator[str]:
        for code in codes:
            yield f"{code} ({self.gemeenten[code].naam})" if code in self.gemeenten else code


@dataclass(frozen=True, slots=True)
class Overgang:
    """From one division to the next: who begins, who ends, who goes on otherwise, and codes that were to begin and do not.
    ``komt_terug`` are codes of gemeenten that ended long ago: such a code is not given out again."""

    begint: tuple[Gemeente, ...]
    eindigt: tuple[Gemeente, ...]
    anders: tuple[Gemeente, ...]
    weg: tuple[str, ...]
    komt_terug: tuple[str, ...]


_DAG = timedelta(days=1)


@cache
def _meegeleverd() -> Mapping[str, Gemeente]:
    nu = [
        Gemeente(een.code, een.omschrijving, een.geldig_van, een.geldig_tot)
        for een in codelijst("CBS", "iwmo").codes.values()
    ]
    toen = [
        Gemeente(
            rij["code"], rij["naam"], None, date.fromisoformat(rij["geldig_tot"]), tuple(rij["opgegaan_in"].split("|"))
        )
        for rij in rijen("herindelingen.csv")
    ]
    return MappingProxyType({een.code: een for een in (*nu, *toen)})


INDELING = Indeling()
"""What is packaged, without what a node was told."""
