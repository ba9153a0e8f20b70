"""Rules on requests (315, 317), their answer (319) and their inner consistency."""

from . import antwoord, indienen, omvang, verzoek, verzoek_om_wijziging

KAMERS = (verzoek, indienen, verzoek_om_wijziging, omvang, antwoord)
"""The modules that hold them."""
