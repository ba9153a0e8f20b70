"""Calendar weeks and Sundays (IV076, IV077).

Weeks begin on Monday and count as ISO 8601 has them. A week is told apart by its number since 0001-01-01, a Monday, so one
that crosses a year border is one week (tegenstrijdigheid 20).
"""

from datetime import date

from .periode import Periode
from .tekst import geteld


def weken(periode: Periode) -> int:
    """How many calendar weeks the period touches; a broken week counts."""
    return _weeknummer(periode.eind) - _weeknummer(periode.begin) + 1


def zondagen(periode: Periode) -> int:
    """How many Sundays lie in the period."""
    return periode.eind.toordinal() // 7 - (periode.begin.toordinal() - 1) // 7


def restweek(looptijd: Periode, periode: Periode) -> int:
    """1 when the broken last week of the toewijzing goes to this period, else 0: ``e`` of IV076.

    It does when the toewijzing does not end on a Sunday and its last Sunday lies in this period. A toewijzing without a
    Sunday is one week, of the period in which it ends (afgeleid; the standard is silent).
    """
    na_zondag = looptijd.eind.toordinal() % 7
    if na_zondag == 0:
        return 0
    if zondagen(looptijd) == 0:
        return int(looptijd.eind in periode)
    return int(date.fromordinal(looptijd.eind.toordinal() - na_zondag) in periode)


def geraakte_weken(periode: Periode) -> str:
    """The weeks a period touches as a sentence, with their years when it touches two."""
    eerste, laatste = periode.begin.isocalendar(), periode.eind.isocalendar()
    aantal = geteld(weken(periode), "week", "weken")
    if eerste[:2] == laatste[:2]:
        return f"Week {eerste.week} wordt geraakt: {aantal}."
    if eerste.year == laatste.year:
        return f"Weken {eerste.week} tot en met {laatste.week} worden geraakt: {aantal}."
    van, tot = (f"{dag.week} van {dag.year}" for dag in (eerste, laatste))
    return f"Weken {van} tot en met {tot} worden geraakt: {aantal}."


def _weeknummer(dag: date) -> int:
    return (dag.toordinal() - 1) // 7
