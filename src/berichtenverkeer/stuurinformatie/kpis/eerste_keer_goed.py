"""First time right.

>>> proef(KPI, Feit(ontvangen=dag("2026-03-02"), oordeel="deels_goedgekeurd"), "2026-01-01", "2026-03-31")
Meting(waarde=None, teller=0, noemer=1, apart=False)
"""

from ..kpi import BERICHTEN, Bron, Eenheid, Feit, Kpi, aandeel, dag, proef

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "EERSTE_KEER_GOED",
    "Eerste keer goed",
    "Van de heenberichten die in de periode binnenkwamen en beoordeeld zijn, per berichtsoort en afzender: die zijn goedgekeurd, een 323 "
    "met al zijn prestaties.",
    "Wat de deur weigert is geen bericht en telt niet mee.",
    "P",
    Eenheid.AANDEEL,
    Bron.BERICHT,
    telt=lambda f, p, _: p.bevat(f.ontvangen),
    ruw=lambda f, _: (f.oordeel,),
    maat=lambda ruw, _: aandeel(ruw[0] == "goedgekeurd"),
    datums=("ontvangen",),
    per=BERICHTEN,
    eigen=("berichtsoort", "afzender"),
    verborgen=False,
)
