"""The lists of a node as a caller reads them: page by page, and on from where one was."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
from pydantic.alias_generators import to_camel

from .deur import json_van

POSTVAK = "/v1/postvak/berichten"
"""Where the postvak of a party is, whatever door it uses."""

_PER = 1000
_PER_POSTVAK = 250


def lees_lijst(klant: httpx.Client, pad: str, vraag: Mapping[str, str] = {}, cursor: str = "gewijzigdNa") -> list[Any]:
    """All items of a list. ``cursor`` is how the place to go on from is called in the question. Raises ``DeurFout``."""
    return [item for items in lees_bladzijden(klant, pad, vraag, cursor) for item in items]


def lees_bladzijden(
    klant: httpx.Client, pad: str, vraag: Mapping[str, str] = {}, cursor: str = "gewijzigdNa"
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


def zoek_bladzijden(klant: httpx.Client, pad: str, filters: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The items of a list that pass these filters, by their names without capitals, a page at a time. What is asked about a client does
    not stand in an address. Raises ``DeurFout``."""
    vraag = {to_camel(naam): waarde for naam, waarde in filters.items()}
    if "bsn" not in vraag:
        yield from lees_bladzijden(klant, pad, vraag)
        return
    waar: dict[str, str] = {}
    while True:
        bladzijde = json_van(klant.post(f"{pad}/zoeken", json={**vraag, **waar, "limiet": _PER}))
        yield bladzijde["items"]
        if len(bladzijde["items"]) < _PER:
            return
        waar = {"gewijzigdNa": bladzijde["volgende"]}
