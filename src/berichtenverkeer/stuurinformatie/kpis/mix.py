"""Weight of the cases.

>>> KPI.maat((1,), None)
Meting(waarde=None, teller=1, noemer=None, apart=False)
"""

from ..kpi import MET_PARTNER, Bron, Eenheid, Kpi, Meting

KPI = Kpi(
    "MIX",
    "Zwaarte van de casussen",
    "Van de cliënten met een inzet die op de laatste dag van de periode loopt (niet geweigerd), ieder een keer in een klasse: het aandeel "
    "van de klasse in haar segment, met het plan ernaast (keuze mix-plan).",
    "Een cliënt met inzetten in twee klassen telt in beide.",
    "P",
    Eenheid.AANDEEL,
    Bron.INZET,
    maat=lambda *_: Meting(teller=1),
    op=None,
    datums=("van", "tot"),
    per=("gemeente", "partner", "maand", "kwartaal"),
    eigen=("segment", "klasse"),
    voor=MET_PARTNER,
    van_alle="klasse",
    extra=("plan",),
)
