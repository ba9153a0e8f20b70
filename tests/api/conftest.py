"""A node for all of these tests, on each kind of database, and a pair of parties a test."""

from collections.abc import Iterator

import pytest
from tests.conftest import MaakDatabase
from tests.knoop import Knoop, Paar, controleer_database, knoop


@pytest.fixture(scope="session")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node in proefmodus. What it holds after all that was sent to it is checked in the end."""
    with knoop(maak_database(), proefmodus=True) as k:
        yield k
        controleer_database(k.engine)


@pytest.fixture
def paar(node: Knoop) -> Paar:
    """A gemeente and an aanbieder of this test."""
    return node.paar()


@pytest.fixture(scope="session")
def bezoeker(node: Knoop) -> Paar:
    """A pair for tests after which there is nothing to be found."""
    return node.paar()
