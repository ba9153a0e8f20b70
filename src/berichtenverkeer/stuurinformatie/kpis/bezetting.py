"""Occupancy of places.

>>> KPI.maat((90, 100), None)
Meting(waarde=None, teller=90, noemer=100, apart=False)
"""

from ..kpi import MET_PARTNER, Bron, Eenheid, Kpi, Meting

KPI = Kpi(
    "BEZETTING",
    "Bezetting",
    "Geleverde dagen in de periode van de toewijzingen met een segment, gedeeld door de toegekende plekken op de dagen van de periode.",
    "Een cliënt telt op een dag een keer per gemeente en segment. Zonder plekken is er geen bezetting.",
    "P",
    Eenheid.AANDEEL,
    Bron.PLEK,
    maat=lambda ruw, _: Meting(teller=ruw[0], noemer=ruw[1]),
    datums=("van", "tot"),
    per=("gemeente", "segment", "partner", "maand", "kwartaal"),
    voor=MET_PARTNER,
)
