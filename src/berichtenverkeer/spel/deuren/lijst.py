"""The lists of a node as a caller reads them: page by page, and on from where one was."""

from collections.abc import Callable, Iterator, Mapping
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


def lees_postvak(
    klant: httpx.Client, vanaf: str, wacht: float = 0, *, meldingen: bool = False
) -> tuple[list[Any], str]:
    """The messages that came into a postvak after this place, oldest first, and the place of the last; with ``meldingen`` also what a
    partner is told of inzetten. ``wacht``: how many seconds to wait when there is nothing. Raises ``DeurFout``."""
    items: list[Any] = []
    vraag = {"wacht": f"{wacht:g}"} if wacht else {}
    for bladzijde, plek in _lees(klant, POSTVAK, vraag, vanaf, "na", "limit", _PER_POSTVAK):
        items += (item for item in bladzijde if meldingen or "inzet" not in item)
        vanaf = plek
    return items, vanaf


def zoek_bladzijden(klant: httpx.Client, pad: str, filters: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The items of a list that pass these filters (as Python spells them), a page at a time. What is asked goes in the body, for a Bsn
    never stands in an address. Raises ``DeurFout``."""
    gevraagd = {"limiet": _PER} | {to_camel(naam): waarde for naam, waarde in filters.items()}
    bladzijden = _door(lambda waar: klant.post(f"{pad}/zoeken", json={**gevraagd, **waar}), None, "gewijzigdNa", _PER)
    return (items for items, _ in bladzijden)


def _lees(
    klant: httpx.Client, pad: str, vraag: Mapping[str, str], vanaf: str | None, cursor: str, limiet: str, per: int
) -> Iterator[tuple[list[Any], str]]:
    """Every page, and the place after it."""
    return _door(lambda waar: klant.get(pad, params={**vraag, **waar, limiet: str(per)}), vanaf, cursor, per)


def _door(
    vraag: Callable[[Mapping[str, str]], httpx.Response], vanaf: str | None, cursor: str, per: int
) -> Iterator[tuple[list[Any], str]]:
    """Every page, asked with the place after the one before, until one is not full."""
    while True:
        bladzijde = json_van(vraag({} if vanaf is None else {cursor: vanaf}))
        vanaf = str(bladzijde["volgende"])
        yield bladzijde["items"], vanaf
        if len(bladzijde["items"]) < per:
            return
