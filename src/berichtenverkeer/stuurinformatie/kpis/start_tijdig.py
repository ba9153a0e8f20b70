"""305 in time. ``vanaf`` is the later of the Begindatum and the receipt of the toewijzing.

>>> feit = Feit(vanaf=dag("2026-03-02"), start_op=dag("2026-03-09"))
>>> proef(KPI, feit, "2026-01-01", "2026-03-31")
Meting(waarde=None, teller=1, noemer=1, apart=False)
>>> feit.start_op = dag("2026-03-10")
>>> proef(KPI, feit, "2026-01-01", "2026-03-31").teller
0
"""

from ...levensloop.termijnen import START
from ..kpi import Bron, Eenheid, Feit, Kpi, aandeel, dag, proef

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "START_TIJDIG",
    "Start tijdig gemeld",
    "Van de toewijzingen waarvan de eerste start in de periode binnenkwam: die binnen 5 werkdagen na de Begindatum, of na ontvangst "
    "van de toewijzing als die later is.",
    "Zegt niets over een start die nooit gemeld werd.",
    "SAP",
    Eenheid.AANDEEL,
    Bron.TOEWIJZING,
    telt=lambda f, p, _: p.bevat(f.start_op),
    ruw=lambda f, _: (f.vanaf, f.start_op),
    maat=lambda ruw, om: aandeel(om.werkdagen.tussen(ruw[0], ruw[1]) <= START.duur),
    op="start",
    datums=("start", "bekend", "start_op"),
    termijn=START.duur,
)
