"""307 in time.

>>> proef(KPI, Feit(stop=dag("2026-03-02"), stop_op=dag("2026-03-09")), "2026-01-01", "2026-03-31").teller
1
>>> proef(KPI, Feit(stop=dag("2026-03-02"), stop_op=dag("2026-03-10")), "2026-01-01", "2026-03-31").teller
0
"""

from ...levensloop.termijnen import STOP
from ..kpi import Bron, Eenheid, Feit, Kpi, aandeel, dag, proef

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "STOP_TIJDIG",
    "Stop tijdig gemeld",
    "Van de definitieve stops op toewijzingen die in de periode binnenkwamen: die binnen 5 werkdagen na hun Einddatum.",
    "Een stop op een start die ook tijdelijk gestopt was telt niet mee: die termijn loopt vanaf een dag die geen bericht noemt (OP272).",
    "SAP",
    Eenheid.AANDEEL,
    Bron.STOP,
    telt=lambda f, p, _: p.bevat(f.stop_op),
    ruw=lambda f, _: (f.stop, f.stop_op),
    maat=lambda ruw, om: aandeel(om.werkdagen.tussen(ruw[0], ruw[1]) <= STOP.duur),
    op="stop",
    datums=("stop", "stop_op"),
    termijn=STOP.duur,
)
