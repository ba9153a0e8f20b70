"""Amounts as people write them in a flow: ``€ 363,00``, ``€ -24,45``. Elsewhere they are whole eurocents."""

from typing import Any

from ...standaard.getal import GeenGetal, lees_getal
from .waarden import WaardeFout

_EURO = "€"


def eurocent(waarde: Any) -> int | None:
    """The eurocents of a text with a euro sign; None of anything else. Raises ``WaardeFout`` when it is no amount."""
    if not isinstance(waarde, str) or _EURO not in waarde:
        return None
    try:
        return lees_getal(waarde).eurocent
    except GeenGetal:
        raise WaardeFout(f"{waarde} is geen bedrag.", 'Schrijf "€ 363,00", of "€ -24,45".') from None


def euro(bedrag: int) -> str:
    """Eurocents as ``€ 1.363,00``."""
    return f"€ {kaal(bedrag, '.')}"


def kaal(bedrag: int, duizend: str = "") -> str:
    """The same without the sign, as a file has it: ``1363,00``."""
    heel, cent = divmod(abs(bedrag), 100)
    return f"{'-' if bedrag < 0 else ''}{heel:,}".replace(",", duizend) + f",{cent:02}"
