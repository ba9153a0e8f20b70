"""What begins.

>>> proef(KPI, Feit(begin=dag("2026-01-01")), "2026-01-01", "2026-03-31")
Meting(waarde=1, teller=None, noemer=None, apart=False)
>>> proef(KPI, Feit(begin=dag("2025-12-31")), "2026-01-01", "2026-03-31")
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, dag, proef
from ..werk import begint

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "INSTROOM",
    "Instroom",
    "Trajecten waarvan de eerste dag in de periode ligt.",
    "Een nieuwe toewijzing, een andere aanbieder of een tijdelijke stop begint geen nieuw traject zolang de zorg in dezelfde hulpvorm aansluit.",
    "CBS",
    Eenheid.AANTAL,
    Bron.BEGIN,
    telt=begint,
    op="begin",
    datums=("begin",),
)
