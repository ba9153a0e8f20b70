"""Numbers as a Dutch sentence has them."""

from .eenheid import Eenheid

_NAMEN: dict[str, tuple[str, str]] = {
    Eenheid.MINUUT: ("minuut", "minuten"),
    Eenheid.UUR: ("uur", "uur"),
    Eenheid.ETMAAL: ("etmaal", "etmalen"),
    Eenheid.DAGDEEL: ("dagdeel", "dagdelen"),
    Eenheid.STUKS_OUTPUT: ("stuk", "stuks"),
    Eenheid.STUKS_INSPANNING: ("stuk", "stuks"),
}
"""One and more of each Eenheid but euros; code list WJ756 has one of the two."""


def euro(eurocent: int) -> str:
    """An amount: ``1.234,56 euro``."""
    heel, cent = divmod(abs(eurocent), 100)
    return f"{'-' if eurocent < 0 else ''}{getal(heel)},{cent:02} euro"


def hoeveelheid(volume: int, eenheid: str) -> str:
    """A volume in its Eenheid: ``720 minuten``, ``1 etmaal``; in euros it is an amount."""
    return geteld(volume, *_NAMEN[eenheid]) if eenheid in _NAMEN else euro(volume)


def per(eenheid: str) -> str:
    """One of an Eenheid, as in a tariff: ``per uur``."""
    return f"per {_NAMEN[eenheid][0]}"


def geteld(aantal: int, een: str, meer: str) -> str:
    """So many of something: ``1 week``, ``4 weken``."""
    return f"{getal(aantal)} {een if aantal == 1 else meer}"


def getal(waarde: int) -> str:
    """A whole number with a point between thousands."""
    return f"{waarde:,}".replace(",", ".")
