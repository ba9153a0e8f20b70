"""Rules on toewijzingen (301) and on what is delivered on them (305, 307)."""

from . import gemeld, honorering, levering, samenhang, toewijzing, varianten, wijziging

KAMERS = (toewijzing, wijziging, samenhang, honorering, levering, gemeld, varianten)
"""The modules that hold them."""
