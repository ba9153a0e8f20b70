"""Request to answer.

>>> proef(KPI, Feit(ingediend=dag("2026-03-06"), beantwoord=dag("2026-03-07")), "2026-01-01", "2026-03-31")
Meting(waarde=1, teller=1, noemer=1, apart=False)
"""

from ...levensloop.termijnen import VOT
from ..kpi import BERICHTEN, Bron, Eenheid, Feit, Kpi, Meting, dag, proef
from ..werk import binnen

__all__ = ["KPI", "Feit", "Meting", "dag", "proef"]

KPI = Kpi(
    "DOORLOOPTIJD_VERZOEK",
    "Doorlooptijd van een verzoek",
    "Werkdagen van ontvangst van het 315 of 317 tot het eerste antwoord (een 319, ook in onderzoek, of een 301 met de referentie), "
    "van de verzoeken waarvan dat antwoord in de periode binnenkwam; de termijn is 5.",
    "Van een 315 telt ieder product apart. Een verzoek zonder antwoord telt niet mee.",
    "KD",
    Eenheid.WERKDAGEN,
    Bron.VERZOEK,
    telt=lambda f, p, _: p.bevat(f.beantwoord),
    ruw=lambda f, _: (f.ingediend, f.beantwoord),
    maat=binnen(VOT.duur),
    datums=("ingediend", "beantwoord"),
    per=BERICHTEN,
    termijn=VOT.duur,
)
