"""What is new for a webhook: the condition that the database is asked says so just when there is something, row by row, and nothing is
missed or told twice."""

from collections.abc import Iterator
from datetime import date

import pytest
from tests.conftest import MaakDatabase
from tests.knoop import NU, Klant, Knoop, Paar, knoop

from berichtenverkeer.opslag.berichten import webhooks
from berichtenverkeer.opslag.berichten.notificaties import Notificatie
from berichtenverkeer.opslag.berichten.webhooks import Webhook
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.webhooks import beheer
from berichtenverkeer.webhooks.bronnen import BRONNEN, WERKVRAAG, maak
from berichtenverkeer.webhooks.soorten import SOORTEN

VANDAAG = NU.date()


@pytest.fixture(scope="module")
def k(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node that tells nobody anything."""
    with knoop(maak_database.gereed(), bezorger=False) as k:
        yield k


def _webhook(k: Knoop, partij: str, *soorten: str) -> Webhook:
    return beheer.maak(k.engine, partij, "https://ontvanger.example/", soorten or set(SOORTEN), NU, k.binnen.peil)


def _is_er_nieuws(k: Knoop, webhook: Webhook, dag: date = VANDAAG) -> bool:
    with k.engine.connect() as verbinding:
        [werk] = webhooks.werk(verbinding, WERKVRAAG, NU, NU, dag.toordinal(), webhook.id)
    assert (werk.id, werk.partij, werk.aan_de_beurt) == (webhook.id, webhook.partij, False)
    return werk.nieuws


def _alles(k: Knoop, webhook: Webhook, dag: date = VANDAAG) -> list[Notificatie]:
    """What is new, as long as the database says that there is."""
    gemaakt: list[Notificatie] = []
    while _is_er_nieuws(k, webhook, dag):
        with schrijvend(k.engine) as verbinding:
            plekken = webhooks.plekken(verbinding, webhook.id)
            nieuw, verder = maak(verbinding, webhook, plekken, k.binnen.peil(dag))
            assert verder != plekken
            webhooks.zet_plekken(verbinding, webhook.id, verder)
        gemaakt += nieuw
    with k.engine.connect() as verbinding:
        plekken = webhooks.plekken(verbinding, webhook.id)
        assert maak(verbinding, webhook, plekken, k.binnen.peil(dag)) == ([], plekken)
    return gemaakt


def _ids(klant: Klant, lijst: str) -> set[str]:
    return {item["id"] for item in klant.json(f"/v1/{lijst}", limiet=1000)["items"]}


def _verhaal(paar: Paar, bsn: str, nummer: int) -> None:
    """A toewijzing, a start, and a start that is refused."""
    d = paar.dossier(bsn, nummer=nummer)
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    assert paar.aanbieder.aangenomen(d.start())["oordeel"] == "afgekeurd"


@pytest.mark.parametrize("per_keer", [1, 2, 200])
def test_nothing_is_missed_or_told_twice(k: Knoop, monkeypatch: pytest.MonkeyPatch, per_keer: int) -> None:
    monkeypatch.setattr("berichtenverkeer.webhooks.bronnen.PER_KEER", per_keer)
    paar, ander = k.paar(), k.paar()
    _verhaal(paar, "999900006", 1001)
    van = {code: _webhook(k, code) for code in (paar.gemeentecode, paar.agb, ander.agb)}
    assert [_is_er_nieuws(k, webhook) for webhook in van.values()] == [False] * 3
    oud = {lijst: _ids(paar.aanbieder, lijst) for lijst in ("berichten", "toewijzingen")}
    _verhaal(paar, "999900018", 2001)
    paar.gemeente.goedgekeurd(paar.dossier("999900018", nummer=2002).toewijzing())
    assert _alles(k, van[ander.agb]) == []
    for code, klant in ((paar.gemeentecode, paar.gemeente), (paar.agb, paar.aanbieder)):
        gemaakt = _alles(k, van[code])
        assert len({een.id for een in gemaakt}) == len(gemaakt)
        gezien = {soort: {een.onderwerp for een in gemaakt if een.soort == soort} for soort in SOORTEN}
        berichten = [b for b in klant.json("/v1/berichten", limiet=1000)["items"] if b["id"] not in oud["berichten"]]
        heen = {b["id"] for b in berichten if b["richting"] == "verzonden" and b["antwoord_op"] is None}
        af = {b["id"] for b in berichten if b["oordeel"] == "afgekeurd"}
        assert gezien["bericht.beoordeeld"] == heen
        assert gezien["bericht.afgekeurd"] == heen & af
        assert gezien["bericht.ontvangen"] == {b["id"] for b in berichten if b["richting"] == "ontvangen"} - af
        assert gezien["toewijzing.gewijzigd"] == _ids(klant, "toewijzingen") - oud["toewijzingen"]


def test_a_day_that_is_over_is_news_once(k: Knoop) -> None:
    webhook = _webhook(k, k.paar().agb, "termijn.verstreken")
    later = date(2026, 4, 2)
    assert (_is_er_nieuws(k, webhook), _is_er_nieuws(k, webhook, later)) == (False, True)
    assert _alles(k, webhook, later) == []
    assert not _is_er_nieuws(k, webhook, later)
    assert not _is_er_nieuws(k, webhook)  # a clock that was set back


def test_who_waits_for_what_has_no_source_has_no_place(k: Knoop) -> None:
    webhook = _webhook(k, k.paar().agb, "bericht.bezorgd")
    with k.engine.connect() as verbinding:
        assert webhooks.plekken(verbinding, webhook.id) == {}
    assert not _is_er_nieuws(k, webhook)


def test_every_kind_has_a_source_that_there_is() -> None:
    assert {soort.bron for soort in SOORTEN.values()} - {None} == BRONNEN.keys()
    for naam, soort in SOORTEN.items():
        assert soort.type == f"nl.berichtenverkeer.{naam}.v1"
        assert len(naam) <= 40
