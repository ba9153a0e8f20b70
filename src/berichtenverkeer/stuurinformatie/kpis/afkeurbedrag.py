"""Refused and still open: what is in ``afgewezen`` reckons which combinaties those are.

>>> KPI.maat((12500,), None)
Meting(waarde=12500, teller=None, noemer=None, apart=False)
"""

from ..kpi import Bron, Eenheid, Kpi, Meting

KPI = Kpi(
    "AFKEURBEDRAG",
    "Afgekeurd en nog open",
    "Eurocenten van wat is afgewezen en niet daarna toegekend, naar leeftijd in dagen tot de laatste dag van de periode: van iedere "
    "combinatie van toewijzing, periode en product (TR389) de debetregel die het laatst is afgewezen.",
    "Wat met zijn hele declaratie werd afgekeurd telt niet mee, noch wat voor die combinatie al is toegekend en niet gecrediteerd.",
    "P",
    Eenheid.EUROCENT,
    Bron.AFKEUR,
    maat=lambda ruw, _: Meting(waarde=ruw[0]),
    op="peil",
    datums=("afgewezen",),
    eigen=("leeftijd",),
)
