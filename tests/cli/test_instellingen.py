"""Every setting with its meaning, on the command line and in the docs."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.instellingen import Instellingen

DOCS = Path(__file__).parents[2] / "docs" / "instellingen.md"


def _toon(*argumenten: str) -> str:
    uit = CliRunner().invoke(app, ["instellingen", *argumenten], env={"COLUMNS": "400"})
    assert uit.exit_code == 0, uit.output
    return uit.stdout


def test_the_docs_are_what_the_code_says() -> None:
    assert DOCS.read_text(encoding="utf-8") == _toon("--markdown"), "draai 'make docs'"


def test_every_setting_is_explained_once() -> None:
    docs = DOCS.read_text(encoding="utf-8")
    for naam in Instellingen.model_fields:
        assert docs.count(f"| `BV_{naam.upper()}` | ") == 1, naam
    assert "|  |" not in docs, "each says what it means"


def test_the_docs_do_not_depend_on_who_makes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BV_UITVOER_UREN", "7")
    monkeypatch.setenv("BV_DATABASE_URL", "postgresql://iemand:wachtwoord42@db/bv")
    assert _toon("--markdown") == DOCS.read_text(encoding="utf-8")
    nu = _toon()
    assert "wachtwoord42" not in nu
    [regel] = [regel for regel in nu.splitlines() if "BV_UITVOER_UREN" in regel]
    assert regel.split()[1:3] == ["7", "24"]
