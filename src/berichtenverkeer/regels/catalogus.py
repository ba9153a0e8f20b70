"""All rules together: importing this module fills the register."""

from . import algemeen, declaratie, toewijzing, verzoek
from .regel import REGELS, Regel, regels_van

__all__ = ["KAMERS", "catalogus", "regels_van"]

KAMERS = (*algemeen.KAMERS, *toewijzing.KAMERS, *verzoek.KAMERS, *declaratie.KAMERS)
"""The modules that hold rules."""


def catalogus() -> tuple[Regel, ...]:
    """Every rule, in order of its code."""
    return tuple(REGELS[code] for code in sorted(REGELS))
