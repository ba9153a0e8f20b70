"""What the standard says, as facts that every test can hold our software against: elements, rules and terms, without its sentences.

``python -m tests.feiten`` makes them again from the tables of the standard, which lie beside the repository of who has them.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

MAP = Path(__file__).parent
BRON = MAP.parents[2] / "shared" / "standaard"
"""The tables of the standard."""


def rijen(naam: str) -> Iterator[dict[str, str]]:
    """The rows of one of the tables here: ``regels`` or ``werkregels``."""
    with (MAP / f"{naam}.csv").open(encoding="utf-8", newline="") as tekst:
        yield from csv.DictReader(tekst, delimiter=";")


def elementen(domein: str) -> list[str]:
    """Every element of every message of a law, in order, one a line: message, path, how often, and what its text may be."""
    return (MAP / f"elementen-{domein}.txt").read_text(encoding="utf-8").splitlines()


def bestanden() -> dict[str, str]:
    """The files as they follow from the tables of the standard."""
    from .bron import elementen_van, regels, werkregels

    return {
        "regels.csv": regels(),
        "werkregels.csv": werkregels(),
        **{f"elementen-{domein}.txt": elementen_van(domein) for domein in ("iwmo", "ijw")},
    }
