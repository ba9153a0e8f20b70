"""Zendingen that wait are read together and reach the writer in their order; one that fails keeps no other from it."""

import asyncio
import threading
from contextlib import contextmanager
from typing import Any

import pytest

from berichtenverkeer.keten.zendingen.verwerker import Zendingverwerker
from berichtenverkeer.opslag.berichten import zendingen as tabel
from berichtenverkeer.opslag.berichten.zendingen import Zendingsleutel

SLEUTELS = [Zendingsleutel("0855", str(nummer)) for nummer in range(6)]
MISLUKT = SLEUTELS[3]


class Database:
    """Counts how often it is asked; the first time it waits until it may answer, and ``weg`` it never does."""

    def __init__(self, *, weg: bool = False) -> None:
        self.vragen, self.mag, self._weg = 0, threading.Event(), weg

    @contextmanager
    def connect(self) -> Any:
        self.vragen += 1
        if self.vragen == 1:
            self.mag.wait(10)
        if self._weg:
            raise RuntimeError
        yield self


class Geopend:
    data = b""

    def __init__(self, sleutel: Zendingsleutel) -> None:
        self.sleutel = sleutel


class Lezer:
    open = staticmethod(Geopend)

    def lees(self, zending: Geopend) -> Zendingsleutel:
        if zending.sleutel == MISLUKT:
            raise ValueError
        return zending.sleutel


class Schrijver:
    def __init__(self) -> None:
        self.kreeg: list[Zendingsleutel] = []

    async def neem_op(self, aangeboden: Zendingsleutel) -> None:
        self.kreeg.append(aangeboden)


def _speel(monkeypatch: pytest.MonkeyPatch, database: Database) -> list[Zendingsleutel]:
    """Begin with the first zending, and with the others while that is being read; what the writer got."""
    monkeypatch.setattr(tabel, "te_verwerken", lambda _, sleutel: sleutel)
    monkeypatch.setattr(Zendingverwerker, "_wachtend", lambda _: [])
    schrijver = Schrijver()
    alles: Any = (database, Lezer(), schrijver, None, 1_000, 1_000)

    async def lus() -> None:
        zendingen = Zendingverwerker(*alles)
        zendingen.start()
        zendingen.begin(SLEUTELS[0], 1)
        while not database.vragen:
            await asyncio.sleep(0.01)
        for sleutel in SLEUTELS[1:]:
            zendingen.begin(sleutel, 1)
        await asyncio.sleep(0.05)
        database.mag.set()
        while zendingen._taken:
            await asyncio.sleep(0.01)
        await zendingen.stop()

    asyncio.run(asyncio.wait_for(lus(), 30))
    return schrijver.kreeg


def test_what_waits_is_read_at_once_and_written_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database()
    assert _speel(monkeypatch, database) == [sleutel for sleutel in SLEUTELS if sleutel != MISLUKT]
    assert database.vragen == 2


def test_a_database_that_is_away_leaves_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _speel(monkeypatch, Database(weg=True)) == []
