"""When what could not be told is tried again, and when a receiver is left alone. Chance is an argument: a number from 0 up to 1."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from ..opslag.berichten.notificaties import LANGSTE_WACHT

Toeval = Callable[[], float]
"""Gives a number from 0 up to 1."""

STAPPEN = (
    timedelta(seconds=5),
    *(timedelta(minutes=minuten) for minuten in (1, 5, 30)),
    *(timedelta(hours=uren) for uren in (1, 2, 4, 8, 8)),
)
"""How long to wait after the first failed attempt, the second, and so on: together just less than a day."""

DREMPEL = 3
"""After so many times that nothing could be told a receiver counts as dead: it is left alone for a while."""

RUST = tuple(timedelta(minutes=minuten) for minuten in (1, 5, 15, 60))
"""How long a dead receiver is left alone, the first time, the second, and so on; after more, as long as the last."""

GENOEG = DREMPEL + len(RUST) + 7 * 24
"""After so many times, a week or more, it is called no more."""

_SPELING = 0.2
"""The part of a wait that chance may take off, so that who failed together is not tried together."""


def volgende(poging: int, nu: datetime, toeval: Toeval) -> datetime | None:
    """The moment of the next attempt, when number ``poging`` (from 1) failed now; None when that was the last."""
    return nu + _ongeveer(STAPPEN[poging - 1], toeval) if poging <= len(STAPPEN) else None


def rust(achtereen: int, nu: datetime, toeval: Toeval) -> datetime | None:
    """Until when a receiver is left alone, of which nothing came so many times; None when it does not count as dead yet."""
    return nu + _ongeveer(_stap(RUST, achtereen - DREMPEL), toeval) if achtereen >= DREMPEL else None


def gevraagd(wacht: timedelta, nu: datetime) -> datetime:
    """Until when a receiver is left alone that asks for it, a day at most."""
    return nu + min(max(wacht, timedelta()), LANGSTE_WACHT)


def _stap(stappen: Sequence[timedelta], nummer: int) -> timedelta:
    return stappen[min(nummer, len(stappen) - 1)]


def _ongeveer(duur: timedelta, toeval: Toeval) -> timedelta:
    return duur * (1 - _SPELING * toeval())
