"""Length of a traject.

>>> proef(KPI, Feit(laatste=dag("2026-03-31"), duur=31), "2026-01-01", "2026-03-31").waarde
31
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, Meting, dag, proef
from ..werk import eindigt

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "TRAJECTDUUR",
    "Trajectduur",
    "Dagen van de eerste tot en met de laatste dag, van de trajecten waarvan de laatste dag in de periode ligt.",
    "Een tijdelijke stop telt mee in de duur. Wat nog loopt, staat er niet in: wie korter duurt, eindigt eerder.",
    "CBS",
    Eenheid.DAGEN,
    Bron.LAATSTE,
    telt=eindigt,
    ruw=lambda f, _: (f.duur,),
    maat=lambda ruw, _: Meting(waarde=ruw[0]),
    op="laatste",
    datums=("laatste",),
)
