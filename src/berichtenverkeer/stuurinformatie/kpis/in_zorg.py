"""In care on P.

>>> proef(KPI, Feit(van=dag("2025-01-01")), "2026-01-01", "2026-03-31")
Meting(waarde=1, teller=None, noemer=None, apart=False)
>>> proef(KPI, Feit(van=dag("2025-01-01"), tot=dag("2026-03-30")), "2026-01-01", "2026-03-31")
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, dag, leeg, proef

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "IN_ZORG",
    "In zorg",
    "Trajecten die op de laatste dag van de periode lopen.",
    "Een cliënt met zorg in twee hulpvormen telt twee keer; clienten telt hem een keer.",
    "CBS",
    Eenheid.AANTAL,
    Bron.LOPEND,
    telt=lambda f, p, _: (f.van <= p.tot) & (leeg(f.tot) | (f.tot >= p.tot)),
    op="peil",
    datums=("van", "tot"),
)
