"""The cursor of lists in order of change: what comes after it is new or changed since."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Query

from .problemen import Probleem

_BEGIN = "0"
"""The cursor before the first."""

GewijzigdNa = Annotated[str | None, Query(description="`volgende` van een eerder antwoord")]
Limiet = Annotated[int, Query(ge=1, le=1000)]


def plaats(cursor: str | None) -> tuple[int, str] | None:
    """The place of the last row seen: (wijziging, id). Raises problem 400 for what is no cursor."""
    if cursor is None or cursor == _BEGIN:
        return None
    gevonden = re.fullmatch(r"([0-9]{1,18})\.([0-9a-f-]{36})", cursor)
    if not gevonden:
        raise Probleem(
            400,
            "cursor-onjuist",
            "De cursor in 'gewijzigd_na' is niet bekend.",
            "Gebruik 'volgende' uit een eerder antwoord.",
        )
    return int(gevonden[1]), gevonden[2]


def volgende(rijen: Sequence[Mapping[Any, Any]], cursor: str | None) -> str:
    """The cursor after these rows; the one that was asked with when there are none."""
    return f"{rijen[-1]['wijziging']}.{rijen[-1]['id']}" if rijen else cursor or _BEGIN
