"""The Eenheden and Frequenties that volumes are counted in, and which Eenheid goes into which (TR341)."""

from enum import StrEnum


class Eenheid(StrEnum):
    """Code list WJ756. A volume in euros is in eurocent (IV042)."""

    MINUUT = "01"
    UUR = "04"
    ETMAAL = "14"
    DAGDEEL = "16"
    STUKS_OUTPUT = "82"
    EURO = "83"
    STUKS_INSPANNING = "84"


class Frequentie(StrEnum):
    """Code list WMO757: what the Volume of an Omvang is for."""

    PER_DAG = "1"
    PER_WEEK = "2"
    PER_MAAND = "4"
    TOTAAL = "6"


def factor(van: str, naar: str) -> int | None:
    """How many ``naar`` go into one ``van``: what is assigned in ``van`` may be declared in ``naar`` (TR341).

    Hours may be declared in minutes; for the rest only the same Eenheid fits. None when it does not fit.
    """
    if van == naar:
        return 1
    return 60 if (van, naar) == (Eenheid.UUR, Eenheid.MINUUT) else None
