"""Gemeenten that merged into others: what they were called, the last day of their code, and what took their place.

The CBS code list holds the gemeenten of one year. A gemeentecode of before counts no more, except where the standard looks
at an earlier day (TR378)::

    >>> herindeling("0501").naam
    'Brielle'
    >>> herindeling("0501").opvolgers
    '1992 (Voorne aan Zee)'
    >>> herindeling("1992") is None
    True

Source: the divisions into gemeenten of the CBS, from that of 2018 on; ``codelijsten/herindelingen.csv``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from .codelijst import codelijst, rijen


@dataclass(frozen=True, slots=True)
class Herindeling:
    """A gemeente that is no more: its code, its last day, and the codes of the gemeenten it became (a part of)."""

    code: str
    naam: str
    geldig_tot: date
    opgegaan_in: tuple[str, ...]

    @property
    def opvolgers(self) -> str:
        """The gemeenten that took its place, with their names."""
        gemeenten = codelijst("CBS", "iwmo")
        return ", ".join(f"{code} ({gemeenten.label(code)})" for code in self.opgegaan_in)


def herindeling(code: str) -> Herindeling | None:
    """The gemeente that had this code and has merged; None for any other code, that of a gemeente of today too."""
    return _herindelingen().get(code)


@cache
def _herindelingen() -> Mapping[str, Herindeling]:
    return {
        rij["code"]: Herindeling(
            rij["code"], rij["naam"], date.fromisoformat(rij["geldig_tot"]), tuple(rij["opgegaan_in"].split("|"))
        )
        for rij in rijen("herindelingen.csv")
    }
