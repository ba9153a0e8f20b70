"""A transaction that PostgreSQL broke off for another one (a deadlock, or a conflict of snapshots) is done again: nothing of it is left.

A few times, and each time after a longer wait, of which chance takes a part off: who fell over each other does not come at the same moment again.
"""

from collections.abc import Callable

from sqlalchemy import exc

HOOGSTENS = 3
"""How often it is done again; after that whoever waits hears that it did not work."""

_EERSTE = 0.02
"""Seconds to wait at most before the first time."""

_BOTSING = {"40001", "40P01"}

Toeval = Callable[[], float]
"""Gives a number from 0 up to 1."""


def botste(fout: BaseException) -> bool:
    """Whether the database broke a transaction off for another."""
    return isinstance(fout, exc.DBAPIError) and getattr(fout.orig, "sqlstate", None) in _BOTSING


def rust(keer: int, toeval: Toeval) -> float:
    """Seconds to wait before the so manieth time, from 1.

    >>> [rust(keer, lambda: 0.0) for keer in (1, 2, 3)]
    [0.02, 0.04, 0.08]
    >>> rust(1, lambda: 0.5)
    0.015
    """
    return float(_EERSTE * 2.0 ** (keer - 1) * (1 - toeval() / 2))
