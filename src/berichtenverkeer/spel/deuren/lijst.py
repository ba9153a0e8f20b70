"""The lists of a node as a caller reads them: page by page, and on from where one was."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from .deur import json_van

POSTVAK = "/v1/postvak/berichten"
"""Where the postvak of a party is, whatever door it uses."""

_PER = 1000
_PER_POSTVAK = 250


def lees_lijst(klant: httpx.Client, pad: str, vraag: Mapping[str, str] = {}, cursor: str = "gewijzigd_na") -> list[Any]:
    """All items of a list. ``cursor`` is how the place to go on from is called in the question. Raises ``DeurFout``."""
    return [item for items in lees_bladzijden(klant, pad, vraag, cursor) for item in items]


def lees_bladzijden(
    klant: httpx.Client, pad: str, vraag: Mapping[str, str] = {}, cursor: str = "gewijzigd_na"
) -> Iterator[list[Any]]:
    """The same a page at a time, as they come."""
    return (items for items, _ in _lees(klant, pad, vraag, None, cursor, "limiet", _PER))


def lees_postvak(klant: httpx.Client, vanaf: str, wacht: float = 0) -> tuple[list[Any], str]:
    """What came into a postvak after this place, oldest first, and the place of the last. ``wacht``: how many seconds to wait when
    there is nothing. Raises ``DeurFout``."""
    items: list[Any] = []
    vraag = {"wacht": f"{wacht:g}"} if wacht else {}
    for bladzijde, plek in _lees(klant, POSTVAK, vraag, vanaf, "na", "limit", _PER_POSTVAK):
        items += bladzijde
        vanaf = plek
    return items, vanaf


def _lees(
    klant: httpx.Client, pad: str, vraag: Mapping[str, str], vanaf: str | None, cursor: str, limiet: str, per: int
) -> Iterator[tuple[list[Any], str]]:
    """Every page, and the place after it."""
    while True:
        waar = {} if vanaf is None else {cursor: vanaf}
        bladzijde = json_van(klant.get(pad, params={**vraag, **waar, limiet: str(per)}))
        vanaf = str(bladzijde["volgende"])
        yield bladzijde["items"], vanaf
        if len(bladzijde["items"]) < per:
            return


def zoek_bladzijden(klant: httpx.Client, pad: str, filters: Mapping[str, str]) -> Iterator[list[Any]]:
    """The items of a list that pass these filters, by their names without capitals, a page at a time. Raises ``DeurFout``."""
    return lees_bladzijden(klant, pad, filters)
