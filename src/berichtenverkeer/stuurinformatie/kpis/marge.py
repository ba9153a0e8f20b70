"""What is left.

>>> KPI.maat((-36300,), None).waarde
-36300
"""

from ..kpi import HOOFDAANNEMER, Bron, Eenheid, Kpi, Meting

KPI = Kpi(
    "MARGE",
    "Marge",
    "Over de maanden waarvan de eerste dag in de periode ligt: wat is toegekend op productperioden die erin beginnen, min de regels en "
    "correcties van vastgestelde maandstaten over die maanden, plus daarvan het bijdragepercentage.",
    "Maanden die niet zijn vastgesteld, hebben nog geen kosten. Per cel wordt een keer afgerond.",
    "P",
    Eenheid.EUROCENT,
    Bron.MARGE,
    maat=lambda ruw, _: Meting(waarde=ruw[0]),
    datums=("maand",),
    per=("gemeente", "segment", "maand", "kwartaal"),
    voor=HOOFDAANNEMER,
    verborgen=False,
)
