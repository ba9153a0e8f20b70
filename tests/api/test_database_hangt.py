"""A database that does not answer: who needs it hears so, who does not notices nothing, and afterwards all goes on by itself.

Nothing is timed here: as long as the database stands still, what waits for it without a limit never comes back at all.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, event, select
from tests import ggk, vsp
from tests.bevriezen import Bevriesbaar, bevriesbare_sqlite, eigen_postgresql, wacht_op_stilte
from tests.eindpunt import wacht_tot
from tests.knoop import Knoop, Paar, controleer_database, controleer_probleem, knoop

from berichtenverkeer.opslag.database import SCHRIJFT
from berichtenverkeer.opslag.tabellen.berichten import bericht


def _knoop(database: Bevriesbaar) -> AbstractContextManager[Knoop]:
    """A node that soon has waited long enough."""
    return knoop(database.url, proefmodus=True, database_geduld=0.5)


@pytest.fixture(scope="module")
def maak_postgresql() -> Iterator[Callable[[], Bevriesbaar]]:
    with eigen_postgresql() as maak:
        yield maak


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Bevriesbaar:
    """Each kind of database in turn."""
    if request.param == "sqlite":
        return bevriesbare_sqlite(tmp_path)
    gemaakt: Bevriesbaar = request.getfixturevalue("maak_postgresql")()
    return gemaakt


def _zonder_database(node: Knoop, paar: Paar) -> None:
    """What needs no database answers, also when many wait for the database."""
    with httpx.Client(base_url=node.url, timeout=30, verify=False) as klant:
        for pad in ("/status", "/gezondheid/live", "/v1/standaard/regels", "/v1/standaard/codelijsten/WJ001"):
            assert klant.get(pad).status_code == 200
        data = paar.dossier().toewijzing()
        assert klant.post("/validatie", content=data, headers={"Content-Type": "text/xml"}).json()["Fouten"] == []


def _niet_nu(antwoord: httpx.Response) -> None:
    assert antwoord.status_code == 503, antwoord.text
    assert antwoord.headers["retry-after"] == "5"
    controleer_probleem(antwoord)


def _weer_goed(node: Knoop) -> None:
    wacht_tot(lambda: httpx.get(f"{node.url}/gezondheid").status_code == 200)


def test_writing_is_503_and_goes_on_afterwards(database: Bevriesbaar) -> None:
    with _knoop(database) as node, ThreadPoolExecutor(80) as draden:
        paren = [node.paar() for _ in range(10)]
        data = [paar.dossier().toewijzing() for paar in paren]
        klaar = paren[0].dossier(nummer=7).toewijzing()
        paren[0].gemeente.goedgekeurd(klaar)
        [ligt_klaar] = paren[0].aanbieder.postvak()
        nummer = ligt_klaar["referentiegegevens"]["traceerId"]
        bevestig = f"/v1/postvak/berichten/{nummer}/bevestigd"
        with database.bevroren():
            taken = [draden.submit(paar.gemeente.bied_aan, bytes_) for paar, bytes_ in zip(paren, data, strict=True)]
            taken += [draden.submit(paren[0].aanbieder.post, bevestig) for _ in range(60)]
            _zonder_database(node, paren[0])
            for taak in taken:
                _niet_nu(taak.result())
        _weer_goed(node)
        for paar, bytes_ in zip(paren, data, strict=True):  # on new lines: of old ones others may have taken the place
            assert node.klant(paar.gemeentecode).bied_aan(bytes_).json()["oordeel"] == "goedgekeurd"
        assert node.klant(paren[0].agb).post(bevestig).status_code == 200
        with node.engine.connect() as verbinding:
            heen = select(bericht.c.id).where(bericht.c.antwoord_op.is_(None))
            assert len(verbinding.execute(heen).all()) == len(paren) + 1
        controleer_database(node.engine)


def test_reading_is_503_when_the_server_says_nothing(maak_postgresql: Callable[[], Bevriesbaar]) -> None:
    database = maak_postgresql()
    with _knoop(database) as node, ThreadPoolExecutor(60) as draden:
        paar = node.paar()
        paar.gemeente.json("/v1/toewijzingen")
        lijsten = [
            "/v1/toewijzingen",
            "/v1/verzoeken",
            "/v1/declaraties",
            "/v1/postvak/berichten",
            "/v1/werklijsten",
            "/gezondheid",
        ]
        with database.bevroren():
            taken = [draden.submit(paar.gemeente.get, pad) for pad in lijsten for _ in range(10)]
            _zonder_database(node, paar)
            for taak in taken:
                _niet_nu(taak.result())
        _weer_goed(node)
        for pad in lijsten:
            paar.gemeente.json(pad)


def test_the_doors_of_the_chain_take_nothing_that_is_not_stored(database: Bevriesbaar) -> None:
    with _knoop(database) as node:
        een, ander = node.paar(), node.paar()
        zending, envelop = vsp.zending(een.dossier().toewijzing()), ggk.envelop(ander.dossier().toewijzing())
        with database.bevroren():
            _niet_nu(vsp.dien_in(een.gemeente, zending))
            assert ggk.lever(ander.gemeente, envelop).status_code in (500, 503)
        _weer_goed(node)
        assert vsp.dien_in(een.gemeente, zending).status_code == 204
        ggk.bevestigd(ander.gemeente, envelop)
        assert vsp.wacht(een.gemeente, zending.id)["berichtstatus"] == "WordtAangeboden"
        assert ggk.wacht(ander.gemeente, envelop.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"


def test_a_commit_of_which_the_answer_never_came(maak_postgresql: Callable[[], Bevriesbaar]) -> None:
    """The sender does not know and repeats; when the server had it after all, it is the same message."""
    database = maak_postgresql()
    with _knoop(database) as node, ExitStack() as staat_stil:
        paar = node.paar()
        data = paar.dossier().toewijzing()
        paar.gemeente.json("/v1/toewijzingen")

        def bevries(verbinding: Any) -> None:
            if verbinding.get_execution_options().get(SCHRIJFT) is not None:
                staat_stil.enter_context(database.bevroren())

        with Bij(node.binnen.engine, "commit", bevries):
            _niet_nu(paar.gemeente.bied_aan(data))
        staat_stil.close()
        wacht_op_stilte(database.url)
        _weer_goed(node)
        herhaald = paar.gemeente.bied_aan(data)
        assert herhaald.json()["oordeel"] == "goedgekeurd"
        assert herhaald.status_code == 200  # COMMIT was in the hands of the server
        assert paar.gemeente.bied_aan(data).content == herhaald.content
        controleer_database(node.engine)


class Bij(ExitStack):
    """Does this at every such event of an engine."""

    def __init__(self, engine: Engine, naam: str, doe: Callable[[Any], None]) -> None:
        super().__init__()
        event.listen(engine, naam, doe)
        self.callback(event.remove, engine, naam, doe)
