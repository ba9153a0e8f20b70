"""tijdstipBericht: a moment in Dutch local time as digits, year first."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

_NEDERLAND = ZoneInfo("Europe/Amsterdam")

_VORM = re.compile(
    "(?P<jaar>[0-9]{4})(?P<maand>[0-9]{2})(?P<dag>[0-9]{2})"
    "(?:(?P<uur>[0-9]{2})(?:(?P<minuut>[0-9]{2})(?:(?P<seconde>[0-9]{2})[0-9]{0,3})?)?)?"
)


def schrijf_tijdstip(moment: datetime) -> str:
    """The moment to the second, fourteen digits. Raises ``ValueError`` for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone is no moment")
    lokaal = moment.astimezone(_NEDERLAND)
    return f"{lokaal.year:04}{lokaal:%m%d%H%M%S}"


def bestaat(tijdstip: str) -> bool:
    """Whether the digits are a moment on the calendar, to the day, hour, minute, second or a fraction of it.

    The XSD asks for 8 to 17 digits and no more than that.
    """
    if not (gevonden := _VORM.fullmatch(tijdstip)):
        return False
    try:
        datetime(*(int(deel) for deel in gevonden.groups(default="0")))  # type: ignore[arg-type]  # six numbers
    except ValueError:
        return False
    return True
