"""A node a module, and a pair of parties a test."""

from collections.abc import Iterator

import pytest
from tests.knoop import Knoop, Paar, controleer_database, knoop


@pytest.fixture(scope="module")
def node(database_url: str) -> Iterator[Knoop]:
    """A node of this module, in proefmodus; what it holds in the end is checked."""
    with knoop(database_url, proefmodus=True) as k:
        yield k
        controleer_database(k.engine)


@pytest.fixture
def paar(node: Knoop) -> Paar:
    """A gemeente and an aanbieder of this test."""
    return node.paar()
