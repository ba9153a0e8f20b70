"""Load: a month's start, played many times at once, and what is told of it."""

import json
from datetime import datetime

import pytest
from tests.conftest import MaakDatabase
from tests.proces import adres
from tests.spel.knoop import FLOW
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.spel.bestand.bibliotheek import vind
from berichtenverkeer.spel.bestand.flow import lees
from berichtenverkeer.spel.spelen.belasting import Duren, meet
from berichtenverkeer.spel.spelen.verloop import StapVerloop, Verloop
from berichtenverkeer.standaard.domein import Domein

[MAANDBEGIN] = vind("bibliotheek:belasting/maandbegin")
SOORTEN = {"WMO301": 30, "WMO305": 8, "WMO307": 4, "WMO323": 2}


def _stap(soort: str, duur: float) -> StapVerloop:
    moment = datetime(2026, 3, 2)
    return StapVerloop(1, 1, "stuur", "gemeente", "aanbieder", "berichten", moment, "", None, soort=soort, duur=duur)


def test_the_times_are_those_by_rank_of_each_kind() -> None:
    verloop = Verloop(lees(FLOW), Domein.IWMO)
    verloop.stappen = [*(_stap("WMO301", float(n)) for n in range(100, 0, -1)), _stap("WMO305", 7.0), _stap("", 99.0)]
    gemeten = meet([verloop, verloop], 50.0)
    assert gemeten.soorten == (Duren("WMO301", 200, 50.0, 95.0, 100.0), Duren("WMO305", 2, 7.0, 7.0, 7.0))
    assert (gemeten.berichten, gemeten.per_seconde) == (202, 4.04)
    assert meet([], 0.0).per_seconde == 0.0


def test_a_month_begins_more_than_once_and_is_told_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BV_DATABASE_URL", raising=False)
    opdracht = ["replay", str(MAANDBEGIN), "--domein", "iwmo", "--herhaal", "2", "--parallel", "2", "--json"]
    uit = CliRunner().invoke(app, opdracht)
    assert uit.exit_code == 0, uit.output
    *verlopen, laatste = map(json.loads, uit.output.splitlines())
    assert [v["uitkomst"] for v in verlopen] == ["geslaagd"] * 2
    gemeten = laatste["belasting"]
    assert {soort: bij["aantal"] for soort, bij in gemeten["soorten"].items()} == {s: 2 * n for s, n in SOORTEN.items()}
    assert gemeten["berichten"] == 2 * sum(SOORTEN.values())


def test_load_on_a_server_process_with_parties_that_are_made_there(
    sqlite: MaakDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sqlite()
    engine = maak_engine(url)
    maak_gereed(engine)
    engine.dispose()
    monkeypatch.setenv("BV_DATABASE_URL", url)
    opdracht = ["replay", str(FLOW), "--domein", "iwmo", "--herhaal", "6", "--parallel", "3", "--meld-aan"]
    with adres(url) as hier:
        hier.start()
        uit = CliRunner().invoke(app, [*opdracht, "--base-url", hier.url])
    assert uit.exit_code == 0, uit.output
    assert "6 gespeeld: 6 geslaagd." in uit.output
    assert "24 berichten in " in uit.output
    assert "WMO305      12" in uit.output
