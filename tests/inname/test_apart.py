"""What would keep others waiting is judged elsewhere, without a lock, and written only when nothing has changed."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, select
from tests.berichten import Dossier
from tests.conformance.gevallen import SCHEMAS
from tests.declaraties import Regel, declaratie
from tests.retouren import retour

from berichtenverkeer.inname import inname, schrijver
from berichtenverkeer.inname.aanname import Aangeboden
from berichtenverkeer.inname.apart import Opdracht, is_groot, is_zwaar_werk, oordeel
from berichtenverkeer.inname.besluit import Besluit
from berichtenverkeer.inname.beurten import Rust
from berichtenverkeer.inname.heen import beslis
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.inname.kind import Kind, KindBezet
from berichtenverkeer.inname.ontvangst import Apart, Ontvangst, Uitkomst
from berichtenverkeer.inname.opzoeken import Voorraad
from berichtenverkeer.inname.schrijver import Schrijver
from berichtenverkeer.inname.tuig import Tuig
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.dossiers import dossierbeeld
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.dossiers import toewijzing
from berichtenverkeer.standaard.schema import Schemas

from .conftest import Balie


class Elders(Kind[Tuig]):
    """Does a task on a thread, once it is let go, and remembers it."""

    def __init__(self, balie: Balie) -> None:
        super().__init__(lambda: Tuig(balie.engine, SCHEMAS))
        self.mag, self.bezig = threading.Event(), threading.Event()
        self.gedaan: list[Besluit] = []
        self.achteraf: Callable[[], object] = lambda: None

    async def laat_doen(self, taak: Callable[..., Any], *args: Any, van: str = "") -> Any:  # type: ignore[override]
        def doe() -> Any:
            self.bezig.set()
            assert self.mag.wait(30)
            uit = taak(self.maak_tuig(), *args)
            self.gedaan.append(uit)
            self.achteraf()
            return uit

        return await asyncio.to_thread(doe)


@pytest.fixture
def elders(balie: Balie) -> Elders:
    return Elders(balie)


@contextmanager
def _schrijver(balie: Balie, elders: Elders) -> Iterator[Schrijver]:
    schrijver = Schrijver(balie.engine, SCHEMAS, kind=elders)
    schrijver.start()
    try:
        yield schrijver
    finally:
        elders.mag.set()
        schrijver.stop()


@pytest.fixture
def klein(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every dossier of which there is something counts as large."""
    monkeypatch.setattr(dossierbeeld, "_ZWARE_STAART", 0)


def _elders_beoordeeld(balie: Balie, data: bytes) -> Aangeboden:
    a = balie.aangeboden(data)
    return replace(a, besluit=oordeel(Tuig(balie.engine, SCHEMAS), Opdracht.van(a)))


def _stand(balie: Balie, d: Dossier) -> list[tuple[Any, ...]]:
    """What is stored of a dossier, but for what differs from one to another."""
    with balie.engine.connect() as verbinding:
        berichten = verbinding.execute(
            select(bericht.c.berichtsoort, bericht.c.oordeel)
            .where(bericht.c.dossier.endswith(f"/{d.aanbieder}/{d.bsn}"))
            .order_by(bericht.c.volgnummer)
        )
        toewijzingen = verbinding.execute(
            select(toewijzing.c.toewijzingnummer, toewijzing.c.levering).where(toewijzing.c.aanbieder == d.aanbieder)
        )
        return [*map(tuple, berichten), *map(tuple, toewijzingen)]


def test_judged_elsewhere_is_judged_here(balie: Balie) -> None:
    hier, daar = balie.dossier(), balie.dossier()
    for maak in (Dossier.toewijzing, Dossier.start, Dossier.start, Dossier.stop):
        [een] = balie.groep(maak(hier))
        [ander] = balie.verwerk(_elders_beoordeeld(balie, maak(daar)))
        assert isinstance(ander, Ontvangst)
        assert (ander.oordeel, len(ander.bevindingen)) == (een.oordeel, len(een.bevindingen))
    assert _stand(balie, daar) == _stand(balie, hier)
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def test_what_another_message_of_the_dossier_preceded_is_judged_anew(balie: Balie) -> None:
    d = balie.dossier()
    balie.groep(d.toewijzing())
    te_laat = _elders_beoordeeld(balie, d.stop())
    balie.groep(d.start())
    [uitkomst] = balie.verwerk(te_laat)
    assert isinstance(uitkomst, Apart)


def test_what_stands_before_it_in_the_group_counts_too(balie: Balie) -> None:
    d = balie.dossier()
    balie.groep(d.toewijzing())
    te_laat = _elders_beoordeeld(balie, d.stop())
    eerst, dan = balie.verwerk(balie.aangeboden(d.start()), te_laat)
    assert isinstance(eerst, Ontvangst)
    assert isinstance(dan, Apart)


def test_others_do_not_make_it_too_late(balie: Balie) -> None:
    d, ander = balie.dossier(), balie.dossier()
    op_tijd = _elders_beoordeeld(balie, d.toewijzing())
    balie.groep(ander.toewijzing())
    [een, twee] = balie.verwerk(op_tijd, balie.aangeboden(d.start()))
    assert [isinstance(u, Ontvangst) and u.oordeel for u in (een, twee)] == ["goedgekeurd"] * 2


def test_what_is_unique_over_dossiers_may_be_taken_meanwhile(balie: Balie) -> None:
    d = balie.dossier()
    ander = replace(d, bsn="999900018")
    zelfde_nummer = _elders_beoordeeld(balie, d.toewijzing())
    balie.groep(ander.toewijzing())
    zelfde_naam = _elders_beoordeeld(balie, d.bericht("315", identificatie="ZELFDE"))
    balie.groep(ander.bericht("315", identificatie="ZELFDE"))
    for te_laat in (zelfde_nummer, zelfde_naam):
        [uitkomst] = balie.verwerk(te_laat)
        assert isinstance(uitkomst, Apart)


def test_a_toewijzing_is_not_taken_back_past_a_declaratie(balie: Balie) -> None:
    d = balie.dossier()
    balie.groep(d.toewijzing(Product__Categorie="02", Product__Code="02T01"), d.start())
    intrekking = d.toewijzing(Product__Categorie="02", Product__Code="02T01", RedenWijziging="13")
    te_laat = _elders_beoordeeld(balie, intrekking)
    balie.groep(declaratie(d, "D1", Regel("R1")))
    [uitkomst] = balie.verwerk(te_laat)
    assert isinstance(uitkomst, Apart)


def test_it_may_be_written_again(balie: Balie) -> None:
    d = balie.dossier()
    a = _elders_beoordeeld(balie, d.toewijzing())
    with balie.engine.connect() as verbinding:
        [niet] = verwerk(verbinding, [a], SCHEMAS)
        verbinding.rollback()
    [wel] = balie.verwerk(a)
    assert isinstance(wel, Ontvangst)
    assert wel == niet
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


@pytest.fixture
def hier(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The dossiers that are judged in this process, in the writer."""
    gezien: list[str] = []

    def let_op(verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas, voorraad: Voorraad) -> Besluit:
        gezien.extend(d.bsn + d.aanbieder for d in voorraad.dossiers)
        return beslis(verbinding, groep, schemas, voorraad)

    monkeypatch.setattr(inname, "beslis", let_op)
    return gezien


def test_a_large_message_is_judged_elsewhere_and_others_do_not_wait(
    balie: Balie, elders: Elders, hier: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    d, ander = balie.dossier(), balie.dossier()
    groot = balie.aangeboden(d.toewijzing())
    monkeypatch.setattr(schrijver, "is_groot", lambda a: a.id == groot.id)

    async def speel(deze: Schrijver) -> tuple[Ontvangst, Ontvangst]:
        wacht = asyncio.create_task(deze.neem_op(groot))
        await asyncio.to_thread(elders.bezig.wait, 30)
        klein = await deze.neem_op(balie.aangeboden(ander.toewijzing()))
        assert not wacht.done()
        elders.mag.set()
        return klein, await wacht

    with _schrijver(balie, elders) as deze:
        uitkomsten = asyncio.run(speel(deze))
    assert [uit.oordeel for uit in uitkomsten] == ["goedgekeurd"] * 2
    assert hier == [ander.bsn + ander.aanbieder]
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def test_what_comes_later_about_the_same_dossier_waits_for_it(
    balie: Balie, elders: Elders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits may go away, and what comes after it keeps its place."""
    d, ander = balie.dossier(), balie.dossier()
    groot = balie.aangeboden(d.toewijzing())
    later = [balie.aangeboden(data) for data in (d.start(), d.start(), d.stop())]
    monkeypatch.setattr(schrijver, "is_groot", lambda a: a.id == groot.id)

    async def speel(deze: Schrijver) -> list[Ontvangst | BaseException]:
        taken = [asyncio.create_task(deze.neem_op(groot))]
        await asyncio.to_thread(elders.bezig.wait, 30)
        for a in later:
            taken.append(asyncio.create_task(deze.neem_op(a)))
            await asyncio.sleep(0)
        await deze.neem_op(balie.aangeboden(ander.toewijzing()))
        taken[2].cancel()
        await asyncio.sleep(0.05)
        assert [taak.done() for taak in taken] == [False, False, True, False]
        elders.mag.set()
        return await asyncio.gather(*taken, return_exceptions=True)

    with _schrijver(balie, elders) as deze:
        uit = asyncio.run(speel(deze))
        assert not deze._bezig
    assert [u.oordeel if isinstance(u, Ontvangst) else type(u).__name__ for u in uit] == [
        *["goedgekeurd"] * 2,
        "CancelledError",
        "goedgekeurd",
    ]
    assert [soort[-3:] for soort, *_ in _stand(balie, d)[:-1]] == ["301", "302", "305", "306", "307", "308"]
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def test_waiting_for_the_same_dossier_has_an_end(balie: Balie, elders: Elders, monkeypatch: pytest.MonkeyPatch) -> None:
    d = balie.dossier()
    monkeypatch.setattr(schrijver, "_WACHT", 0.01)
    monkeypatch.setattr(schrijver, "is_groot", lambda a: a.soort.nummer == "301")

    async def speel(deze: Schrijver) -> None:
        eerst = asyncio.create_task(deze.neem_op(balie.aangeboden(d.toewijzing())))
        await asyncio.to_thread(elders.bezig.wait, 30)
        with pytest.raises(KindBezet):
            await deze.neem_op(balie.aangeboden(d.start()))
        elders.mag.set()
        await eerst
        assert (await deze.neem_op(balie.aangeboden(d.start()))).oordeel == "goedgekeurd"

    with _schrijver(balie, elders) as deze:
        asyncio.run(speel(deze))
        assert not deze._bezig


def test_what_takes_long_to_write_waits_for_its_turn_and_small_ones_go_on(
    balie: Balie, elders: Elders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock of our own: while small ones come it has a hundredth of the time, and each party its turn."""
    nu = 1000.0
    monkeypatch.setattr("berichtenverkeer.inname.beurten._KIJK", 0.001)
    monkeypatch.setattr(schrijver, "is_groot", lambda a: a.soort.nummer == "301")
    monkeypatch.setattr(schrijver, "is_zwaar_werk", lambda a: a.besluit is not None)
    elders.mag.set()
    dossiers = [balie.dossier() for _ in range(3)]
    klein = balie.dossier()
    balie.groep(klein.toewijzing())
    gedaan: list[str] = []

    async def neem(deze: Schrijver, d: Dossier) -> None:
        await deze.neem_op(balie.aangeboden(d.toewijzing()))
        gedaan.append(d.gemeente)

    async def speel(deze: Schrijver) -> None:
        nonlocal nu
        deze.zwaar.rust = Rust(seconden=lambda: nu)
        await deze.neem_op(balie.aangeboden(klein.start()))
        await neem(deze, dossiers[0])
        ook = (replace(dossiers[0], bsn=bsn, nummer=int(bsn)) for bsn in ("999900018", "999900031"))
        taken = [asyncio.create_task(neem(deze, d)) for d in (*ook, *dossiers[1:])]
        while len(deze.zwaar._rij) < 4:
            await asyncio.sleep(0.01)
        for _ in range(5):
            await deze.neem_op(balie.aangeboden(klein.stop()))
            await deze.neem_op(balie.aangeboden(klein.start()))
        assert gedaan == [dossiers[0].gemeente]
        nu += 20.0  # it is long ago, and nobody came since
        await asyncio.gather(*taken)

    with _schrijver(balie, elders) as deze:
        asyncio.run(speel(deze))
    assert sorted(gedaan[1:4]) == sorted(d.gemeente for d in dossiers)
    assert gedaan[4] == dossiers[0].gemeente
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


@pytest.mark.usefixtures("klein")
def test_a_message_about_a_large_dossier_is_judged_elsewhere(balie: Balie, elders: Elders, hier: list[str]) -> None:
    d, ander = balie.dossier(), balie.dossier()
    balie.groep(d.toewijzing())
    hier.clear()
    elders.mag.set()

    async def speel(deze: Schrijver) -> list[Ontvangst]:
        berichten = [balie.aangeboden(data) for data in (d.start(), ander.toewijzing())]
        return list(await asyncio.gather(*map(deze.neem_op, berichten)))

    with _schrijver(balie, elders) as deze:
        uitkomsten = asyncio.run(speel(deze))
    assert [uit.oordeel for uit in uitkomsten] == ["goedgekeurd"] * 2
    assert len(elders.gedaan) == 1
    assert hier == [ander.bsn + ander.aanbieder]


def test_what_was_too_late_is_judged_anew_but_not_without_end(
    balie: Balie, elders: Elders, monkeypatch: pytest.MonkeyPatch
) -> None:
    d = balie.dossier()
    balie.groep(d.toewijzing())
    monkeypatch.setattr(schrijver, "is_groot", lambda _: True)
    elders.mag.set()
    keren = iter(range(100))

    def een_ander(hoogstens: int) -> None:
        if next(keren) < hoogstens:
            balie.groep(d.start())

    with _schrijver(balie, elders) as deze:
        elders.achteraf = lambda: een_ander(1)
        goed = asyncio.run(deze.neem_op(balie.aangeboden(d.start())))
        assert (goed.oordeel, len(elders.gedaan)) == ("afgekeurd", 2)
        elders.gedaan.clear()
        elders.achteraf = lambda: een_ander(100)
        with pytest.raises(KindBezet):
            asyncio.run(deze.neem_op(balie.aangeboden(d.start())))
    assert len(elders.gedaan) == 5


def test_which_dossiers_are_large(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    d = balie.dossier()
    for _ in range(9):
        balie.groep(d.toewijzing())

    def apart() -> Uitkomst:
        with schrijvend(balie.engine) as verbinding:
            [uit] = verwerk(verbinding, [balie.aangeboden(d.toewijzing())], SCHEMAS, apart=True)
            return uit

    assert isinstance(apart(), Ontvangst)
    monkeypatch.setattr(dossierbeeld, "_ZWAAR_BEELD", 100)
    assert isinstance(apart(), Apart)


def test_which_messages_are_large(balie: Balie) -> None:
    d = balie.dossier()
    a = balie.aangeboden(d.toewijzing())
    lang = a.data.replace(b"</", b" " * 3_000 + b"</")
    assert [is_groot(a), is_groot(replace(a, data=lang))] == [False, True]
    assert not is_groot(replace(balie.aangeboden(declaratie(d, "D1", Regel("R1"))), data=lang))


def test_what_takes_long_to_write(balie: Balie) -> None:
    d = balie.dossier()
    klein = _elders_beoordeeld(balie, d.toewijzing())
    besluit = klein.besluit
    assert besluit is not None
    veel = replace(besluit, delen=[replace(besluit.delen[0], aantal=400)])
    balie.groep(d.toewijzing())
    aanbieder = balie.register.partij(d.aanbieder)
    assert aanbieder is not None
    antwoord = balie.van(aanbieder, retour(d.toewijzing()))
    uit = [klein, replace(klein, besluit=veel), replace(klein, besluit=None, data=b" " * 1_000_000)]
    uit += [antwoord, replace(antwoord, data=b" " * 30_001)]
    assert [is_zwaar_werk(a) for a in uit] == [False, True, True, False, True]
