"""Steering figures in words: their numbers in their unit, and what their keys and the values of these are called."""

from collections.abc import Callable, Mapping

from ...levensloop.rekenen.tekst import getal as heel_getal
from ...standaard.codelijst import REDEN_BEEINDIGING, codelijst
from ...stuurinformatie.kpi import Eenheid
from ...stuurinformatie.tijd import KWARTAAL, MAAND
from .. import opmaak

Partijnaam = Callable[[str], str]

_TITELS = {
    "domein": "Wet", "form": "Hulpvorm", "berichtsoort": "Soort bericht", "leeftijd": "Dagen geleden", "regel": "Regel of retourcode",
}  # fmt: skip
"""What keys are called on a page whose name does not say it to everyone."""

_LEEG = {"partner": "geen partner", "segment": "geen segment", "product": "alleen de hulpvorm", "reden": "zonder stop"}
"""What is read where a key has no value; elsewhere it is not known."""

_CODES: Mapping[str, tuple[str, str]] = {
    "form": ("WMO020", "JZ020"),
    "reden": (REDEN_BEEINDIGING["iwmo"], REDEN_BEEINDIGING["ijw"]),
}
"""The code list of a key, for each law."""


def lang(eenheid: Eenheid, waarde: float | None) -> str:
    """A number in its unit."""
    if waarde is None:
        return "geen"
    if eenheid not in (Eenheid.DAGEN, Eenheid.WERKDAGEN):
        return kort(eenheid, waarde)
    return f"{getal(waarde)}{opmaak.VAST}{str(eenheid).removesuffix('en') if waarde == 1 else eenheid}"


def kort(eenheid: Eenheid, waarde: float) -> str:
    """A number without its unit, but for what is always with it."""
    if eenheid is Eenheid.EUROCENT:
        return str(opmaak.geld(round(waarde)))
    if eenheid is Eenheid.AANDEEL:
        return procent(waarde)
    return getal(waarde)


def procent(deel: float) -> str:
    """A part of one as a percentage."""
    return f"{getal(round(100 * deel, 1))}{opmaak.VAST}%"


def getal(waarde: float) -> str:
    """A number as it is written in Dutch, with two decimals at most.

    >>> getal(12345.5), getal(-0.25), getal(3)
    ('12.345,5', '-0,25', '3')
    """
    waarde = round(waarde, 2)
    heel = int(waarde)
    rest = f"{abs(waarde - heel):.2f}"[1:].rstrip("0").replace(".", ",")
    return f"{'-' if waarde < 0 and not heel else ''}{heel_getal(heel)}{rest if len(rest) > 1 else ''}"


def titel_van(naam: str) -> str:
    """What a key is called."""
    return _TITELS.get(naam, naam.capitalize())


def benoem(naam: str, waarde: str | None, naam_van: Partijnaam) -> str:
    """A value of a key as one reads it."""
    if waarde is None:
        return _LEEG.get(naam, "niet bekend")
    if naam in ("gemeente", "aanbieder", "partner", "afzender"):
        heet = naam_van(waarde)
        return heet if heet == waarde else f"{heet} ({waarde})"
    if naam == MAAND:
        return opmaak.maand(waarde)
    if naam == KWARTAAL:
        jaar, _, nummer = waarde.partition("-Q")
        return f"{nummer}e kwartaal {jaar}"
    if naam in _CODES:
        return f"{waarde} {_betekenis(naam, waarde)}".strip()
    return str(opmaak.woord(waarde))


def _betekenis(naam: str, code: str) -> str:
    for lijst, domein in zip(_CODES[naam], ("iwmo", "ijw"), strict=True):
        codes = codelijst(lijst, domein)
        if code in codes:
            return codes.label(code)
    return ""
