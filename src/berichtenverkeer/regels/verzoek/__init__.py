"""Rules on requests (315, 317), their answer (319) and their inner consistency."""

from . import antwoord, indienen, omvang, tijdig, verzoek, verzoek_om_wijziging

KAMERS = (verzoek, indienen, verzoek_om_wijziging, omvang, antwoord, tijdig)
"""The modules that hold them."""
