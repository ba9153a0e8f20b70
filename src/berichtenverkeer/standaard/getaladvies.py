"""What to fill in for an amount or a volume that is no whole number of zero or more (IV042, IV079, IV081, IV091).

The advice names the right number: eurocent for an amount, minutes or whole hours for hours, DebetCredit C for what is below
zero. A number of more digits than any such element holds is not repeated: it may be something else, such as a Bsn.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from lxml import etree

from .getal import Dubbelzinnig, GeenGetal, Getal, afgerond, geschreven, lees_getal

_MEESTE = 99_999_999
_MINUUT, _UUR, _EURO = "01", "04", "83"
_NAMEN = {"14": "etmalen", "16": "dagdelen", "82": "stuks", "84": "stuks"}


def getaladvies(element: etree._Element, naam: str) -> str | None:
    """What to fill in for the text of this element; None when it is no amount or volume, is no number, or is written well."""
    tekst = (element.text or "").strip()
    maak = _ADVIEZEN.get(naam)
    if maak is None or tekst.removeprefix("+").isdecimal():
        return None
    try:
        getal = lees_getal(tekst)
    except Dubbelzinnig as fout:
        klein, groot = fout.lezingen
        return (
            f"{tekst} kan {geschreven(klein)} zijn of {geschreven(groot)}; schrijf het zonder punt of komma. "
            f"{geschreven(klein)}: {_klein(maak(element, Getal(klein, False, True)))} "
            f"{geschreven(groot)}: {_klein(maak(element, Getal(groot, False, True)))}"
        )
    except GeenGetal:
        return None
    return maak(element, getal) if abs(getal.waarde) <= _MEESTE else None


def _klein(zin: str) -> str:
    return zin[0].lower() + zin[1:]


def _bedrag(element: etree._Element, getal: Getal) -> str:
    """An amount with DebetCredit beside it."""
    cent = _eurocent(getal)
    if getal.waarde >= 0:
        return cent
    if _naast(element, "DebetCredit") == "C":
        return f"{cent} DebetCredit C zegt al dat het een creditbedrag is."
    zin = f"{cent} Zet DebetCredit op C (credit): een bedrag heeft zelf geen minteken."
    if element.tag.endswith("}Bedrag"):
        zin += " Een creditregel heeft in VorigReferentieNummer de regel die zij crediteert."
    return zin


def _tarief(element: etree._Element, getal: Getal) -> str:
    cent = _eurocent(getal)
    return cent if getal.waarde >= 0 else f"{cent} Een tarief is nooit negatief; credit staat in DebetCredit."


def _budget(element: etree._Element, getal: Getal) -> str:
    if getal.waarde < 0:
        return "Een budget is nooit negatief. Verlaagt u het, vul dan het nieuwe hele budget in eurocenten."
    return _eurocent(getal)


def _eurocent(getal: Getal) -> str:
    """How an amount is written; bare whole digits are eurocent already."""
    grootte = abs(getal.waarde)
    if not (getal.in_euro or getal.met_decimalen):
        return f"Vul {geschreven(grootte)}, in hele eurocenten."
    cent = afgerond(grootte * 100)
    afgerond_op = ", rekenkundig afgerond" if grootte * 100 != cent else ""
    return f"Schrijf hele eurocenten, zonder punt, komma of euroteken: vul {cent} voor {_euro(cent)} euro{afgerond_op}."


def _euro(cent: int) -> str:
    return f"{cent // 100},{cent % 100:02}"


def _geleverd(element: etree._Element, getal: Getal) -> str:
    """The volume of a Prestatie."""
    if getal.waarde < 0:
        return (
            "Een volume is nooit negatief. Neem terug met een creditregel: een kopie van de debetregel met DebetCredit C "
            "(IV091)."
        )
    if _naast(element, "Eenheid") == _UUR and not getal.is_heel:
        minuten = afgerond(getal.waarde * 60)
        uren = max(1, afgerond(Decimal(minuten) / 60))
        return (
            f"{geschreven(getal.waarde)} uur is {minuten} minuten: vul {minuten} met Eenheid 01 en als ProductTarief het uurtarief / "
            f"60, of rond af op hele uren: {uren} (IV079). Reken daarna het bedrag opnieuw uit."
        )
    return _volume(element, getal)


def _toegewezen(element: etree._Element, getal: Getal) -> str:
    """The volume of an Omvang."""
    if getal.waarde < 0:
        return "Een volume is nooit negatief. Verlaagt u het, vul dan het nieuwe hele volume."
    if _naast(element, "Eenheid") == _UUR and not getal.is_heel:
        minuten = afgerond(getal.waarde * 60)
        return f"{geschreven(getal.waarde)} uur is {minuten} minuten: vul {minuten} met Eenheid 01."
    return _volume(element, getal)


def _volume(element: etree._Element, getal: Getal) -> str:
    """A volume that is no hours in decimals."""
    eenheid = _naast(element, "Eenheid")
    if eenheid == _EURO:
        return _eurocent(getal)
    if getal.is_heel:
        return f"Vul {geschreven(getal.waarde)}, alleen cijfers."
    if eenheid == _MINUUT:
        minuten = afgerond(getal.waarde * 60)
        return f"Vul hele minuten. Zijn het uren, dan is {geschreven(getal.waarde)} uur {minuten} minuten."
    if eenheid in _NAMEN:
        return f"Vul een geheel aantal {_NAMEN[eenheid]}; een deel van een eenheid is er niet (IV042)."
    return "Vul een geheel getal: uren met decimalen als minuten (Eenheid 01), euro's als eurocenten (IV042)."


def _naast(element: etree._Element, naam: str) -> str | None:
    """The text of the element beside this one."""
    ouder = element.getparent()
    ander = ouder.find(f"{{*}}{naam}") if ouder is not None else None
    return (ander.text or "").strip() if ander is not None else None


_ADVIEZEN: Mapping[str, Callable[[etree._Element, Getal], str]] = {
    "Bedrag": _bedrag,
    "TotaalBedrag": _bedrag,
    "ProductTarief": _tarief,
    "Budget": _budget,
    "GeleverdVolume": _geleverd,
    "Volume": _toegewezen,
}
