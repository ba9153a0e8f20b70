"""Used of what was assigned. What may be declared over the run is reckoned in ``looptijdwaarde``.

>>> KPI.maat((750, 1000), None)
Meting(waarde=None, teller=750, noemer=1000, apart=False)
>>> KPI.maat((750, None), None).apart
True
"""

from ..kpi import Bron, Eenheid, Kpi, Meting

KPI = Kpi(
    "VERZILVERING",
    "Verzilvering",
    "Wat in eurocent is toegekend, credits eraf, gedeeld door wat er over de looptijd hoogstens gedeclareerd mag worden (het Budget, een "
    "volume in euro, of volume maal tarief op de Ingangsdatum), van de toewijzingen met zo een maximum waarvan de Einddatum in de periode ligt.",
    "Toewijzingen waarvan het tarief niet bekend is, tellen niet mee en staan in apart. Wie later declareert, verandert eerdere cijfers.",
    "RM",
    Eenheid.AANDEEL,
    Bron.LOOPTIJD,
    maat=lambda ruw, _: Meting(apart=True) if ruw[1] is None else Meting(teller=ruw[0], noemer=ruw[1]),
    op="einde",
    datums=("ingang", "einde"),
    extra=("apart",),
)
