"""Ended by one side.

>>> proef(KPI, Feit(laatste=dag("2026-03-31"), domein="iwmo", gemeente="0855", reden="21"), "2026-01-01", "2026-03-31")
Meting(waarde=None, teller=1, noemer=1, apart=False)
"""

from ..kpi import Bron, Eenheid, Feit, Kpi, aandeel, dag, proef
from ..werk import eindigt

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "UITVAL",
    "Uitval",
    "Van de trajecten waarvan de laatste dag in de periode ligt: die met een reden uit de lijst (instellingen uitval-iwmo en uitval-ijw "
    "van de gemeente; anders 21 en 32: eenzijdig door de cliënt).",
    "Een traject dat eindigt zonder definitieve stop heeft geen reden en telt alleen in de noemer.",
    "CBS",
    Eenheid.AANDEEL,
    Bron.LAATSTE,
    telt=eindigt,
    ruw=lambda f, _: (f.domein, f.gemeente, f.reden),
    maat=lambda ruw, om: aandeel(ruw[2] in om.uitval(ruw[0], ruw[1])),
    op="laatste",
    datums=("laatste",),
)
