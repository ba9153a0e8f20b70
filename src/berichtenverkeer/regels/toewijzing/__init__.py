"""Rules on toewijzingen (301) and on what is delivered on them (305, 307)."""

from . import honorering, levering, toewijzing

KAMERS = (toewijzing, honorering, levering)
"""The modules that hold them."""
