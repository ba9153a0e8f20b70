"""What figures have in common."""

from collections.abc import Callable
from typing import Any

from .kpi import Meting, Omgeving
from .tijd import Tijdvak, Werkdagen


def begint(f: Any, p: Tijdvak, _: Werkdagen) -> Any:
    """Whether a traject begins in the period."""
    return p.bevat(f.begin)


def eindigt(f: Any, p: Tijdvak, _: Werkdagen) -> Any:
    """Whether a traject ends in the period."""
    return p.bevat(f.laatste)


def binnen(termijn: int) -> Callable[[tuple[Any, ...], Omgeving], Meting]:
    """The working days from the first day that was taken to the second, and whether these are within a term."""

    def maat(ruw: tuple[Any, ...], om: Omgeving) -> Meting:
        dagen = om.werkdagen.tussen(ruw[0], ruw[1])
        return Meting(waarde=dagen, teller=int(dagen <= termijn), noemer=1)

    return maat
