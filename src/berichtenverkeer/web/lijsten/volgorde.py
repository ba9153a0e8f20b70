"""The order of a list on a page, by one of its columns."""

from collections.abc import Callable, Sequence
from typing import Any

Kopcel = tuple[str, str | None, str | None]
"""A heading: its text, where the list is in the order of that, and how it is now (``aria-sort``)."""


def gesorteerd(items: Sequence[Any], lees: Callable[[Any], Any], op: str) -> list[Any]:
    """In the order of a column, from high to low when ``op`` begins with a -; what is empty is last."""
    gevuld = [item for item in items if lees(item) is not None]
    leeg = [item for item in items if lees(item) is None]
    return sorted(gevuld, key=lees, reverse=op.startswith("-")) + leeg


def kopcel(naam: str, titel: str, op: str, naar: Callable[[str], str]) -> Kopcel:
    """The heading of a column, in a list that is in the order of ``op``; ``naar`` is where it is in another."""
    nu = {naam: "ascending", f"-{naam}": "descending"}.get(op)
    return titel, naar(f"-{naam}" if nu == "ascending" else naam), nu
