"""A message in which nobody can be recognised: what may stay (``velden``) stays, everything else becomes fictive.

Within one recording the same value always becomes the same, and another becomes another, so whatever rests on two values
being equal comes out as it did. What became what is kept in memory only. Pure.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from itertools import count
from typing import Any

from ...regels.algemeen.client import ONBEKEND
from ...regels.algemeen.datums import jaren_eerder
from ...standaard.berichten import Bericht
from ...standaard.berichten.onderdeel import Onderdeel
from ...standaard.berichtsoort import Berichtsoort
from ...standaard.domein import Domein
from ...standaard.vorm import Vorm, vorm
from .velden import ALTIJD, ANDERS, BLIJFT, MAKERS, VAN_DE_KOP, VARIABELEN, Veldnaam

Boom = dict[str, Any]
"""A message as a flow has it: text, but a ``date`` where one counts from the clock of the flow."""

_MAX_JAREN = 120
_ENKELE_JAREN = 8 * 365
_DAG = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GEWOON = {Domein.IWMO: date(1950, 5, 17), Domein.IJW: date(2012, 5, 17)}
"""The Geboortedatum that the writer of flows makes by itself."""


@dataclass
class Anonimiseerder:
    """Everything that a recording replaces. ``dagtekeningen`` are those of all its messages: of a Geboortedatum it must stay
    the same whether it lies more than 120 years before each of them (TR002). ``origineel`` is everything that must not
    come back, so that no fictive value is by chance that of somebody else in the recording."""

    wet: Domein
    dagtekeningen: frozenset[date]
    origineel: frozenset[str]
    namen: dict[tuple[str, str], str] = field(default_factory=dict)
    _geboren: dict[date, date] = field(default_factory=dict)

    def bericht(self, bericht: Bericht, soort: Berichtsoort) -> Boom:
        """The message as a tree; numbers and references are variables, ``$t1``."""
        return self._deel(bericht, vorm(soort))

    def variabele(self, element: str, waarde: object) -> str:
        """The variable, with its dollar, that stands for this Bsn, number or reference."""
        soort = VARIABELEN[element]
        return self._vast(
            soort, str(waarde), lambda nummer: f"${soort}{'' if (soort, nummer) == ('client', 1) else nummer}"
        )

    @property
    def variabelen(self) -> dict[str, str]:
        """The element that each variable stands for, by the name of the variable."""
        element = {letter: naam for naam, letter in VARIABELEN.items()}
        return {
            naam[1:]: element[soort] for (soort, _), naam in self.namen.items() if soort in element and naam[0] == "$"
        }

    def _deel(self, deel: Onderdeel, vorm_: Vorm) -> Boom:
        uit: Boom = {}
        for veld in vorm_.velden:
            waarde = getattr(deel, veld.naam)
            if waarde is None or waarde == ():
                continue
            if veld.item_tag is not None and veld.vorm is not None:
                uit[veld.naam] = [self._deel(item, veld.vorm) for item in waarde]
            elif veld.vorm is not None:
                uit[veld.naam] = self._deel(waarde, veld.vorm)
            elif (vorm_.klasse.__name__, veld.naam) not in VAN_DE_KOP:
                uit[veld.naam] = self.waarde(vorm_.klasse.__name__, veld.naam, waarde)
        return uit

    def waarde(self, klasse: str, naam: str, waarde: Any) -> Any:
        """What stands in the place of this value in this element of this class."""
        if (klasse, naam) in BLIJFT:
            return waarde if isinstance(waarde, date) else als_tekst(waarde)
        if (klasse, naam) in ALTIJD:
            return ALTIJD[klasse, naam](str(waarde))
        if isinstance(waarde, date):
            return self.geboren(waarde).isoformat()
        if naam in VARIABELEN:
            return self.variabele(naam, waarde)
        tekst = str(waarde)
        maker = MAKERS.get(naam, ANDERS)
        return self._vast(naam, tekst, lambda nummer: maker(nummer, tekst))

    def _vast(self, soort: str, waarde: str, maak: Callable[[int], str]) -> str:
        """The replacement that this value of this kind has, or a new one."""
        if (soort, waarde) not in self.namen:
            gebruikt = {nieuw for (welke, _), nieuw in self.namen.items() if welke == soort}
            kandidaten = (maak(nummer) for nummer in count(1))
            self.namen[soort, waarde] = next(
                nieuw for nieuw in kandidaten if nieuw not in gebruikt and nieuw not in self.origineel
            )
        return self.namen[soort, waarde]

    def geboren(self, dag: date) -> date:
        """Another date of birth that no rule can tell from this one: over 120 years or not on each Dagtekening (TR002), and the
        first of the year, of a month, or neither (CS139). An unknown date stays unknown. (afgeleid)"""
        if dag == ONBEKEND:
            return dag
        if dag not in self._geboren:
            bezet = {
                *self._geboren.values(),
                ONBEKEND,
                *(date.fromisoformat(d) for d in self.origineel if _DAG.fullmatch(d)),
            }
            vrij = [nieuw for nieuw in self._kandidaten() if nieuw not in bezet]
            eender = (nieuw for nieuw in vrij if self._soort(nieuw) == self._soort(dag))
            self._geboren[dag] = next(eender, vrij[0])
        return self._geboren[dag]

    def _soort(self, dag: date) -> tuple[object, ...]:
        te_oud = sum(dag < drempel for drempel in self._drempels)
        return (dag.day == 1, (dag.month, dag.day) == (1, 1), te_oud)

    def _kandidaten(self) -> Iterator[date]:
        """Some years around the usual day, and around the days on which somebody is just 120 years old."""
        for midden in (_GEWOON[self.wet].toordinal(), *(drempel.toordinal() for drempel in self._drempels)):
            yield from map(date.fromordinal, range(midden, min(midden + _ENKELE_JAREN, date.max.toordinal())))
            yield from map(date.fromordinal, range(midden - 1, max(midden - _ENKELE_JAREN, 0), -1))

    @cached_property
    def _drempels(self) -> list[date]:
        return sorted({jaren_eerder(op, _MAX_JAREN) for op in self.dagtekeningen})


def als_tekst(waarde: object) -> str:
    """A value as the XML and the flow have it."""
    return waarde.isoformat() if isinstance(waarde, (date, time)) else str(waarde)


def elementen(bericht: Bericht, soort: Berichtsoort) -> Iterator[tuple[Veldnaam, str]]:
    """Every element of a message that has a value, with its class, and the value as text."""
    return _elementen(bericht, vorm(soort))


def _elementen(deel: Onderdeel, vorm_: Vorm) -> Iterator[tuple[Veldnaam, str]]:
    for veld in vorm_.velden:
        waarde = getattr(deel, veld.naam)
        if veld.vorm is not None:
            onderdelen: Iterable[Onderdeel] = waarde if veld.item_tag else () if waarde is None else (waarde,)
            for onderdeel in onderdelen:
                yield from _elementen(onderdeel, veld.vorm)
        elif waarde not in (None, ()):
            yield (vorm_.klasse.__name__, veld.naam), als_tekst(waarde)


def persoonlijk(bericht: Bericht, soort: Berichtsoort) -> Iterator[str]:
    """Every value of a heenbericht that must not come back, but for what is in its Header."""
    blijft = BLIJFT | ALTIJD.keys() | VAN_DE_KOP
    return (waarde for veldnaam, waarde in elementen(bericht, soort) if veldnaam not in blijft)
