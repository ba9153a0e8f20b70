"""To another form.

>>> einde = dag("2026-02-01")
>>> feit = Feit(laatste=einde, heeft=lambda kant, dag, na, binnen, andere_vorm: andere_vorm and na == (0, 31))
>>> proef(KPI, feit, "2026-01-01", "2026-03-31").teller
1
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, aandeel, dag, proef
from ..werk import eindigt

__all__ = ["KPI", "Feit", "dag", "proef"]

MAAND = 31

KPI = Kpi(
    "DOORSTROOM",
    "Doorstroom",
    "Van de trajecten waarvan de laatste dag in de periode ligt: die waarvan de cliënt 0 tot en met 31 dagen na die dag een traject in een "
    "andere hulpvorm begint.",
    "Onder dezelfde wet, bij elke gemeente die u ziet. Wat al liep naast het traject, is geen doorstroom.",
    "RM",
    Eenheid.AANDEEL,
    Bron.LAATSTE,
    telt=eindigt,
    goed=lambda f, p: f.heeft("begin", f.laatste, (0, MAAND), p, andere_vorm=True),
    maat=lambda ruw, _: aandeel(bool(ruw[0])),
    op="laatste",
    datums=("laatste",),
)
