"""Comes back.

>>> keer = dag("2025-06-01")
>>> feit = Feit(laatste=keer, heeft=lambda kant, dag, na, binnen: na[0] <= 2 <= na[1])
>>> proef(KPI, feit, "2026-05-01", "2026-06-30")
Meting(waarde=None, teller=1, noemer=1, apart=False)
>>> feit.heeft = lambda kant, dag, na, binnen: na[0] <= 1 <= na[1]
>>> proef(KPI, feit, "2026-05-01", "2026-06-30").teller
0
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, aandeel, dag, proef

__all__ = ["KPI", "Feit", "dag", "proef"]

JAAR = 365

KPI = Kpi(
    "TERUGKEER",
    "Terugkeer",
    "Van de trajecten waarvan de laatste dag in de periode, 365 dagen teruggezet, ligt: die waarvan de cliënt 2 tot en met 365 dagen na "
    "die dag weer een traject begint.",
    "Onder dezelfde wet, in elke hulpvorm, bij elke gemeente die u ziet. Wie elders terugkeert, ziet u niet.",
    "CBS",
    Eenheid.AANDEEL,
    Bron.LAATSTE,
    telt=lambda f, p, _: p.verschoven(-JAAR).bevat(f.laatste),
    goed=lambda f, p: f.heeft("begin", f.laatste, (2, JAAR), p.verschoven(-JAAR)),
    maat=lambda ruw, _: aandeel(bool(ruw[0])),
    op="laatste",
    datums=("laatste",),
)
