"""What comes with the software besides its code."""

from pathlib import Path

_PAKKET = Path(__file__).parent


def meegeleverd(naam: str) -> Path:
    """A folder that comes along (``xsd``, ``migrations``, ``fixtures``, ``docs``): in the wheel, or in the checkout."""
    in_pakket = _PAKKET / naam
    return in_pakket if in_pakket.is_dir() else _PAKKET.parent.parent / naam
