"""Why refused. Findings with ernst signaal refuse nothing, and are left out (keuze).

>>> proef(KPI, Feit(ontvangen=dag("2026-03-02"), regel="TR019"), "2026-01-01", "2026-03-31").waarde
1
"""

from ..kpi import BERICHTEN, Bron, Eenheid, Feit, Kpi, dag, proef

__all__ = ["KPI", "Feit", "dag", "proef"]

KPI = Kpi(
    "AFKEUR_REDEN",
    "Reden van afkeur",
    "Bevindingen op de heenberichten die in de periode binnenkwamen en zijn afgekeurd of deels goedgekeurd, naar regel; RETOUR is een code "
    "van een ontvanger die zelf oordeelt.",
    "Een bericht met drie bevindingen telt drie keer. Een signaal keurt niets af en telt niet mee.",
    "P",
    Eenheid.AANTAL,
    Bron.BEVINDING,
    telt=lambda f, p, _: p.bevat(f.ontvangen),
    datums=("ontvangen",),
    per=BERICHTEN,
    eigen=("regel",),
    verborgen=False,
)
