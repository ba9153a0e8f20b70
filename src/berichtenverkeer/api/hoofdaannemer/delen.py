"""The modules of the back-office, each with its routes."""

from . import (
    betaalschema,
    bezetting,
    facturen,
    herindicaties,
    inzetten,
    laden,
    maandstaten,
    omzettingen,
    partner,
    partnermaandstaten,
    zwaarte,
)

DELEN = (
    inzetten,
    maandstaten,
    facturen,
    herindicaties,
    bezetting,
    betaalschema,
    zwaarte,
    omzettingen,
    laden,
    partner,
    partnermaandstaten,
)
