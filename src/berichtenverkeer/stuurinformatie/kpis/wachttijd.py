"""From toewijzing to first start.

>>> proef(KPI, Feit(start=dag("2026-02-10"), wacht=dag("2026-01-31")), "2026-01-01", "2026-03-31")
Meting(waarde=10, teller=None, noemer=None, apart=False)
>>> proef(KPI, Feit(start=dag("2026-01-10"), wacht=dag("2026-01-31")), "2026-01-01", "2026-03-31").waarde
0
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, Meting, dag, proef

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "WACHTTIJD",
    "Wachttijd",
    "Dagen van de latere van Toewijzingsdatum en Ingangsdatum (eerste versie) tot de eerste Begindatum, ten minste 0, van de "
    "toewijzingen waarvan die Begindatum in de periode ligt.",
    "Wie nog niet begonnen is, staat er niet in (zie WACHTENDEN); wachten voor de toewijzing ook niet.",
    "RM",
    Eenheid.DAGEN,
    Bron.TOEWIJZING,
    telt=lambda f, p, _: p.bevat(f.start),
    ruw=lambda f, _: (f.start - f.wacht,),
    maat=lambda ruw, _: Meting(waarde=max(0, ruw[0])),
    op="start",
    datums=("wacht", "start"),
)
