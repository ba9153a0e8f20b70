"""Waiting beyond the norm.

>>> feit = Feit(ingang=dag("2026-02-17"), wacht=dag("2026-02-17"), gemeente="0855", categorie="02")
>>> proef(KPI, feit, "2026-01-01", "2026-03-31")
Meting(waarde=None, teller=0, noemer=1, apart=False)
>>> proef(KPI, feit, "2026-01-01", "2026-03-31", norm=41).teller
1
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, aandeel, dag, proef
from .wachtenden import wacht

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "WACHT_TE_LANG",
    "Wacht te lang",
    "Van de wachtenden: wie meer dagen wacht dan de norm van de hulpvorm (instelling wachtnorm-<categorie> van de gemeente, anders 42).",
    "De norm is die van nu, ook voor een periode die voorbij is.",
    "CS 3.5",
    Eenheid.AANDEEL,
    Bron.TOEWIJZING,
    telt=wacht,
    ruw=lambda f, p: (p.tot - f.wacht, f.gemeente, f.categorie),
    maat=lambda ruw, om: aandeel(ruw[0] > om.wachtnorm(ruw[1], ruw[2])),
    op="peil",
    datums=("wacht", "ingang"),
    wacht=True,
)
