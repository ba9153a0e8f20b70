"""The examples in the docstrings of figures hold."""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest

from berichtenverkeer import opslag, rapportage, stuurinformatie
from berichtenverkeer.stuurinformatie.catalogus import KPIS


def _modules(pakket: ModuleType) -> Iterator[str]:
    for een in pkgutil.walk_packages(pakket.__path__, f"{pakket.__name__}."):
        if not een.name.startswith(f"{opslag.__name__}.") or een.name.startswith(f"{opslag.__name__}.stuur"):
            yield een.name


MODULES = [naam for pakket in (stuurinformatie, rapportage, opslag) for naam in _modules(pakket)]


@pytest.mark.parametrize("naam", MODULES)
def test_the_examples_hold(naam: str) -> None:
    assert doctest.testmod(importlib.import_module(naam)).failed == 0


@pytest.mark.parametrize("code", KPIS)
def test_every_figure_has_one(code: str) -> None:
    module = importlib.import_module(f"{stuurinformatie.__name__}.kpis.{code.lower()}")
    assert doctest.testmod(module).attempted > 0
