"""A database with parties, and what takes messages in without HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import pytest
from sqlalchemy import Engine
from tests.berichten import Dossier, gemeenten
from tests.conformance.gevallen import SCHEMAS
from tests.knoop import NU, meld_partijen_aan

from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.standaard.xml import MAX_BYTES
from berichtenverkeer.uitwisseling.inname import Aangeboden, Ontvangst, neem_aan, verwerk
from berichtenverkeer.uitwisseling.partijen import Partij, Register


@dataclass
class Balie:
    """Takes messages in on a database of its own."""

    engine: Engine
    register: Register
    _nummers: Iterator[int] = field(default_factory=count)

    def dossier(self) -> Dossier:
        """A client, gemeente and aanbieder that no other test has."""
        nummer = next(self._nummers)
        return Dossier(gemeenten()[nummer], str(98_000_000 + nummer))

    def aangeboden(self, data: bytes, nu: datetime = NU) -> Aangeboden:
        """A message from the party that its Header names as Afzender."""
        aangeboden = neem_aan(data, self.afzender(data), self.register, SCHEMAS, nu, MAX_BYTES)
        assert isinstance(aangeboden, Aangeboden)
        return aangeboden

    def afzender(self, data: bytes) -> Partij:
        """Who sends a message."""
        partij = self.register.partij(data.partition(b":Afzender>")[2].partition(b"<")[0].decode())
        assert partij is not None
        return partij

    def groep(self, *berichten: bytes) -> list[Ontvangst]:
        """Take messages in as one group."""
        aangeboden = [self.aangeboden(data) for data in berichten]
        with schrijvend(self.engine) as verbinding:
            return verwerk(verbinding, aangeboden, SCHEMAS)


@pytest.fixture(scope="module")
def balie(database_url: str) -> Iterator[Balie]:
    """Of this module, on both kinds of database."""
    engine = maak_engine(database_url)
    maak_gereed(engine)
    meld_partijen_aan(engine)
    yield Balie(engine, Register(engine))
    engine.dispose()
