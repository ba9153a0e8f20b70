"""Commands in this process: what they set in the environment for processes of their own is gone afterwards, and what they keep for a
user is in a folder of the test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.inname.conftest import Balie
from tests.knoop import Knoop, knoop


@pytest.fixture(autouse=True)
def omgeving(tmp_path: Path) -> Iterator[None]:
    voor = dict(os.environ)
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path / "thuis")
    yield
    os.environ.clear()
    os.environ.update(voor)


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Knoop]:
    """A node in proefmodus, of this test."""
    with knoop(f"sqlite:///{tmp_path / 'proef.db'}", proefmodus=True) as k:
        yield k


@pytest.fixture
def leeg(k: Knoop) -> Balie:
    """What takes messages into that node without HTTP."""
    return Balie(k.engine, k.binnen.register)
