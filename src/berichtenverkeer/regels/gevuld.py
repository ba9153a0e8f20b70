"""The form of many conditions: an element is filled when it is asked for, and else left out."""

from collections.abc import Iterator

from ..standaard.berichten.onderdeel import Onderdeel
from .bevinding import Overtreding


def precies_als(
    gevraagd: bool,
    waarde: object | None,
    deel: Onderdeel,
    element: str,
    *,
    ontbreekt: tuple[str, str],
    overbodig: tuple[str, str],
) -> Iterator[Overtreding]:
    """``waarde`` is there exactly when it is ``gevraagd``. The two cases of fault give a melding and an advies."""
    if gevraagd != (waarde is not None):
        yield Overtreding(deel, element, *(ontbreekt if gevraagd else overbodig))
