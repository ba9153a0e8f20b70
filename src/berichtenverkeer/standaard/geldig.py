"""Whether something holds on a day or at a moment: decided here, for code lists, tariffs, contracts, rules, periods and switches.

The standard names the first and the last day of a period, and both count: ``op_dag``. What is switched at a moment ends just
before its last moment, so that the next can begin at it: ``op_moment``. No beginning is always, no end is for ever::

    >>> jaar = date(2026, 1, 1), date(2026, 12, 31)
    >>> op_dag(*jaar, date(2026, 12, 31)), op_dag(*jaar, date(2027, 1, 1)), op_dag(date(2027, 1, 1), None, date(2099, 1, 1))
    (True, False, True)
    >>> van, tot = datetime(2026, 4, 1), datetime(2026, 4, 2)
    >>> op_moment(van, tot, van), op_moment(van, tot, tot)
    (True, False)

The same inside a query is in ``opslag.dag``.
"""

from datetime import date, datetime


def op_dag(van: date | None, tot: date | None, dag: date) -> bool:
    """Whether what holds from day ``van`` to day ``tot`` holds on this day. Both days count."""
    return (van is None or van <= dag) and (tot is None or dag <= tot)


def op_volgorde(tot: date | None, van: date | None) -> bool:
    """Whether what begins on day ``van`` comes after what ends on day ``tot``: they have no day in common.

    >>> op_volgorde(date(2026, 12, 31), date(2027, 1, 1)), op_volgorde(date(2027, 1, 1), date(2027, 1, 1)), op_volgorde(None, None)
    (True, False, False)
    """
    return tot is not None and van is not None and tot < van


def op_moment(van: datetime | None, tot: datetime | None, nu: datetime) -> bool:
    """Whether what holds from one moment until another holds now. The first counts, the other does not."""
    return (van is None or van <= nu) and (tot is None or nu < tot)


def laatste(tot: date | None) -> date:
    """The last day; that of the calendar when there is no end. So periods with and without one can be compared."""
    return tot or date.max


def raken(van: date, tot: date | None, ander_van: date, ander_tot: date | None) -> bool:
    """Whether two periods have a day in common.

    >>> raken(date(2026, 1, 1), date(2026, 1, 31), date(2026, 1, 31), None)
    True
    """
    return van <= laatste(ander_tot) and ander_van <= laatste(tot)
