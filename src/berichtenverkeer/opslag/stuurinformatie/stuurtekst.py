"""All clients of a group in one text: the quickest way to get them out of a database when there are hundreds of thousands."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, String, cast, func


def aaneen(verbinding: Connection, client: ColumnElement[Any]) -> ColumnElement[Any]:
    """That text of a group; None when there is nobody."""
    if verbinding.dialect.name == "postgresql":
        return func.string_agg(cast(client, String), ",")
    return func.group_concat(client)


def los(tekst: str) -> list[str]:
    """Who are in such a text, each as often as it was there. They can be counted: what a number is in the database need not be a Bsn."""
    return tekst.split(",")


def aantal_in(tekst: str | None) -> int:
    """How many clients are in such a text.

    >>> aantal_in("100,7,100"), aantal_in(None)
    (2, 0)
    """
    return len(set(los(tekst))) if tekst else 0
