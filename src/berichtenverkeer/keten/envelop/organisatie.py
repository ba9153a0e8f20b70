"""The value of ``organisatie`` in an envelope and of ``code`` in VSP: who a party is, by the form of its code.

Codes are text: a gemeentecode or AGB-code begins with a zero as often as not.
"""

import re

from ...standaard.berichtsoort import Ketenrol

VECOZO = "VECOZO"
IB = "IB"

LANDELIJK = frozenset({"CAK", "CBS", "SVB", "UWV", "VWS"})
"""Parties of the GGK that take no part in the messages of iWmo and iJw, by the name that is their code."""

_GEMEENTECODE = re.compile("[0-9]{4}")
_AGB = re.compile("[0-9]{8}")


def rol_van(code: str) -> Ketenrol | None:
    """The role of the party that this code can be of: four digits a gemeente, eight an aanbieder; None for neither."""
    if _GEMEENTECODE.fullmatch(code):
        return Ketenrol.GEMEENTE
    return Ketenrol.AANBIEDER if _AGB.fullmatch(code) else None


def is_adres(code: str) -> bool:
    """Whether an envelope can be addressed to this code; if not, the answer is StUF010."""
    return rol_van(code) is not None or code in LANDELIJK
