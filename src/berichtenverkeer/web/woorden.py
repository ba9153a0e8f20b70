"""The words of docs/woorden.md, as data for a page."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..pakket import meegeleverd

_RIJ = re.compile(r"\| (?P<woord>.+?) \| (?P<betekenis>.+) \|")
_OPMAAK = re.compile(r"\[([^\]]*)\]\([^)]*\)|\*([^*]+)\*|`([^`]+)`")
_NIET = {"woord", "---"}


class Woord(NamedTuple):
    """A word and what it means here."""

    woord: str
    betekenis: str


@cache
def woorden() -> dict[str, tuple[Woord, ...]]:
    """The words by heading, in order."""
    tekst = (meegeleverd("docs") / "woorden.md").read_text(encoding="utf-8")
    delen = (deel.partition("\n") for deel in tekst.split("\n## ")[1:])
    return {kop: gevonden for kop, _, inhoud in delen if (gevonden := tuple(_van(inhoud)))}


def _van(inhoud: str) -> Iterator[Woord]:
    for rij in _RIJ.finditer(inhoud):
        if rij["woord"] not in _NIET and not rij["woord"].startswith("---"):
            yield Woord(_kaal(rij["woord"]), _kaal(rij["betekenis"]))


def _kaal(tekst: str) -> str:
    return _OPMAAK.sub(lambda stuk: next(deel for deel in stuk.groups() if deel), tekst)
