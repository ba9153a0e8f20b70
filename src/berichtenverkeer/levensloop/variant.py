"""How a contract has care delivered."""

from enum import StrEnum


class Variant(StrEnum):
    """How a contract has care delivered (uitvoeringsvariant); the message does not say it."""

    INSPANNING = "inspanning"
    OUTPUT = "output"
    TAAKGERICHT = "taakgericht"
