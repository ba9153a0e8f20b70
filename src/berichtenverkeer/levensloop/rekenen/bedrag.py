"""Amounts and rounding (IV079, IV081). Whole numbers only; a half goes up, and is rounded once."""

from .eenheid import Eenheid, factor
from .tekst import euro, geteld, hoeveelheid, per
from .uitkomst import Rekenfout, Rekenuitkomst


def rond(teller: int, noemer: int) -> int:
    """``teller / noemer`` to a whole number, a half up; for numbers of zero and more."""
    return (2 * teller + noemer) // (2 * noemer)


def uren(minuten: int) -> Rekenuitkomst:
    """Minutes of one Prestatie as hours (IV079): first all added up, then rounded once; at least one hour.

    Nothing delivered is no hour (afgeleid: such a Prestatie is not declared).
    """
    heel, rest = divmod(minuten, 60)
    waarde = max(1, rond(minuten, 60)) if minuten else 0
    stap = f"{geteld(minuten, 'minuut', 'minuten')} is {heel} uur en {geteld(rest, 'minuut', 'minuten')}"
    if 0 < minuten < 30:
        return Rekenuitkomst(waarde, (f"{stap}; het minste is 1 uur.",))
    richting = "omhoog" if waarde > heel else "omlaag"
    return Rekenuitkomst(waarde, (f"{stap}, {richting} afgerond: {waarde} uur." if rest else f"{stap}.",))


def product_tarief(tarief: int, tarief_eenheid: str, eenheid: str) -> Rekenuitkomst:
    """ProductTarief in eurocent of what is declared in ``eenheid`` at a tariff per ``tarief_eenheid`` (IV081, TR418).

    An hour tariff declared in minutes is divided by 60; that one is in the message only to be seen. In euros there is none.
    Raises ``Rekenfout`` when the Eenheden do not fit.
    """
    if eenheid == Eenheid.EURO:
        return Rekenuitkomst(None, ("Bij eenheid euro's blijft ProductTarief leeg.",))
    deler = _deler(tarief_eenheid, eenheid)
    waarde = rond(tarief, deler)
    if deler == 1:
        return Rekenuitkomst(waarde, (f"Het tarief is {euro(tarief)} {per(eenheid)}.",))
    return Rekenuitkomst(
        waarde, (f"{euro(tarief)} {per(tarief_eenheid)} / {deler} = {euro(waarde)} {per(eenheid)}, afgerond.",)
    )


def ingediend_bedrag(volume: int, eenheid: str, tarief: int, tarief_eenheid: str) -> Rekenuitkomst:
    """IngediendBedrag in eurocent of this GeleverdVolume at a tariff per ``tarief_eenheid`` (IV081, TR346).

    An hour tariff is multiplied by the minutes before it is divided by 60. In euros the tariff does not count. Raises
    ``Rekenfout`` when the Eenheden do not fit.
    """
    if eenheid == Eenheid.EURO:
        return Rekenuitkomst(volume, (f"Bij eenheid euro's is het bedrag gelijk aan het volume: {euro(volume)}.",))
    deler = _deler(tarief_eenheid, eenheid)
    waarde = rond(tarief * volume, deler)
    som = f"{hoeveelheid(volume, eenheid)} × {euro(tarief)} {per(tarief_eenheid)}"
    if deler > 1:
        som += f" / {deler}"
    afgerond = ", afgerond op hele centen" if tarief * volume % deler else ""
    return Rekenuitkomst(waarde, (f"{som} = {euro(waarde)}{afgerond}.",))


def mogelijke_bedragen(minuten: int, minuuttarief: int) -> frozenset[int]:
    """Every IngediendBedrag that fits this rounded minute tariff, when the hour tariff behind it is not known (TR346)."""
    return frozenset(rond(uurtarief * minuten, 60) for uurtarief in uurtarieven(minuuttarief))


def uurtarieven(minuuttarief: int) -> range:
    """Every hour tariff in eurocent that is this one when it is rounded to a minute (IV081)."""
    return range(max(0, 60 * minuuttarief - 30), 60 * minuuttarief + 30)


def _deler(tarief_eenheid: str, eenheid: str) -> int:
    deler = factor(tarief_eenheid, eenheid)
    if deler is None:
        raise Rekenfout(f"Met een tarief {per(tarief_eenheid)} is een volume in deze eenheid niet te rekenen (TR341).")
    return deler
