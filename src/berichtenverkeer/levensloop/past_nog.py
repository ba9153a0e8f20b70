"""Whether what was declared fits its toewijzing as that is now: a toewijzing may change after it was declared on."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from .rekenen.eenheid import factor
from .rekenen.kader import Kader
from .rekenen.maximum import maximum_periode, omgerekend
from .rekenen.periode import maand
from .rekenen.tekst import hoeveelheid

BUITEN = ("TR384", "IV084")
"""What these say of a line leaves nothing of it to declare anew."""


class Gedeclareerd(Protocol):
    """A debetregel: its ProductPeriode, its product and its volume."""

    @property
    def begin(self) -> date: ...
    @property
    def eind(self) -> date: ...
    @property
    def categorie(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def volume(self) -> int: ...
    @property
    def eenheid(self) -> str: ...


def past_niet(regel: Gedeclareerd, kader: Kader, code: str | None, *, verwijderd: bool) -> Iterator[tuple[str, str]]:
    """The rules that a debetregel would break on a toewijzing with this frame and product code, each with what is wrong in a
    Dutch clause. What the other lines on it come to does not count here (TR322, TR369)."""
    if verwijderd:
        yield "TR384", "die is verwijderd"
        return
    periode = kader.productperiode(maand(regel.begin))
    if periode is None:
        yield "IV084", "die loopt in deze maand niet meer"
        return
    if periode.begin != regel.begin:
        yield "TR307" if regel.begin < periode.begin else "TR387", f"de ProductPeriode begint nu op {periode.begin}"
    if periode.eind != regel.eind:
        yield "TR308" if regel.eind > periode.eind else "TR388", f"de ProductPeriode eindigt nu op {periode.eind}"
    if kader.categorie not in (None, regel.categorie):
        yield "TR339", f"de categorie is nu {kader.categorie}"
    if code not in (None, regel.code):
        yield "TR340", f"de productcode is nu {code}"
    if kader.omvang is None:
        return
    if factor(kader.omvang.Eenheid, regel.eenheid) is None:
        yield "TR341", f"de eenheid is nu {kader.omvang.Eenheid}"
        return
    meeste = omgerekend(maximum_periode(kader, periode), kader.omvang.Eenheid, regel.eenheid).waarde
    if meeste is not None and regel.volume > meeste:
        yield "TR321", f"in deze periode mag nu hoogstens {hoeveelheid(meeste, regel.eenheid)}"
