"""Ended without a stop.

>>> feit = Feit(start=dag("2026-01-05"), einde=dag("2026-03-20"))
>>> proef(KPI, feit, "2026-01-01", "2026-03-30").waarde
1
>>> proef(KPI, feit, "2026-01-01", "2026-03-27")
"""

from ...levensloop.termijnen import STOP
from ..kpi import Bron, Eenheid, Feit, Kpi, dag, leeg, proef

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "STOP_ONTBREEKT",
    "Stop ontbreekt",
    "Toewijzingen met een start die meer dan 5 werkdagen voor de laatste dag van de periode eindigden, en op wier laatste start dan nog "
    "geen definitieve stop binnen was.",
    "Dat er een stop ontbreekt, zegt niet dat er nog zorg is.",
    "SAP",
    Eenheid.AANTAL,
    Bron.TOEWIJZING,
    telt=lambda f, p, w: (
        (f.start > 0) & (f.einde <= w.verstreken(STOP.duur, p.tot)) & (leeg(f.gestopt_op) | (f.gestopt_op > p.tot))
    ),
    op="einde",
    datums=("start", "einde", "gestopt_op"),
    termijn=STOP.duur,
)
