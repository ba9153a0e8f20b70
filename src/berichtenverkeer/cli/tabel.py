"""Tables on the screen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import typer

from .knooppunt import toon_json

_BREED = 160
"""Columns where there is no screen to be as wide as."""


def toon_tabel(koppen: Sequence[str], rijen: Iterable[Iterable[str]]) -> None:
    """A table. What stands in it is shown as it is: others may have written it."""
    from rich.console import Console
    from rich.table import Table

    tabel = Table(*koppen, box=None, pad_edge=False)
    for rij in rijen:
        tabel.add_row(*rij)
    breed = None if Console().is_terminal else _BREED
    Console(width=breed, markup=False, highlight=False, emoji=False).print(tabel)


def toon_lijst(
    items: Sequence[Any], koppen: Sequence[str], rij: Callable[[Mapping[str, Any]], Iterable[str]], als_json: bool
) -> None:
    """A list that the node gave: as JSON an item a line, else as a table with ``rij`` of each."""
    if als_json:
        for item in items:
            toon_json(item)
    elif items:
        toon_tabel(koppen, map(rij, items))
    else:
        typer.echo("Er is niets.")
