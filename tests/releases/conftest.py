"""Both releases are read; and a node that reads both."""

from collections.abc import Iterator

import pytest
from tests.conftest import MaakDatabase
from tests.knoop import Knoop, knoop
from tests.releases.drie_drie import NUMMER, RELEASE

from berichtenverkeer.standaard.release import RELEASES, ernaast, neem_op


@pytest.fixture(autouse=True)
def beide() -> Iterator[None]:
    """Both releases are read."""
    with ernaast(RELEASE):
        yield


@pytest.fixture
def k(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node that reads both; the second is still off."""
    with knoop(maak_database(), releases="tests.releases.drie_drie") as k:
        yield k
    if NUMMER not in RELEASES:
        neem_op(RELEASE)
