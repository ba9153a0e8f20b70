"""All rules together: importing this module fills the register."""

from . import client, datums, dubbel, kop, levering, product, stapeling, toewijzing
from .regel import REGELS, Regel

KAMERS = (kop, client, datums, product, toewijzing, stapeling, dubbel, levering)
"""The modules that hold rules."""


def catalogus() -> tuple[Regel, ...]:
    """Every rule, in order of its code."""
    return tuple(REGELS[code] for code in sorted(REGELS))
