"""All rules together: importing this module fills the register."""

from . import (
    antwoord,
    bedrag,
    client,
    contact,
    datums,
    dubbel,
    honorering,
    indienen,
    kop,
    levering,
    omvang,
    periode,
    prestatie,
    product,
    productcode,
    stapeling,
    tarief,
    toewijzing,
    verzoek,
    verzoek_om_wijziging,
)
from .regel import REGELS, Regel

KAMERS = (
    kop, client, contact, datums, product, productcode, tarief, toewijzing, stapeling, dubbel, levering, verzoek, indienen,
    verzoek_om_wijziging, omvang, antwoord, honorering, periode, prestatie, bedrag,
)  # fmt: skip
"""The modules that hold rules."""


def catalogus() -> tuple[Regel, ...]:
    """Every rule, in order of its code."""
    return tuple(REGELS[code] for code in sorted(REGELS))
