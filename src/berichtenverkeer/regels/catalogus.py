"""All rules together: importing this module fills the register."""

from . import (
    antwoord,
    bedrag,
    client,
    contact,
    datums,
    dubbel,
    kop,
    levering,
    periode,
    prestatie,
    product,
    stapeling,
    toewijzing,
    verzoek,
)
from .regel import REGELS, Regel

KAMERS = (
    kop, client, contact, datums, product, toewijzing, stapeling, dubbel, levering, verzoek, antwoord, periode, prestatie,
    bedrag,
)  # fmt: skip
"""The modules that hold rules."""


def catalogus() -> tuple[Regel, ...]:
    """Every rule, in order of its code."""
    return tuple(REGELS[code] for code in sorted(REGELS))
