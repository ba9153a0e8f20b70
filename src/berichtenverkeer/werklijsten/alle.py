"""All work lists: every module of ``lijsten`` is one, so that adding one takes its module only."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from . import lijsten
from .lijst import Werklijst


def _lijst(module: str) -> Werklijst:
    lijst = import_module(f"{lijsten.__name__}.{module}").LIJST
    assert isinstance(lijst, Werklijst)
    return lijst


LIJSTEN: Mapping[str, Werklijst] = {
    lijst.naam: lijst for lijst in (_lijst(module.name) for module in iter_modules(lijsten.__path__))
}
"""Every work list by its name, in order of name."""

SAMEN = tuple((lijst, bron) for lijst in LIJSTEN.values() for bron in lijst.bronnen)
"""Where the rows of all lists come from, each with its list."""
