"""Refused and still open: what is in ``afgewezen`` reckons which combinaties those are.

>>> KPI.maat((12500,), None)
Meting(waarde=12500, teller=None, noemer=None, apart=False)
"""

from ..kpi import Bron, Eenheid, Kpi, Meting

KPI = Kpi(
    "AFKEURBEDRAG",
    "Afgekeurd en nog open",
    "Eurocenten van wat op de laatste dag van de periode is afgewezen en nog open staat, naar leeftijd (0-30, 31-90 of 91+ dagen tot die dag): "
    "van iedere combinatie van toewijzing, periode en product (TR389) de debetregel die het laatst met een 325 is afgewezen.",
    "Is voor die combinatie op of na de dag van afwijzing een debetregel toegekend, of staat er een toegekend en niet gecrediteerd, dan staat "
    "er niets open. Wat met zijn hele declaratie werd afgekeurd telt niet mee.",
    "P",
    Eenheid.EUROCENT,
    Bron.AFKEUR,
    maat=lambda ruw, _: Meting(waarde=ruw[0]),
    op="peil",
    datums=("afgewezen",),
    eigen=("leeftijd",),
)
