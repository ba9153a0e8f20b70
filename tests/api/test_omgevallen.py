"""A server that is killed (SIGKILL) at one exact moment of what a door does, and started again: everything happens once."""

import signal
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import Engine, select
from tests import ggk, vsp
from tests.berichten import Dossier, gemeenten
from tests.conftest import MaakDatabase
from tests.knoop import controleer_database, meld_partijen_aan
from tests.proces import KLOK, adres

from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.keten import zending

GEMEENTE, AGB = gemeenten()[0], "98000000"

_STERF_NA = """
import os, signal
from {module} import {wat} as plek
def sterf(*alles, echt=plek.{naam}, **anders):
    echt(*alles, **anders)
    os.kill(os.getpid(), signal.SIGKILL)
plek.{naam} = sterf
"""
BEWAARD = _STERF_NA.format(module="berichtenverkeer.keten.zendingen.bewaarder", wat="Bewaarder", naam="_bewaar")
"""Stored for good, and not answered."""
BEANTWOORD = """
from berichtenverkeer.keten.zendingen.verwerker import Zendingverwerker
Zendingverwerker.begin = lambda *_: None
"""
"""Stored and answered, and nothing looks at it: then it is killed from outside."""
VERWERKT = _STERF_NA.format(module="berichtenverkeer.inname", wat="schrijver", naam="verwerk")
"""Judged and written, and not committed."""

VASTGEHOUDEN = """
import os, signal
from berichtenverkeer.inname import beurten, schrijver
schrijver.is_zwaar_werk = lambda a: True
beurten.Rust.nog = lambda _: os.kill(os.getpid(), signal.SIGKILL)
"""
"""Judged, and it waits for its turn to be written."""


def _dien_in_bij_vsp() -> tuple[str, Callable[[httpx.Client], httpx.Response]]:
    z = vsp.zending(Dossier(GEMEENTE, AGB).toewijzing())
    return z.id, lambda klant: vsp.dien_in(klant, z)


def _lever_aan_ggk() -> tuple[str, Callable[[httpx.Client], httpx.Response]]:
    e = ggk.envelop(Dossier(GEMEENTE, AGB).toewijzing())
    return e.stuurgegevens.referentienummer, lambda klant: ggk.lever(klant, e)


DEUREN = {"vsp": (_dien_in_bij_vsp, 204), "ggk": (_lever_aan_ggk, 200)}


def _staat(engine: Engine) -> tuple[list[str], list[str]]:
    """The statuses of the envelopes, and the verdicts on the messages that are no answer."""
    with engine.connect() as verbinding:
        statussen = verbinding.execute(select(zending.c.status)).scalars().all()
        heen = select(bericht.c.oordeel).where(bericht.c.antwoord_op.is_(None))
        return list(statussen), list(verbinding.execute(heen).scalars())


@pytest.mark.parametrize("deur", DEUREN)
@pytest.mark.parametrize(
    "moment", [BEWAARD, BEANTWOORD, VERWERKT, VASTGEHOUDEN], ids=["bewaard", "beantwoord", "verwerkt", "vastgehouden"]
)
def test_after_a_kill_it_is_there_once(maak_database: MaakDatabase, deur: str, moment: str) -> None:
    url = maak_database()
    engine = maak_engine(url)
    maak_gereed(engine)
    tokens = meld_partijen_aan(engine, aantal=1)
    maak, status = DEUREN[deur]
    nummer, lever = maak()
    headers = KLOK | {"Authorization": f"Bearer {tokens[GEMEENTE]}"}
    with adres(url) as hier, httpx.Client(base_url=hier.url, headers=headers, timeout=120, verify=False) as klant:
        proces = hier.start(moment)
        eerste = None
        try:
            eerste = lever(klant)
        except httpx.TransportError:
            assert moment != BEANTWOORD
        if moment == BEANTWOORD:
            proces.kill()
        assert proces.wait(30) == -signal.SIGKILL
        assert moment != BEWAARD or eerste is None
        assert _staat(engine) == (["Ontvangen"], [])
        hier.start()
        herhaald = lever(klant)
        assert vsp.wacht(klant, nummer)["berichtstatus"] == "WordtAangeboden"
        nogmaals = lever(klant)
    for antwoord in filter(None, (eerste, herhaald, nogmaals)):
        assert (antwoord.status_code, antwoord.content) == (status, herhaald.content)
    assert _staat(engine) == (["VerwerkingVoltooid"], ["goedgekeurd"])
    controleer_database(engine)
    engine.dispose()
