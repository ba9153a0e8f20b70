"""The doors of the chain."""

from enum import StrEnum


class Deur(StrEnum):
    """Through which door a zending came: that of the aanbieders or that of the gemeenten."""

    VSP = "vsp"
    GGK = "ggk"
