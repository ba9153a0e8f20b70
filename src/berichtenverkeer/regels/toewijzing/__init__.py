"""Rules on toewijzingen (301) and on what is delivered on them (305, 307)."""

from . import gemeld, honorering, levering, samenhang, toewijzing, wijziging

KAMERS = (toewijzing, wijziging, samenhang, honorering, levering, gemeld)
"""The modules that hold them."""
