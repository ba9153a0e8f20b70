"""Rules on declaraties (323) and the answer to them (325)."""

from . import (
    bedrag,
    declaratie,
    declaratie_antwoord,
    periode,
    prestatie,
    prestatie_bedrag,
    prestatie_credit,
    prestatie_periode,
    prestatie_toewijzing,
    prestatie_volume,
    tarief,
)

KAMERS = (
    declaratie,
    bedrag,
    periode,
    prestatie,
    prestatie_bedrag,
    prestatie_credit,
    prestatie_periode,
    prestatie_toewijzing,
    prestatie_volume,
    tarief,
    declaratie_antwoord,
)
"""The modules that hold them."""
