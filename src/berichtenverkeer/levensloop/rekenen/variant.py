"""How a contract has care delivered, and what it does with a month that is assigned in part."""

from enum import StrEnum

from .eenheid import Eenheid


class Uitvoeringsvariant(StrEnum):
    """How a contract has care delivered (uitvoeringsvariant); the message does not say it."""

    INSPANNING = "inspanning"
    OUTPUT = "output"
    TAAKGERICHT = "taakgericht"

    @classmethod
    def van_eenheid(cls, eenheid: str | None) -> "Uitvoeringsvariant":
        """The variant in which the standard's table of toewijzingsvarianten has this Eenheid, when nobody said otherwise.

        Without an Eenheid it is inspanning (afgeleid): the table has such a toewijzing in both.
        """
        return cls.OUTPUT if eenheid in (Eenheid.STUKS_OUTPUT, Eenheid.EURO) else cls.INSPANNING


class GebrokenMaand(StrEnum):
    """What a month that is assigned in part gives at output (IV078 leaves it to the contract).

    A toewijzing that lies in one month counts once, unless in proportion (afgeleid).
    """

    HEEL = "heel"
    EERSTE_NIET = "eerste-niet"
    LAATSTE_NIET = "laatste-niet"
    NAAR_RATO = "naar-rato"
