"""A read replica: what was committed is found there, and where it cannot be the primary answers; with two real clusters."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.exc import OperationalError
from tests.clusters import Clusters, clusters
from tests.eindpunt import wacht_tot
from tests.knoop import NU, knoop

from berichtenverkeer.opslag.database import (
    leeskopie,
    lezend,
    maak_engine,
    maak_gereed,
    momentopname,
    neem_leeskopie,
    schrijvend,
)
from berichtenverkeer.opslag.leeskopie import HOOFD, KOPIE, GeenLeeskopie, Leeskopie
from berichtenverkeer.opslag.tabellen.partijen import partij
from berichtenverkeer.opslag.wachttijd import Wachttijd

_KORT = Wachttijd(antwoord=5, slot=5, verbinding=2)
_IN_KOPIE = text("SELECT pg_is_in_recovery()")


@pytest.fixture(scope="module")
def beide() -> Iterator[Clusters]:
    with clusters() as beide:
        engine = maak_engine(beide.url)
        maak_gereed(engine)
        engine.dispose()
        yield beide


@pytest.fixture
def engine(beide: Clusters) -> Iterator[Engine]:
    """The primary, with its replica."""
    engine = maak_engine(beide.url, _KORT)
    neem_leeskopie(engine, beide.kopie.url, _KORT)
    yield engine
    engine.dispose()


@pytest.fixture
def kopie(engine: Engine) -> Leeskopie:
    gevonden = leeskopie(engine)
    assert gevonden is not None
    return gevonden


def _meld_aan(engine: Engine, code: str) -> None:
    with schrijvend(engine) as verbinding:
        verbinding.execute(insert(partij).values(code=code, rol="gemeente", naam="Proef", aangemaakt_op=NU))


def _is_er(verbinding: Connection, code: str) -> bool:
    return verbinding.execute(select(partij.c.code).where(partij.c.code == code)).scalar() is not None


def test_what_was_committed_is_found_in_the_replica(engine: Engine, kopie: Leeskopie) -> None:
    for nummer in range(100):
        code = f"A{nummer:03}"
        _meld_aan(engine, code)
        with lezend(engine) as verbinding:
            assert _is_er(verbinding, code)
    assert kopie.gelezen[KOPIE] > 0


def test_a_snapshot_of_the_replica_is_a_snapshot_too(engine: Engine, kopie: Leeskopie) -> None:
    with momentopname(engine) as verbinding:
        assert verbinding.execute(_IN_KOPIE).scalar_one()
        assert not _is_er(verbinding, "B001")
        _meld_aan(engine, "B001")
        assert not _is_er(verbinding, "B001")
    assert kopie.gelezen == {KOPIE: 1}


def test_one_that_lags_is_left_alone_until_it_has_caught_up(beide: Clusters, engine: Engine, kopie: Leeskopie) -> None:
    beide.kopie.psql("SELECT pg_wal_replay_pause()")
    try:
        _meld_aan(engine, "C001")
        for _ in range(2):
            with lezend(engine) as verbinding:
                assert not verbinding.execute(_IN_KOPIE).scalar_one()
                assert _is_er(verbinding, "C001")
    finally:
        beide.kopie.psql("SELECT pg_wal_replay_resume()")
    assert kopie.gelezen == {HOOFD: 2}
    later = kopie.seconden
    kopie.seconden = lambda: later() + 60
    with lezend(engine) as verbinding:
        assert verbinding.execute(_IN_KOPIE).scalar_one()
        assert _is_er(verbinding, "C001")


def test_what_it_breaks_off_is_asked_of_the_primary_the_next_time(engine: Engine) -> None:
    weg = text("SELECT pg_terminate_backend(pg_backend_pid()) FROM pg_is_in_recovery() AS kopie WHERE kopie")
    with pytest.raises(OperationalError), lezend(engine) as verbinding:
        verbinding.execute(weg)
    with lezend(engine) as verbinding:
        assert not verbinding.execute(_IN_KOPIE).scalar_one()


def test_a_node_reads_lists_there_and_its_log_is_in_the_primary(beide: Clusters) -> None:
    """That who was seen is in the log, is held when the node stops."""
    with knoop(beide.url, database_url_lezen=beide.kopie.url, metrics_netwerken="127.0.0.1") as node:
        paar, gelezen = node.paar(), leeskopie(node.binnen.engine)
        assert gelezen is not None
        for nummer in range(5):
            paar.gemeente.goedgekeurd(paar.dossier(nummer=7000 + nummer).toewijzing())
            assert len(paar.aanbieder.toewijzingen()) == nummer + 1
        assert gelezen.gelezen[KOPIE] > 0
        assert len(paar.aanbieder.get("/v1/toewijzingen", headers={"Accept": "text/csv"}).text.splitlines()) == 6
        id_ = paar.aanbieder.post("/v1/exports", json={"wat": "toewijzingen", "vorm": "ndjson"}).json()["id"]
        wacht_tot(lambda: paar.aanbieder.json(f"/v1/exports/{id_}")["toestand"] == "klaar", 60)
        tekst = node.klant(None).get("/metrics").text
        assert f'bv_lezingen_totaal{{waar="{KOPIE}"}} {gelezen.gelezen[KOPIE]}' in tekst


def test_one_that_is_away_is_left_alone(beide: Clusters, engine: Engine, kopie: Leeskopie) -> None:
    beide.kopie.stop()
    try:
        for _ in range(2):
            with lezend(engine) as verbinding:
                assert not verbinding.execute(_IN_KOPIE).scalar_one()
    finally:
        beide.kopie.start()
        beide.wacht_op_kopie()
    assert kopie.gelezen == {HOOFD: 2}


def test_one_that_has_become_a_primary_is_no_replica(beide: Clusters, engine: Engine, kopie: Leeskopie) -> None:
    beide.hoofd.val_om()
    beide.kopie.neem_over()
    engine.dispose()
    _meld_aan(engine, "D001")
    with lezend(engine) as verbinding:
        assert _is_er(verbinding, "D001")
    assert kopie.gelezen == {HOOFD: 1}


def test_there_is_none_of_sqlite(tmp_path: Path) -> None:
    engine = maak_engine(f"sqlite:///{tmp_path}/knooppunt.db")
    with pytest.raises(GeenLeeskopie):
        neem_leeskopie(engine, "postgresql://elders/bv")
    neem_leeskopie(engine, None)
    assert leeskopie(engine) is None
