"""Heenbericht to retour.

>>> proef(KPI, Feit(ontvangen=dag("2026-03-02"), antwoord=dag("2026-03-06")), "2026-01-01", "2026-03-31")
Meting(waarde=4, teller=0, noemer=1, apart=False)
"""

from ...levensloop.termijnen import RETOUR
from ..kpi import BERICHTEN, Bron, Eenheid, Feit, Kpi, Meting, dag, proef
from ..werk import binnen

__all__ = ["KPI", "Feit", "Meting", "dag", "proef"]

KPI = Kpi(
    "RESPONSETIJD",
    "Responsetijd",
    "Werkdagen van ontvangst van een heenbericht (geen 323) in de periode tot ontvangst van zijn retourbericht; de termijn is 3.",
    "Alleen van ontvangers die zelf oordelen: het knooppunt antwoordt voor anderen meteen. Wat nog geen retour heeft, telt niet mee.",
    "KD",
    Eenheid.WERKDAGEN,
    Bron.ANTWOORD,
    telt=lambda f, p, _: p.bevat(f.ontvangen),
    ruw=lambda f, _: (f.ontvangen, f.antwoord),
    maat=binnen(RETOUR.duur),
    datums=("ontvangen", "antwoord"),
    per=BERICHTEN,
    termijn=RETOUR.duur,
    verborgen=False,
)
