"""Ended, by reason.

>>> proef(KPI, Feit(laatste=dag("2026-03-31")), "2026-01-01", "2026-03-31").waarde
1
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, dag, proef
from ..werk import eindigt

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "UITSTROOM_REDEN",
    "Uitstroom naar reden",
    "Trajecten waarvan de laatste dag in de periode ligt, naar de reden van hun definitieve stop, met het aandeel van alle redenen.",
    "Zonder definitieve stop is er geen reden: die groep is leeg.",
    "P",
    Eenheid.AANTAL,
    Bron.LAATSTE,
    telt=eindigt,
    op="laatste",
    datums=("laatste",),
    eigen=("reden",),
    van_alle="reden",
)
