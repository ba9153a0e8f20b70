"""The node of these tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import MaakDatabase

from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.spel.doelen.proefknoop import proefknoop

collect_ignore_glob = ["*.flow.yaml"]
"""What the plugin would play: here the tests do."""


@pytest.fixture(scope="session")
def eigen(sqlite: MaakDatabase) -> Iterator[Eigen]:
    """A node in this process."""
    with proefknoop(Path(os.environ.get("BV_XSD_DIR") or meegeleverd("xsd")), sqlite()) as knoop:
        yield knoop
