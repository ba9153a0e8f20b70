"""What a step says that a call gives, held beside what it gave. Pure.

What is not named makes no difference, nor does the order of a list. A row is known by the first field that is written of it, and where
more rows have that, by the next. A number beside a list says how many there are; a text with a euro sign is an amount in eurocent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ..schrijven.bedrag import euro, eurocent

_NIETS = "niets"
_MENS = ("bsn", "client", "naam", "geboortedatum")
"""Fields of which no value is told when the step did not name them."""

_GENOEMD = 3
"""How many rows too many are told of, and how many fields of each."""

Plek = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Afwijking:
    """One difference: its place in what the step says, and that place for people."""

    plek: Plek
    waar: str
    verwacht: str
    gekregen: str
    uitleg: str = ""


def houd_antwoord_naast(hoort: Any, kwam: Any, *, ruim: bool = False) -> Iterator[Afwijking]:
    """Every difference; with ``ruim`` a list may have more than is named, for others use it too. Raises ``WaardeFout`` for an amount
    that is none."""
    return _Naast(ruim).waarde((), "", hoort, kwam)


class _Naast:
    def __init__(self, ruim: bool) -> None:
        self._ruim = ruim

    def waarde(self, plek: Plek, waar: str, hoort: Any, kwam: Any) -> Iterator[Afwijking]:
        if isinstance(hoort, dict) and isinstance(kwam, dict):
            yield from self._velden(plek, waar, hoort, kwam)
        elif isinstance(hoort, list) and isinstance(kwam, list):
            yield from self._rijen(plek, waar, hoort, kwam)
        elif not self._gelijk(hoort, kwam):
            yield Afwijking(plek, waar, _kort(hoort), _kort(kwam, als=hoort))

    def _velden(self, plek: Plek, waar: str, hoort: Mapping[str, Any], kwam: Mapping[str, Any]) -> Iterator[Afwijking]:
        for naam, deel in hoort.items():
            hier = f"{waar}.{naam}".lstrip(".")
            if naam in kwam:
                yield from self.waarde((*plek, naam), hier, deel, kwam[naam])
            else:
                yield Afwijking(
                    (*plek, naam), hier, _kort(deel), "dit veld is er niet", f"Wel: {', '.join(kwam) or _NIETS}."
                )

    def _rijen(self, plek: Plek, waar: str, hoort: Sequence[Any], kwam: Sequence[Any]) -> Iterator[Afwijking]:
        over, rest = list(kwam), list[tuple[int, Any]]()
        for nummer, rij in enumerate(hoort):
            precies = next((i for i, een in enumerate(over) if not any(self.waarde((), "", rij, een))), None)
            if precies is None:
                rest.append((nummer, rij))
            else:
                over.pop(precies)
        for nummer, rij in rest:
            hier = f"{waar}[{_naam(rij)}]"
            keus = [i for i, een in enumerate(over) if self._zelfde(rij, een)]
            if keus:
                beste = over.pop(min(keus, key=lambda i: self._verschilt(rij, over[i])))
                yield from self.waarde((*plek, nummer), hier, rij, beste)
            else:
                yield Afwijking((*plek, nummer), hier, _kort(rij), _NIETS)
        if over and not self._ruim:
            yield Afwijking(plek, waar, f"{len(hoort)} keer", f"{len(kwam)} keer", _te_veel(over, hoort))

    def _zelfde(self, rij: Any, een: Any) -> bool:
        """Whether the first field says that it is this row."""
        return isinstance(rij, dict) and isinstance(een, dict) and bool(rij) and not self._verschilt(rij, een)[0]

    def _verschilt(self, rij: Mapping[str, Any], een: Mapping[str, Any]) -> list[bool]:
        """Which fields differ, in the order in which they are written."""
        return [any(self._velden((), "", {naam: deel}, een)) for naam, deel in rij.items()]

    def _gelijk(self, hoort: Any, kwam: Any) -> bool:
        if isinstance(kwam, list):
            return str(hoort) == str(len(kwam)) if not self._ruim else _is_getal(hoort) and int(hoort) <= len(kwam)
        if (bedrag := eurocent(hoort)) is not None:
            return bedrag == kwam and not isinstance(kwam, bool)
        if hoort is None or kwam is None:
            return hoort is kwam
        if isinstance(kwam, float):
            try:
                return Decimal(str(hoort).replace(",", ".")) == Decimal(str(kwam))
            except InvalidOperation:
                return False
        return str(hoort) == _tekst(kwam)


def _is_getal(waarde: Any) -> bool:
    return isinstance(waarde, str) and waarde.isdecimal()


def _tekst(waarde: Any) -> str:
    """A value as YAML and JSON write it."""
    return {True: "true", False: "false"}[waarde] if isinstance(waarde, bool) else str(waarde)


def _naam(rij: Any) -> str:
    """How a row is called: the first field of it."""
    if not isinstance(rij, dict) or not rij:
        return _kort(rij)
    naam, deel = next(iter(rij.items()))
    return f"{naam} {_kort(deel)}"


def _kort(waarde: Any, als: Any = None) -> str:
    """A value in a few words; beside an amount a number is one too."""
    if waarde is None:
        return _NIETS
    if isinstance(waarde, dict):
        return ", ".join(f"{naam} {_kort(deel)}" for naam, deel in waarde.items()) or "iets"
    if isinstance(waarde, list):
        return f"{len(waarde)} keer" if waarde else _NIETS
    bedrag = eurocent(waarde)
    if bedrag is None and isinstance(waarde, int) and not isinstance(waarde, bool) and eurocent(als) is not None:
        bedrag = waarde
    return euro(bedrag) if bedrag is not None else _tekst(waarde)


def _te_veel(over: Sequence[Any], hoort: Sequence[Any]) -> str:
    """The rows that nothing was said of, by the fields that are written of the others."""
    genoemd = next((rij for rij in hoort if isinstance(rij, dict)), {})
    namen = []
    for een in over[:_GENOEMD]:
        if not isinstance(een, dict):
            namen.append(_kort(een))
            continue
        velden = [n for n in genoemd if n in een] or [
            n for n, w in een.items() if n not in _MENS and isinstance(w, (str, int))
        ]
        namen.append(" ".join(f"{n} {_kort(een[n], genoemd.get(n))}" for n in velden[:_GENOEMD]))
    meer = f", en nog {len(over) - _GENOEMD}" if len(over) > _GENOEMD else ""
    return f"Niet verwacht: {'; '.join(namen)}{meer}."
