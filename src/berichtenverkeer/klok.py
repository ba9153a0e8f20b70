"""The time. Nothing asks the system clock but this."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

NEDERLAND = ZoneInfo("Europe/Amsterdam")

Klok = Callable[[], datetime]
"""Gives the present moment, with the Dutch time zone: the system date of the rules is a Dutch date."""


def systeemklok() -> datetime:
    """The present moment in the Netherlands."""
    return datetime.now(NEDERLAND)


def in_utc(moment: datetime) -> str:
    """A moment with its zone as the interface tells it, in UTC: 2026-03-02T09:00:00Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def gezet(tekst: str) -> datetime:
    """The moment that a header such as ``Bv-Klok: 2026-03-02T10:00:00`` names, in Dutch time unless it says otherwise.

    Raises ``ValueError`` for another form.
    """
    moment = datetime.fromisoformat(tekst)
    return moment.replace(tzinfo=NEDERLAND) if moment.tzinfo is None else moment.astimezone(NEDERLAND)


def einde_van_dag(dag: date) -> datetime:
    """The last second of a Dutch day: what is good up to and including that day is good until then."""
    return datetime.combine(dag, time(23, 59, 59), NEDERLAND)
