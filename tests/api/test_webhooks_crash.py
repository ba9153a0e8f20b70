"""A process that dies between what happened and telling it, or between telling it and noting that: it is told at least once, under
one id."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, select
from tests.berichten import Dossier, gemeenten
from tests.conftest import MaakDatabase
from tests.eindpunt import wacht_tot
from tests.knoop import XML, meld_partijen_aan
from tests.ontvanger import GOED, Aanroep, Antwoord, Ontvanger, ontvanger
from tests.proces import KLOK, Adres, adres, wacht_tot_op

from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.uitgaand import notificatie

_STERF_VOOR_DE_AANROEP = """
import os, signal
from berichtenverkeer.webhooks.verzender import Verzender
async def sterf(*_):
    os.kill(os.getpid(), signal.SIGKILL)
Verzender.roep_aan = sterf
"""


@dataclass
class Plaats:
    """An address without processes, a receiver, and the parties."""

    hier: Adres
    daar: Ontvanger
    engine: Engine
    tokens: dict[str, str]
    gemeente: str

    def klant(self) -> httpx.Client:
        """The gemeente, that tries each thing once."""
        kop = KLOK | {"Authorization": f"Bearer {self.tokens[self.gemeente]}"}
        return httpx.Client(base_url=self.hier.url, headers=kop, timeout=60)

    def stuur(self, klant: httpx.Client) -> str:
        """A message of which nobody may hear whether it was taken in; its id, that of its bytes."""
        with suppress(httpx.TransportError):  # it died before it had answered
            klant.post("/v1/berichten", content=Dossier(self.gemeente, "98000000").toewijzing(), headers=XML)
        with self.engine.connect() as verbinding:
            vraag = select(bericht.c.id).where(bericht.c.verzender == self.gemeente)
            return str(verbinding.execute(vraag).scalar_one())

    def niets_over(self) -> bool:
        """Whether nothing is still to be told."""
        with self.engine.connect() as verbinding:
            return verbinding.execute(select(notificatie)).first() is None


@pytest.fixture
def plaats(maak_database: MaakDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plaats]:
    monkeypatch.setenv("BV_WEBHOOK_GEDULD", "1")
    monkeypatch.setenv("BV_WEBHOOK_NETWERKEN", "127.0.0.1/32")
    url = maak_database()
    engine = maak_engine(url)
    maak_gereed(engine)
    tokens = meld_partijen_aan(engine, 1)
    with ontvanger() as daar, adres(url) as hier:
        yield Plaats(hier, daar, engine, tokens, gemeenten()[0])
    engine.dispose()


def _webhook(klant: httpx.Client, url: str) -> dict[str, Any]:
    antwoord = klant.post("/v1/webhooks", json={"url": url, "soorten": ["bericht.beoordeeld"]})
    assert antwoord.status_code == 201, antwoord.text
    uit: dict[str, Any] = antwoord.json()
    return uit


def test_killed_between_the_commit_and_the_call(plaats: Plaats) -> None:
    eerste = plaats.hier.start(_STERF_VOOR_DE_AANROEP)
    with plaats.klant() as klant:
        wacht_tot_op(klant, eerste)
        webhook = _webhook(klant, plaats.daar.url)
        heen = plaats.stuur(klant)
        eerste.wait(30)
        assert plaats.daar.gekregen == []
        plaats.hier.start()
        plaats.daar.wacht(1)
        wacht_tot(plaats.niets_over)
    [een] = plaats.daar.gekregen
    assert een.inhoud["subject"] == heen
    assert een.klopt(webhook["geheim"])


def test_killed_between_the_call_and_the_note(plaats: Plaats) -> None:
    eerste = plaats.hier.start()

    def sterf(_: Aanroep) -> Antwoord:
        plaats.daar.antwoord = lambda _: GOED
        eerste.kill()
        eerste.wait(30)
        return GOED

    with plaats.klant() as klant:
        wacht_tot_op(klant, eerste)
        _webhook(klant, plaats.daar.url)
        plaats.daar.antwoord = sterf
        heen = plaats.stuur(klant)
        plaats.daar.wacht(1)
        plaats.hier.start()
        plaats.daar.wacht(2)
        wacht_tot(plaats.niets_over)
    assert {een.inhoud["subject"] for een in plaats.daar.gekregen} == {heen}
    assert len({(een.koppen["webhook-id"], een.data) for een in plaats.daar.gekregen}) == 1
