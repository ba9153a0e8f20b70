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

from berichtenverkeer.inname.aanname import Aangeboden, neem_aan
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.inname.ontvangst import Ontvangst, Uitkomst
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.partijen.partij import Partij
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.standaard.xml import MAX_BYTES


@dataclass
class Balie:
    """Takes messages in on a database of its own."""

    engine: Engine
    register: Register
    contract: Contract = field(default_factory=Contract)
    _nummers: Iterator[int] = field(default_factory=count)

    def dossier(self) -> Dossier:
        """A client, gemeente and aanbieder that no other test has."""
        nummer = next(self._nummers)
        return Dossier(gemeenten()[nummer], str(98_000_000 + nummer))

    def aangeboden(self, data: bytes, nu: datetime = NU) -> Aangeboden:
        """A message from the party that its Header names as Afzender."""
        return self.van(self.afzender(data), data, nu)

    def van(self, partij: Partij, data: bytes, nu: datetime = NU, max_bytes: int = MAX_BYTES) -> Aangeboden:
        """A message from this party."""
        return neem_aan(data, partij, self.register, lambda *_: self.contract, SCHEMAS, nu, max_bytes)

    def afzender(self, data: bytes) -> Partij:
        """Who sends a message."""
        partij = self.register.partij(data.partition(b":Afzender>")[2].partition(b"<")[0].decode())
        assert partij is not None
        return partij

    def groep(self, *berichten: bytes) -> list[Ontvangst]:
        """Take messages in as one group; none is refused."""
        uitkomsten = self.verwerk(*(self.aangeboden(data) for data in berichten))
        assert all(isinstance(uitkomst, Ontvangst) for uitkomst in uitkomsten), uitkomsten
        return [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, Ontvangst)]

    def verwerk(self, *aangeboden: Aangeboden) -> list[Uitkomst]:
        """Take one group through a transaction."""
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
