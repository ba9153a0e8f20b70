"""Tables on the screen."""

from collections.abc import Iterable, Sequence

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
