"""Still waiting on P. What the productcodelijst calls taakgericht is left out by the query: that does not wait.

>>> proef(KPI, Feit(ingang=dag("2026-03-01"), wacht=dag("2026-03-01")), "2026-01-01", "2026-03-31").waarde
30
>>> proef(KPI, Feit(ingang=dag("2026-03-01"), wacht=dag("2026-03-01"), start=dag("2026-03-31")), "2026-01-01", "2026-03-31")
"""

from typing import Any

from ..kpi import Bron, Eenheid, Feit, Kpi, Meting, dag, leeg, proef
from ..tijd import Tijdvak, Werkdagen

__all__ = ["KPI", "Feit", "dag", "proef", "wacht"]


def wacht(f: Any, p: Tijdvak, _: Werkdagen) -> Any:
    """Whether a toewijzing is waited for on P."""
    loopt = (f.ingang <= p.tot) & (leeg(f.einde) | (f.einde >= p.tot))
    return loopt & (f.wacht <= p.tot) & (leeg(f.start) | (f.start > p.tot))


KPI = Kpi(
    "WACHTENDEN",
    "Wachtenden",
    "Dagen van de latere van Toewijzingsdatum en Ingangsdatum (eerste versie) tot de laatste dag van de periode, van de toewijzingen die op "
    "die dag lopen, waarvan het wachten dan begonnen is en die geen start hebben met een Begindatum tot en met die dag.",
    "Wat de productcodelijst van de gemeente taakgericht noemt, wacht niet. Zorg die begon zonder 305 lijkt te wachten.",
    "RJ8g",
    Eenheid.DAGEN,
    Bron.TOEWIJZING,
    telt=wacht,
    ruw=lambda f, p: (p.tot - f.wacht,),
    maat=lambda ruw, _: Meting(waarde=ruw[0]),
    op="peil",
    datums=("wacht", "ingang"),
    wacht=True,
)
