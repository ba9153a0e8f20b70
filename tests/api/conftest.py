"""A node for all of these tests, on each kind of database, and a pair of parties a test."""

from collections.abc import Iterator

import pytest
from tests.conftest import MaakDatabase
from tests.ggk import ALLEEN_JW, ALLEEN_WMO, NUL_AGB
from tests.knoop import NU, Knoop, Paar, controleer_database, knoop

from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.partijen import partijen


@pytest.fixture(scope="session")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node in proefmodus. What it holds after all that was sent to it is checked in the end: without gaps in its numbers,
    for a declaratie that a worker judges is larger than these tests send."""
    with knoop(maak_database.gereed(), proefmodus=True, direct_tot_bytes=100_000) as k:
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


@pytest.fixture(scope="session")
def ggk(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node at which every gemeente judges what it receives, with a low limit, and parties for one law only."""
    with knoop(maak_database.gereed(), proefmodus=True, max_bytes=100_000) as k:
        k.laat_oordelen("gemeente")
        with schrijvend(k.engine) as verbinding:
            for nummer, wet in ((ALLEEN_WMO, "wmo"), (ALLEEN_JW, "jw")):
                partijen.zet(verbinding, k.paar(nummer).agb, wetten=wet)
            partijen.zet(verbinding, k.paar(ALLEEN_JW).gemeentecode, wetten="jw")
            partijen.voeg_toe(verbinding, NUL_AGB, "aanbieder", "Partij met een nul", NU)
            k.tokens[NUL_AGB] = f"token-van-{NUL_AGB}"
            partijen.geef_token(verbinding, NUL_AGB, k.tokens[NUL_AGB], NU)
        k.binnen.register.kijk()
        yield k
        controleer_database(k.engine)
