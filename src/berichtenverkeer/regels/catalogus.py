"""All rules together: importing this module fills the register."""

from . import (
    antwoord,
    bedrag,
    client,
    contact,
    datums,
    declaratie,
    declaratie_antwoord,
    dubbel,
    honorering,
    indienen,
    kop,
    levering,
    omvang,
    periode,
    prestatie,
    prestatie_bedrag,
    prestatie_credit,
    prestatie_periode,
    prestatie_toewijzing,
    prestatie_volume,
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
    verzoek_om_wijziging, omvang, antwoord, honorering, periode, prestatie, bedrag, declaratie,
    prestatie_toewijzing, prestatie_periode, prestatie_volume, prestatie_bedrag, prestatie_credit, declaratie_antwoord,
)  # fmt: skip
"""The modules that hold rules."""


def catalogus() -> tuple[Regel, ...]:
    """Every rule, in order of its code."""
    return tuple(REGELS[code] for code in sorted(REGELS))
