"""Used of the room agreed.

>>> KPI.maat((70, 100), None)
Meting(waarde=None, teller=70, noemer=100, apart=False)
"""

from ..kpi import HOOFDAANNEMER, Bron, Eenheid, Kpi, Meting

SIGNAAL_VANAF = 7, 10
"""The part of the lumpsum from which there is a signaal: as teller and noemer."""

KPI = Kpi(
    "BESTEDINGSRUIMTE",
    "Bestedingsruimte",
    "Wat is toegekend op productperioden die beginnen in het jaar van de laatste dag van de periode, tot en met die dag, gedeeld door de "
    "lumpsum van dat jaar; met een signaal vanaf 0,70.",
    "Zonder lumpsum is er geen aandeel.",
    "CS 1.5.7",
    Eenheid.AANDEEL,
    Bron.LUMPSUM,
    maat=lambda ruw, _: Meting(teller=ruw[0], noemer=ruw[1]),
    datums=("begin",),
    per=("gemeente", "segment"),
    voor=HOOFDAANNEMER,
    verborgen=False,
    extra=("signaal",),
)
