"""What one process committed, another hears at once; and after a fault again."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.knoop import knoop

from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.opslag.omroep import WERK, Omroep
from berichtenverkeer.opslag.wachttijd import Wachttijd

_KORT = Wachttijd(antwoord=2, slot=2, verbinding=2)

Maak = Callable[[], tuple[Omroep, list[frozenset[str] | None]]]


@pytest.fixture
def url(postgresql: MaakDatabase) -> str:
    return postgresql()


@pytest.fixture
def omroepen(url: str) -> Iterator[Maak]:
    """Makes one that runs and hears the others, with what it heard."""
    with ExitStack() as straks:

        def maak() -> tuple[Omroep, list[frozenset[str] | None]]:
            gehoord: list[frozenset[str] | None] = []
            omroep = Omroep(maak_engine(url, _KORT, verbindingen=1), [gehoord.append])
            omroep.start()
            straks.callback(omroep.stop)
            wacht_tot(lambda: omroep.luistert and gehoord == [None])
            gehoord.clear()
            return omroep, gehoord

        yield maak


def test_another_hears_it_and_who_told_it_does_not(omroepen: Maak) -> None:
    (een, bij_een), (_, bij_ander) = omroepen(), omroepen()
    een.roep_elders({"0363", "98000000"})
    wacht_tot(lambda: bij_ander)
    assert bij_ander == [frozenset({"0363", "98000000"})]
    een.roep({WERK})
    assert bij_een == [frozenset({WERK})]
    wacht_tot(lambda: bij_ander[1:])
    assert bij_ander[1:] == [frozenset({WERK})]
    assert bij_een == [frozenset({WERK})]


def test_very_many_are_told_in_more_calls(omroepen: Maak) -> None:
    (een, _), (_, bij_ander) = omroepen(), omroepen()
    namen = {str(98_000_000 + nummer) for nummer in range(3_000)}
    een.roep_elders(namen)
    wacht_tot(lambda: frozenset().union(*(deel or () for deel in bij_ander)) == namen)
    assert len(bij_ander) > 1


def test_after_a_fault_it_looks_and_hears_again(omroepen: Maak, url: str) -> None:
    (een, bij_een), (ander, bij_ander) = omroepen(), omroepen()
    _breek_af(url)
    een.roep_elders({"0363"})
    wacht_tot(lambda: None in bij_een and None in bij_ander)  # each looks, for what it may have missed
    wacht_tot(lambda: een.luistert and ander.luistert)
    een.roep_elders({"0518"})
    wacht_tot(lambda: any(deel and "0518" in deel for deel in bij_ander))


def test_who_hears_others_looks_less_often(omroepen: Maak, url: str) -> None:
    een, _ = omroepen()
    assert een.om_de(1.0) > 1.0
    een.stop()
    assert een.om_de(1.0) == 1.0
    een.roep({WERK})  # heard by who is here only


def test_on_sqlite_who_is_here_hears_it(sqlite: MaakDatabase) -> None:
    gehoord: list[frozenset[str] | None] = []
    omroep = Omroep(maak_engine(sqlite(), _KORT, verbindingen=1), [gehoord.append])
    omroep.start()
    omroep.roep({WERK})
    omroep.roep_elders({"0363"})
    assert (gehoord, omroep.luistert, omroep.om_de(1.0)) == ([frozenset({WERK})], False, 1.0)
    omroep.stop()


def test_who_waits_at_another_process_hears_of_a_message(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("berichtenverkeer.api.postvak._KIJK_ELKE", 1000.0)
    with knoop(url) as een, knoop(url, opnieuw=True) as ander:
        wacht_tot(lambda: een.binnen.omroep.luistert and ander.binnen.omroep.luistert)
        hier, daar = een.paar(), ander.paar()
        gekregen: list[dict[str, Any]] = []
        draad = threading.Thread(target=lambda: gekregen.extend(daar.aanbieder.postvak(wacht=50)))
        draad.start()
        wacht_tot(lambda: ander.binnen.bel._wachtenden)
        uit = hier.gemeente.goedgekeurd(hier.dossier().toewijzing())
        draad.join(30)
        assert [item["referentiegegevens"]["traceerId"] for item in gekregen] == [uit["id"]]


def _breek_af(url: str) -> None:
    """End all connections with this database but our own."""
    engine: Engine = create_engine(url, isolation_level="AUTOCOMMIT")
    vraag = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with engine.connect() as verbinding:
        assert verbinding.execute(text(vraag)).scalar_one() >= 2
    engine.dispose()
