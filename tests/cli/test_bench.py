"""The command ``bench``: the load flows by ``replay``, with its figures and its exit code."""

import json
from pathlib import Path

import pytest
from tests.spel.knoop import FLOW, met
from typer.testing import CliRunner

from berichtenverkeer.cli import app, bench
from berichtenverkeer.spel.bestand.bibliotheek import vind


@pytest.fixture(autouse=True)
def _eigen_knoop(monkeypatch: pytest.MonkeyPatch) -> None:
    for naam in ("BV_DATABASE_URL", "BV_BASE_URL", "BV_PARTIJEN"):
        monkeypatch.delenv(naam, raising=False)


def _bench(monkeypatch: pytest.MonkeyPatch, flow: Path, *argumenten: str) -> tuple[int, str]:
    monkeypatch.setattr(bench, "_FLOWS", str(flow))
    uit = CliRunner().invoke(app, ["bench", "--domein", "iwmo", "--herhaal", "2", "--parallel", "2", *argumenten])
    return uit.exit_code, uit.output


def test_it_plays_the_load_flows_of_the_library_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert vind(bench._FLOWS)
    code, tekst = _bench(monkeypatch, FLOW, "--json")
    assert code == 0, tekst
    *verlopen, cijfers = map(json.loads, tekst.splitlines())
    assert [verloop["ronde"] for verloop in verlopen] == [1, 2]
    assert cijfers["belasting"]["berichten"] == sum(len(verloop["stappen"]) for verloop in verlopen)


def test_what_differs_under_load_is_told_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, tekst = _bench(monkeypatch, met(tmp_path, "oordeel: afgekeurd", "oordeel: goedgekeurd"))
    assert code == 1, tekst
    assert "2 met een verschil" in tekst
    assert "per seconde" in tekst


def test_elsewhere_it_needs_parties_or_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    code, tekst = _bench(monkeypatch, FLOW, "--base-url", "http://127.0.0.1:1")
    assert (code, "--database-url" in tekst) == (2, True), tekst
