"""Came before.

>>> nu = dag("2026-02-01")
>>> feit = Feit(begin=nu, heeft=lambda kant, dag, na, binnen: na[0] <= -1826 <= na[1])
>>> proef(KPI, feit, "2026-01-01", "2026-03-31").teller
1
>>> feit.heeft = lambda kant, dag, na, binnen: na[0] <= -1827 <= na[1]
>>> proef(KPI, feit, "2026-01-01", "2026-03-31").teller
0
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, aandeel, dag, proef
from ..werk import begint

__all__ = ["KPI", "Feit", "dag", "proef"]

VIJF_JAAR = 1826

KPI = Kpi(
    "HERHAALD_BEROEP",
    "Herhaald beroep",
    "Van de trajecten waarvan de eerste dag in de periode ligt: die waarvan de cliënt een traject had dat 2 tot en met 1826 dagen (5 jaar) "
    "voor die dag eindigde.",
    "Onder dezelfde wet, in elke hulpvorm, bij elke gemeente die u ziet. Van voor het eerste bericht op dit knooppunt is niets bekend.",
    "CBS",
    Eenheid.AANDEEL,
    Bron.BEGIN,
    telt=begint,
    goed=lambda f, p: f.heeft("laatste", f.begin, (-VIJF_JAAR, -2), p),
    maat=lambda ruw, _: aandeel(bool(ruw[0])),
    op="begin",
    datums=("begin",),
)
