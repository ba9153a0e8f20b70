"""The limits as settings, and as the operator reads of them."""

from pathlib import Path

import pytest
from tests.cli.test_beheer import draai

from berichtenverkeer.grenzen import Grenzen, markdown
from berichtenverkeer.instellingen import Instellingen

BEHEER = Path(__file__).parent.parent.parent / "docs" / "beheer.md"


def test_the_table_of_the_operator_is_that_of_the_settings() -> None:
    assert markdown() in BEHEER.read_text()


def test_every_limit_is_explained_and_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for naam, veld in Grenzen.model_fields.items():
        assert (veld.description or "").endswith("."), naam
        monkeypatch.setenv(f"BV_{naam.upper()}", str(veld.default * 2))
        assert getattr(Instellingen(), naam) == veld.default * 2


def test_a_setting_that_is_none_is_said_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BV_KOP_TIJD", "lang")
    uit = draai("sqlite://", "serve")
    assert (uit.exit_code, uit.stdout) == (2, "")
    assert "BV_KOP_TIJD" in uit.stderr
