"""The writer of a process: groups, one failing message among others, a broken connection, stopping."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.inname import schrijver as module
from berichtenverkeer.inname.aanname import Aangeboden
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.inname.koppeling import Koppeling
from berichtenverkeer.inname.ontvangst import Ontvangst, Uitkomst
from berichtenverkeer.inname.schrijver import NodeStopt, Schrijver
from berichtenverkeer.opslag.herkansing import HOOGSTENS
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.wachttijd import DatabaseWeg
from berichtenverkeer.standaard.schema import Schemas

from .conftest import Balie

T = TypeVar("T")
Verwerk = Callable[[Connection, Sequence[Aangeboden], Schemas], list[Ontvangst]]


class Mislukt(Exception):
    """What goes wrong in these tests. Its text holds what may not be logged."""


@contextmanager
def _schrijver(balie: Balie, **opties: Any) -> Iterator[Schrijver]:
    schrijver = Schrijver(balie.engine, SCHEMAS, **opties)
    schrijver.start()
    try:
        yield schrijver
    finally:
        schrijver.stop()


class Poort:
    """Stands before ``verwerk``: holds the writer at its first group, remembers the groups, and lets some fail."""

    def __init__(self, fout: Callable[[Sequence[Aangeboden]], Exception | None] = lambda _: None) -> None:
        self.groepen: list[int] = []
        self.open = threading.Event()
        self._fout = fout

    def __call__(
        self, verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas, koppeling: Koppeling, **hoe: bool
    ) -> list[Uitkomst]:
        self.open.wait()
        self.groepen.append(len(groep))
        antwoorden = verwerk(verbinding, groep, schemas, koppeling, **hoe)
        if fout := self._fout(groep):
            raise fout
        return antwoorden


async def _samen(
    schrijver: Schrijver, poort: Poort, eerste: Aangeboden, *rest: Aangeboden
) -> list[Ontvangst | BaseException]:
    """Offer one message, and the rest while the writer is busy with it: they make the next group."""
    taken = [asyncio.create_task(schrijver.neem_op(eerste))]
    await asyncio.sleep(0)
    while schrijver._nieuw or len(schrijver._rij):
        await asyncio.sleep(0)
    taken += [asyncio.create_task(schrijver.neem_op(aangeboden)) for aangeboden in rest]
    await asyncio.sleep(0)
    poort.open.set()
    return await asyncio.gather(*taken, return_exceptions=True)


def _draai(coroutine: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(coroutine)


def _oordelen(uitkomsten: Sequence[Ontvangst | BaseException]) -> list[str]:
    return [u.oordeel if isinstance(u, Ontvangst) else type(u).__name__ for u in uitkomsten]


def test_what_waits_goes_together(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    d = balie.dossier()
    monkeypatch.setattr(module, "verwerk", poort := Poort())
    berichten = [balie.aangeboden(data) for data in (d.toewijzing(), d.start(), d.stop(), d.toewijzing())]
    na: list[int] = []
    with _schrijver(balie, groep=2, na_groep=lambda antwoorden: na.append(len(antwoorden))) as schrijver:
        uitkomsten = _draai(_samen(schrijver, poort, *berichten))
    assert _oordelen(uitkomsten) == ["goedgekeurd"] * 4
    assert poort.groepen == na == [1, 2, 1]


def test_one_that_fails_does_not_hold_up_the_others(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    d, ander = balie.dossier(), balie.dossier()
    gif = balie.aangeboden(ander.toewijzing())
    berichten = [balie.aangeboden(data) for data in (d.toewijzing(), d.start())]
    fout = lambda groep: Mislukt(d.bsn) if gif in groep else None  # noqa: E731
    monkeypatch.setattr(module, "verwerk", poort := Poort(fout))
    with _schrijver(balie, draden=1) as schrijver, capture_logs() as regels:
        uitkomsten = _draai(_samen(schrijver, poort, berichten[0], gif, berichten[1]))
    assert _oordelen(uitkomsten) == ["goedgekeurd", "Mislukt", "goedgekeurd"]
    assert poort.groepen == [1, 2, 1, 1]
    with balie.engine.connect() as verbinding:
        aantal = select(func.count()).select_from(bericht)
        assert verbinding.execute(aantal.where(bericht.c.verzender == ander.gemeente)).scalar() == 0
        assert verbinding.execute(aantal.where(bericht.c.afzender == d.gemeente)).scalar() == 2
    [_, mislukt] = [regel for regel in regels if regel["log_level"] != "info"]
    assert (mislukt["log_level"], mislukt["berichten"]) == ("error", [gif.id])
    assert "Mislukt in __call__ (test_schrijver.py:" in mislukt["fout"]
    assert d.bsn not in str(regels)


def test_a_connection_that_broke_off_is_made_anew(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    d = balie.dossier()
    stuk = iter([OperationalError("…", {}, Exception(), connection_invalidated=True)])
    monkeypatch.setattr(module, "verwerk", poort := Poort(lambda _: next(stuk, None)))
    with _schrijver(balie) as schrijver:
        uitkomsten = _draai(_samen(schrijver, poort, balie.aangeboden(d.toewijzing())))
    assert _oordelen(uitkomsten) == ["goedgekeurd"]
    assert poort.groepen == [1, 1]


class _Vast(Exception):
    """As PostgreSQL ends a deadlock."""

    sqlstate = "40P01"


@pytest.mark.parametrize(("keer", "lukt"), [(HOOGSTENS + 1, True), (HOOGSTENS + 2, False)])
def test_one_that_fell_over_another_is_taken_again_and_not_without_end(
    balie: Balie, monkeypatch: pytest.MonkeyPatch, keer: int, *, lukt: bool
) -> None:
    vast = iter([OperationalError("…", {}, _Vast())] * keer)  # once as a group, and then by itself
    poort = Poort(lambda _: next(vast, None))
    monkeypatch.setattr(module, "verwerk", poort)
    with _schrijver(balie, toeval=lambda: 1.0) as schrijver:
        uitkomsten = _draai(_samen(schrijver, poort, balie.aangeboden(balie.dossier().toewijzing())))
    assert _oordelen(uitkomsten) == ["goedgekeurd" if lukt else "OperationalError"]
    assert len(poort.groepen) == HOOGSTENS + 2


@pytest.mark.parametrize("fout", [OperationalError("…", {}, Exception()), DatabaseWeg("…")])
def test_when_the_database_is_away_nothing_is_tried_again(
    balie: Balie, monkeypatch: pytest.MonkeyPatch, fout: Exception
) -> None:
    """Not message by message, and not the groups that wait behind."""
    berichten = [balie.aangeboden(balie.dossier().toewijzing()) for _ in range(7)]
    monkeypatch.setattr(module, "verwerk", poort := Poort(lambda groep: fout if len(groep) == 3 else None))
    with _schrijver(balie, groep=3, draden=1) as schrijver:
        uitkomsten = _draai(_samen(schrijver, poort, *berichten))
        assert poort.groepen == [1, 3]
        assert _oordelen(uitkomsten) == ["goedgekeurd"] + [type(fout).__name__] * 6
        assert [_draai(schrijver.neem_op(a)).nieuw for a in berichten] == [False] + [True] * 6


def test_taking_one_by_one_ends_when_the_database_is_away(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    berichten = [balie.aangeboden(balie.dossier().toewijzing()) for _ in range(5)]
    fouten = iter([None, Mislukt(), None, DatabaseWeg("…")])
    monkeypatch.setattr(module, "verwerk", poort := Poort(lambda _: next(fouten)))
    with _schrijver(balie, draden=1) as schrijver:
        uitkomsten = _draai(_samen(schrijver, poort, *berichten))
    assert poort.groepen == [1, 4, 1, 1]
    assert _oordelen(uitkomsten) == ["goedgekeurd"] * 2 + ["DatabaseWeg"] * 3


def test_who_no_longer_waits_does_not_disturb_the_rest(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    d = balie.dossier()
    monkeypatch.setattr(module, "verwerk", poort := Poort())

    async def weglopen(schrijver: Schrijver) -> Ontvangst:
        weg = asyncio.create_task(schrijver.neem_op(balie.aangeboden(d.toewijzing())))
        blijft = asyncio.create_task(schrijver.neem_op(balie.aangeboden(d.start())))
        await asyncio.sleep(0)
        weg.cancel()
        poort.open.set()
        return await blijft

    with _schrijver(balie) as schrijver:
        assert _draai(weglopen(schrijver)).oordeel == "goedgekeurd"


def test_a_loop_that_has_ended_does_not_end_the_writer(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    d = balie.dossier()
    monkeypatch.setattr(module, "verwerk", poort := Poort())

    async def weg(schrijver: Schrijver) -> None:
        taak = asyncio.create_task(schrijver.neem_op(balie.aangeboden(d.toewijzing())))
        await asyncio.sleep(0)
        assert not taak.done()

    with _schrijver(balie) as schrijver:
        _draai(weg(schrijver))
        poort.open.set()
        assert _draai(schrijver.neem_op(balie.aangeboden(d.start()))).oordeel == "goedgekeurd"


def test_stopping_finishes_what_waits_and_takes_nothing_more(balie: Balie) -> None:
    d = balie.dossier()
    schrijver = Schrijver(balie.engine, SCHEMAS)
    laat = balie.aangeboden(d.toewijzing())
    with pytest.raises(NodeStopt):
        _draai(schrijver.neem_op(laat))
    schrijver.start()

    async def stop() -> str:
        taak = asyncio.create_task(schrijver.neem_op(balie.aangeboden(d.toewijzing())))
        await asyncio.sleep(0)
        schrijver.stop()
        return (await taak).oordeel

    assert _draai(stop()) == "goedgekeurd"
    schrijver.stop()
    with pytest.raises(NodeStopt):
        _draai(schrijver.neem_op(laat))


def test_a_writer_that_died_is_not_waited_for(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Schrijver, "_werk", lambda _: None)
    with _schrijver(balie) as schrijver:
        for werker in schrijver._werkers:
            werker.join()
        with pytest.raises(NodeStopt):
            _draai(schrijver.neem_op(balie.aangeboden(balie.dossier().toewijzing())))
