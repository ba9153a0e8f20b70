"""Two groups at the same time: never of the same dossier, each whole or not at all, and visible in the order of their numbers."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import Connection, select
from tests.berichten import Dossier, bsns
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.inname import schrijver as module
from berichtenverkeer.inname.aanname import Aangeboden
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.inname.koppeling import Koppeling
from berichtenverkeer.inname.ontvangst import Ontvangst, Uitkomst
from berichtenverkeer.inname.schrijver import Schrijver
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.dossiers import toewijzing
from berichtenverkeer.standaard.schema import Schemas

from .conftest import Balie
from .test_herbouw import willekeurig


def _clienten(d: Dossier, aantal: int) -> list[Dossier]:
    return [replace(d, bsn=bsn, nummer=1000 + n) for n, bsn in zip(range(aantal), bsns(), strict=False)]


async def _bied_aan(schrijver: Schrijver, berichten: Sequence[Aangeboden]) -> list[Ontvangst | BaseException]:
    return await asyncio.gather(*(schrijver.neem_op(a) for a in berichten), return_exceptions=True)


class Trefpunt:
    """Stands before ``verwerk``: the first two groups wait there for each other, and time out when the second never comes."""

    def __init__(self, geduld: float) -> None:
        self._hek = threading.Barrier(2)
        self._geduld = geduld
        self.samen = 0

    def __call__(
        self, verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas, koppeling: Koppeling, **hoe: bool
    ) -> list[Uitkomst]:
        try:
            self._hek.wait(self._geduld)
            self.samen += 1
        except threading.BrokenBarrierError:
            pass
        return verwerk(verbinding, groep, schemas, koppeling, **hoe)


@pytest.mark.parametrize("maak_database", ["postgresql"], indirect=True)
def test_groups_of_other_dossiers_go_at_the_same_time(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    een, ander = _clienten(balie.dossier(), 1)[0], balie.dossier()
    monkeypatch.setattr(module, "verwerk", trefpunt := Trefpunt(30))
    schrijver = Schrijver(balie.engine, SCHEMAS, groep=1)
    schrijver.start()
    uitkomsten = asyncio.run(_bied_aan(schrijver, [balie.aangeboden(d.toewijzing()) for d in (een, ander)]))
    schrijver.stop()
    assert trefpunt.samen == 2
    assert [type(uitkomst) for uitkomst in uitkomsten] == [Ontvangst, Ontvangst]


def test_of_one_dossier_they_go_one_after_the_other(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    d = balie.dossier()
    monkeypatch.setattr(module, "verwerk", trefpunt := Trefpunt(0.2))
    schrijver = Schrijver(balie.engine, SCHEMAS, groep=1, draden=2)
    schrijver.start()
    berichten = [balie.aangeboden(data) for data in (d.toewijzing(), d.start(), d.stop())]
    uitkomsten = asyncio.run(_bied_aan(schrijver, berichten))
    schrijver.stop()
    assert trefpunt.samen == 0
    assert [u.oordeel for u in uitkomsten if isinstance(u, Ontvangst)] == ["goedgekeurd"] * 3


def test_many_at_once_give_what_one_after_the_other_gives(balie: Balie) -> None:
    """Of each dossier the verdicts and the stand; and a rebuild finds nothing to put right."""
    samen, na_elkaar = (_clienten(balie.dossier(), 5) for _ in range(2))
    oordelen: list[list[list[str]]] = []
    schrijver = Schrijver(balie.engine, SCHEMAS, groep=4, draden=2)
    schrijver.start()
    for dossiers, tegelijk in ((samen, True), (na_elkaar, False)):
        random = Random(20261129)
        berichten = [(plek, d.toewijzing()) for plek, d in enumerate(dossiers)]
        for _ in range(60):
            plek = random.randrange(len(dossiers))
            berichten.append((plek, willekeurig(random, [dossiers[plek]])))
        aangeboden = [balie.aangeboden(data) for _, data in berichten]
        delen = [aangeboden] if tegelijk else [[a] for a in aangeboden]
        uitkomsten = [u for deel in delen for u in asyncio.run(_bied_aan(schrijver, deel))]
        per_dossier: list[list[str]] = [[] for _ in dossiers]
        for (plek, _), uitkomst in zip(berichten, uitkomsten, strict=True):
            assert isinstance(uitkomst, Ontvangst), uitkomst
            per_dossier[plek].append(uitkomst.oordeel)
        oordelen.append(per_dossier)
    schrijver.stop()
    assert oordelen[0] == oordelen[1]
    assert sum(schrijver.groottes.elements()) == 130
    kolommen = (toewijzing.c.einddatum, toewijzing.c.volume, toewijzing.c.levering, toewijzing.c.versie)
    with balie.engine.connect() as verbinding:
        standen = [
            [verbinding.execute(select(*kolommen).where(toewijzing.c.gemeente == d.gemeente, toewijzing.c.bsn == d.bsn)).all() for d in dossiers]
            for dossiers in (samen, na_elkaar)
        ]  # fmt: skip
    assert standen[0] == standen[1]
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def test_one_that_fails_leaves_the_other_alone(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    een, ander = balie.dossier(), balie.dossier()
    gif = balie.aangeboden(een.toewijzing())

    def breek(
        verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas, koppeling: Koppeling, **hoe: bool
    ) -> list[Uitkomst]:
        uitkomsten = verwerk(verbinding, groep, schemas, koppeling, **hoe)
        if gif in groep:
            raise ZeroDivisionError
        return uitkomsten

    monkeypatch.setattr(module, "verwerk", breek)
    schrijver = Schrijver(balie.engine, SCHEMAS, groep=1, draden=2)
    schrijver.start()
    goed = [balie.aangeboden(c.toewijzing()) for c in _clienten(ander, 6)]
    uitkomsten = asyncio.run(_bied_aan(schrijver, [*goed[:3], gif, *goed[3:]]))
    monkeypatch.setattr(module, "verwerk", verwerk)
    nog_eens = asyncio.run(_bied_aan(schrijver, [gif, goed[0]]))
    schrijver.stop()
    assert [type(uitkomst).__name__ for uitkomst in uitkomsten] == [
        *["Ontvangst"] * 3,
        "ZeroDivisionError",
        *["Ontvangst"] * 3,
    ]
    assert [u.nieuw for u in nog_eens if isinstance(u, Ontvangst)] == [True, False]


def test_who_reads_on_from_a_number_never_misses_one(balie: Balie) -> None:
    """A reader beside two groups at a time sees every message once, and never one with a lower number later."""
    dossiers = _clienten(balie.dossier(), 40)
    aangeboden = [balie.aangeboden(d.toewijzing()) for d in dossiers]
    klaar, gezien = threading.Event(), list[int]()

    def lees_mee() -> None:
        with balie.engine.connect() as verbinding:
            gevraagd = select(bericht.c.volgnummer).order_by(bericht.c.volgnummer)
            while True:
                laatste_keer = klaar.is_set()
                na = gezien[-1] if gezien else -1
                gezien.extend(verbinding.execute(gevraagd.where(bericht.c.volgnummer > na)).scalars())
                verbinding.rollback()
                if laatste_keer:
                    return

    lezer = threading.Thread(target=lees_mee)
    lezer.start()
    schrijver = Schrijver(balie.engine, SCHEMAS, groep=3, draden=2)
    schrijver.start()
    uitkomsten = asyncio.run(_bied_aan(schrijver, aangeboden))
    schrijver.stop()
    klaar.set()
    lezer.join()
    assert all(isinstance(uitkomst, Ontvangst) for uitkomst in uitkomsten)
    with balie.engine.connect() as verbinding:
        alle = list(verbinding.execute(select(bericht.c.volgnummer).order_by(bericht.c.volgnummer)).scalars())
    assert gezien == alle
