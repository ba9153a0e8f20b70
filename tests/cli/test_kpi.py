"""Steering figures on the command line and in the docs."""

import csv
import json
from pathlib import Path

import pytest
from tests.inname.conftest import Balie
from tests.knoop import Knoop
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.stuurinformatie.catalogus import KPIS

DOCS = Path(__file__).parents[2] / "docs" / "kpis.md"
PERIODE = ["--van", "2026-01-01", "--tot", "2026-12-31"]


def _toon(*opdracht: str) -> str:
    uit = CliRunner().invoke(app, ["kpi", *opdracht])
    assert uit.exit_code == 0, uit.output
    return uit.stdout


def test_the_docs_are_what_the_code_says() -> None:
    assert DOCS.read_text(encoding="utf-8") == _toon("--markdown"), "draai 'make docs'"


def test_the_catalogue_has_every_figure() -> None:
    rijen = [json.loads(regel) for regel in _toon("--json").splitlines()]
    assert [rij["code"] for rij in rijen] == list(KPIS)
    assert set(rijen[0]) == {"code", "naam", "definitie", "bron", "eenheid", "per", "voor"}
    assert KPIS["WACHTTIJD"].grens in _toon("WACHTTIJD")


def test_the_figures_of_a_party_are_those_over_http(k: Knoop) -> None:
    paar = k.paar()
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    vraag = ["--voor", paar.gemeentecode, *PERIODE, "--per", "gemeente,maand", "--database-url", k.database_url]
    over_http = paar.gemeente.get(
        "/v1/stuurinformatie", params={"van": "2026-01-01", "tot": "2026-12-31", "per": "gemeente,maand"}
    ).json()
    hier = json.loads(_toon(*vraag, "--json"))
    assert hier["kpis"] == over_http["kpis"]
    [rij] = csv.DictReader(_toon("INSTROOM", *vraag, "--toon-klein", "--csv").splitlines(), delimiter=";")
    assert rij | {"code": "INSTROOM", "waarde": "1", "onderdrukt": "nee"} == rij
    assert "verborgen" in _toon("INSTROOM", *vraag)


def test_what_is_wrong_is_said(leeg: Balie, k: Knoop) -> None:
    vraag = ["--voor", "0000", *PERIODE, "--database-url", k.database_url]
    assert "bestaat niet" in CliRunner().invoke(app, ["kpi", *vraag]).output
    assert "--van" in CliRunner().invoke(app, ["kpi", "--voor", "0855"]).output
    assert CliRunner().invoke(app, ["kpi", "INSTROM,"]).output == "kpi kent geen INSTROM; bedoelt u INSTROOM?\n"


@pytest.mark.parametrize("codes", ["INSTROOM UITVAL", "INSTROOM,UITVAL", "INSTROOM, UITVAL,"])
def test_codes_may_stand_with_commas_between_them(codes: str) -> None:
    uit = _toon(*codes.split(), "--json").splitlines()
    assert [json.loads(regel)["code"] for regel in uit] == ["INSTROOM", "UITVAL"]


def test_all_that_is_wrong_is_said_at_once(k: Knoop) -> None:
    vraag = ["--voor", k.paar().gemeentecode, "--van", "2026-13-40", "--tot", "2300-01-01", "--per", "gemente"]
    uit = CliRunner().invoke(app, ["kpi", "INSTROM", *vraag, "--database-url", k.database_url])
    assert uit.exit_code == 2
    assert [regel.split()[0] for regel in uit.output.splitlines()] == ["van", "tot", "kpi", "per"]
    assert "bedoelt u INSTROOM?" in uit.output
