"""All rules together: importing this module fills the register."""

from ..standaard.domein import RELEASE
from . import algemeen, declaratie, toewijzing, verzoek
from .regel import Regel, regels_van

__all__ = ["KAMERS", "catalogus", "regels_van"]

KAMERS = (*algemeen.KAMERS, *toewijzing.KAMERS, *verzoek.KAMERS, *declaratie.KAMERS)
"""The modules that hold rules."""


def catalogus() -> tuple[Regel, ...]:
    """Every rule of the release that is packaged, in order of its code; one that changes on a day once for each period."""
    return tuple(regels_van(RELEASE))
