"""When something that could not be pushed is tried again: after 1, 5, 15 and 60 minutes, then every hour, for 72 hours."""

from datetime import datetime, timedelta

from ...opslag.berichten.bezorgingen import LANGSTE_WACHT

STAPPEN = (*(timedelta(minutes=minuten) for minuten in (1, 5, 15)), LANGSTE_WACHT)
"""How long to wait after the first failed attempt, the second, and so on; after more, as long as after the last."""

HOOGSTENS = timedelta(hours=72)
"""How long after the first attempt the last may be."""


def volgende(eerste: datetime, poging: int, nu: datetime) -> datetime | None:
    """The moment of the next attempt, when number ``poging`` (from 1) failed now; None when it would be more than 72 hours
    after the first one: then pushing is broken off (afgeleid: at the last attempt, and not at the hour itself)."""
    moment = nu + STAPPEN[min(poging, len(STAPPEN)) - 1]
    return moment if moment <= eerste + HOOGSTENS else None
