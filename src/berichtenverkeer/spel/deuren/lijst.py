"""The lists of a node as a caller reads them: page by page, and on from where one was."""

from collections.abc import Mapping
from typing import Any

import httpx

from .deur import json_van

POSTVAK = "/v1/postvak/berichten"
"""Where the postvak of a party is, whatever door it uses."""

_PER = 1000
_PER_POSTVAK = 250


def lees_lijst(klant: httpx.Client, pad: str, vraag: Mapping[str, str] = {}, cursor: str = "gewijzigd_na") -> list[Any]:
    """All items of a list. ``cursor`` is how the place to go on from is called in the question. Raises ``DeurFout``."""
    return _lees(klant, pad, vraag, None, cursor, "limiet", _PER)[0]


def lees_postvak(klant: httpx.Client, vanaf: str) -> tuple[list[Any], str]:
    """What came into a postvak after this place, oldest first, and the place of the last. Raises ``DeurFout``."""
    items, laatste = _lees(klant, POSTVAK, {}, vanaf, "na", "limit", _PER_POSTVAK)
    return items, laatste or vanaf


def _lees(
    klant: httpx.Client, pad: str, vraag: Mapping[str, str], vanaf: str | None, cursor: str, limiet: str, per: int
) -> tuple[list[Any], str | None]:
    items: list[Any] = []
    while True:
        waar = {} if vanaf is None else {cursor: vanaf}
        bladzijde = json_van(klant.get(pad, params={**vraag, **waar, limiet: str(per)}))
        items += bladzijde["items"]
        vanaf = bladzijde["volgende"]
        if len(bladzijde["items"]) < per:
            return items, vanaf
