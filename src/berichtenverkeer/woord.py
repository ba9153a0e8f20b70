"""A word from a fixed row (a state, an outcome) with what it means, for who reads it: beside it in a table, in the description of the
interface, on a page."""

from enum import StrEnum
from typing import Any, Self


class Woord(StrEnum):
    """Words with their meanings: each member is a word and a few Dutch words of what it means."""

    _value_: str
    betekenis: str

    def __new__(cls, waarde: str, betekenis: str = "") -> Self:
        woord = str.__new__(cls, waarde)
        woord._value_ = waarde
        woord.betekenis = betekenis
        return woord

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """The words as a description of them has it: each with its meaning, in Dutch."""
        vorm = handler(schema)
        handler.resolve_ref_schema(vorm)["description"] = "; ".join(f"`{een}`: {een.betekenis}" for een in cls)
        return vorm
