"""How the demonstration writes tables, days and states."""

from datetime import date, datetime

from rich.box import SIMPLE_HEAD
from rich.table import Table

WET = {"iwmo": "iWmo", "ijw": "iJw"}


def maak_tabel(titel: str) -> Table:
    """A table as wide as the screen."""
    return Table(title=titel, title_justify="left", title_style="bold", box=SIMPLE_HEAD, expand=True, pad_edge=False)


def leesbaar(toestand: str) -> str:
    """A state in words."""
    return toestand.replace("_", " ")


def dag(moment: date | datetime) -> str:
    """A day in full."""
    return f"{moment:%d-%m-%Y}"


def kort(dag_: str | None) -> str:
    """A day as the node writes it, short; without one it is open."""
    return f"{date.fromisoformat(dag_):%d-%m-%y}" if dag_ else "open"
