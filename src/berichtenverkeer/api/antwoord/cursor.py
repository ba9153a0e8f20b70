"""The cursor of a list: its name and the place of the last row seen, so that a cursor of one list is none of another."""

import re
from typing import Any

from .problemen import Probleem

_BEGIN = "0"
"""The place before the first row."""

_LIJST = re.compile("[a-z-]{1,40}")


def schrijf(lijst: str, *plek: Any) -> str:
    """The cursor after this place of a list; without one that before its first row."""
    return ".".join((lijst, *(str(deel) for deel in plek or (_BEGIN,))))


def lees(cursor: str | None, veld: str, lijst: str, vorm: re.Pattern[str]) -> tuple[str, ...] | None:
    """The parts of the place in a cursor of this list, as ``vorm`` has them; None before the first row.

    ``veld`` is where it was given. Raises problem 400 for a cursor of another list, and for what is none.
    """
    if cursor in (None, _BEGIN):
        return None
    van, _, plek = (cursor or "").partition(".")
    if van != lijst and _LIJST.fullmatch(van) and plek:
        raise _onjuist(f"De cursor in '{veld}' is van de lijst {van}, en dit is {lijst}.")
    gevonden = vorm.fullmatch(plek)
    if van != lijst or not (gevonden or plek == _BEGIN):
        raise onbekend(veld)
    return gevonden.groups() if gevonden else None


def onbekend(veld: str) -> Probleem:
    """What is no cursor at all."""
    return _onjuist(f"De cursor in '{veld}' is niet bekend.")


def _onjuist(detail: str) -> Probleem:
    return Probleem(400, "cursor-onjuist", detail, "Gebruik 'volgende' uit een eerder antwoord van deze lijst.")
