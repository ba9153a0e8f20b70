"""Numbers as people and spreadsheets write them: ``12,5``, ``1.234,56``, ``€ 54,00``, ``50,-``, ``(50,00)``."""

import re
from decimal import Decimal
from typing import NamedTuple

_EURO = re.compile(r"€|eur(?:o'?s?)?\b", re.IGNORECASE)
_SPATIES = " '\u00a0\u2009\u202f"
"""What may stand between thousands besides a point or a comma: spaces of several widths, an apostrophe."""

_MIN = "-\u2212\u2013"
"""A hyphen, a minus, a dash."""

_LANGE_STREEP = "\u2014"
_ZONDER_CENTEN = re.compile(rf"[,.][{_MIN}{_LANGE_STREEP}]{{1,2}}$")
_LANGSTE = 40


class GeenGetal(ValueError):
    """The text is no number."""


class Dubbelzinnig(GeenGetal):
    """The text is two numbers: one point or comma before three digits is decimals or thousands.

    ``lezingen`` are both, the smaller first.
    """

    def __init__(self, lezingen: tuple[Decimal, Decimal]) -> None:
        super().__init__("a number that can be read in two ways")
        self.lezingen = lezingen


class Getal(NamedTuple):
    """A number, and what was written besides: a euro sign, decimals (be they zero)."""

    waarde: Decimal
    in_euro: bool
    met_decimalen: bool

    @property
    def is_heel(self) -> bool:
        """Whether nothing stands behind the comma but zeros."""
        return self.waarde == self.waarde.to_integral_value()

    @property
    def eurocent(self) -> int:
        """The number in eurocent when it is an amount in euros; half a cent goes up, away from zero (IV081)."""
        return afgerond(self.waarde * 100)


def lees_getal(tekst: str) -> Getal:
    """The number that a text is. A comma or a point before two digits or before any but three begins the decimals.

    Raises ``GeenGetal``, of which ``Dubbelzinnig`` for a text that can be read in two ways.
    """
    if len(tekst) > _LANGSTE:
        raise GeenGetal("too long for a number")
    kaal = _EURO.sub("", tekst).strip()
    in_euro = kaal != tekst.strip()
    negatief, kaal = _teken(kaal)
    zonder_centen = bool(_ZONDER_CENTEN.search(kaal))
    kaal = _ZONDER_CENTEN.sub("", kaal)
    heel, breuk = _delen(kaal, in_euro=in_euro or zonder_centen)
    waarde = Decimal(f"{heel}.{breuk}" if breuk else heel)
    return Getal(-waarde if negatief else waarde, in_euro, zonder_centen or bool(breuk))


def afgerond(waarde: Decimal) -> int:
    """To a whole number, a half away from zero."""
    grootte = int(abs(waarde) + Decimal("0.5"))
    return -grootte if waarde < 0 else grootte


def geschreven(waarde: Decimal) -> str:
    """A number with a comma and no needless zeros: ``12,5``."""
    tekst = f"{waarde:f}"
    return (tekst.rstrip("0").rstrip(".") if "." in tekst else tekst).replace(".", ",")


def _teken(tekst: str) -> tuple[bool, str]:
    """Whether it is below zero, and the text without that; a minus may stand behind it, or brackets around it."""
    if tekst.startswith("(") and tekst.endswith(")"):
        return True, tekst[1:-1].strip()
    if tekst[:1] in tuple(_MIN):
        return True, tekst[1:].strip()
    if tekst[-1:] in tuple(_MIN) and tekst[-2:-1].isdigit():
        return True, tekst[:-1].strip()
    return False, tekst.removeprefix("+").strip()


def _delen(tekst: str, *, in_euro: bool) -> tuple[str, str]:
    """The digits before and behind the decimal sign."""
    plat = "".join("'" if teken in _SPATIES else teken for teken in tekst)
    if not re.fullmatch(r"[0-9.,']*[0-9]", plat, re.ASCII):
        raise GeenGetal("not a number")
    soorten = {teken for teken in plat if teken in ".,'"}
    laatste = next((teken for teken in reversed(plat) if teken in ".,'"), "")
    heel, _, breuk = plat.rpartition(laatste) if laatste else (plat, "", "")
    if not laatste:
        return plat, ""
    if laatste != "'" and plat.count(laatste) == 1:
        if len(breuk) == 3 and soorten == {laatste} and re.fullmatch("[1-9][0-9]{0,2}", heel):
            if in_euro and laatste == ".":  # euros have no three decimals
                return heel + breuk, ""
            raise Dubbelzinnig((Decimal(f"{heel}.{breuk}"), Decimal(heel + breuk)))
        return _groepen(heel, soorten - {laatste}) or "0", breuk
    return _groepen(plat, soorten), ""


def _groepen(tekst: str, tekens: set[str]) -> str:
    """The digits of a number with one sign between its thousands."""
    if not tekens:
        return tekst
    teken = next(iter(tekens))
    if len(tekens) > 1 or not re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(teken)}[0-9]{{3}})+", tekst):
        raise GeenGetal("not a number")
    return tekst.replace(teken, "")
