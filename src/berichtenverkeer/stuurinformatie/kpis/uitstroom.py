"""What ends.

>>> proef(KPI, Feit(laatste=dag("2026-03-31")), "2026-01-01", "2026-03-31")
Meting(waarde=1, teller=None, noemer=None, apart=False)
>>> proef(KPI, Feit(), "2026-01-01", "2026-03-31")
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, dag, proef
from ..werk import eindigt

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "UITSTROOM",
    "Uitstroom",
    "Trajecten waarvan de laatste dag in de periode ligt.",
    "Een traject dat later aansluitend verdergaat, was niet geëindigd: wat er nog bij komt, verandert ook eerdere cijfers.",
    "CBS",
    Eenheid.AANTAL,
    Bron.LAATSTE,
    telt=eindigt,
    op="laatste",
    datums=("laatste",),
)
