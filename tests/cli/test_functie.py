"""The operator's commands on releases."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'proef.db'}"


def draai(url: str, *argumenten: str) -> Result:
    return CliRunner().invoke(app, ("functie", *argumenten), env={"BV_DATABASE_URL": url})


def test_a_freeze_is_set_shown_and_taken_away(url: str) -> None:
    assert (draai(url, "list").exit_code, draai(url, "list").output) == (0, "")
    opdracht = ("set", "*", "bevroren", "--van", "2026-04-01", "--tot", "2026-04-02T06:00:00", "--reden", "wissel 3.3")
    uit = draai(url, *opdracht)
    assert (uit.exit_code, uit.output) == (
        0, "* in release 3.2: bevroren vanaf 2026-04-01T00:00:00 tot 2026-04-02T06:00:00.\n",
    )  # fmt: skip
    assert draai(url, "set", "WMO301", "aan", "--van", "2026-04-01").exit_code == 0
    assert [regel.split() for regel in draai(url, "list").output.splitlines()] == [
        ["*", "3.2", "2026-04-01T00:00:00", "2026-04-02T06:00:00", "bevroren", "wissel", "3.3"],
        ["WMO301", "3.2", "2026-04-01T00:00:00", "aan"],
    ]
    assert draai(url, "wis", "*", "--van", "2026-04-02").exit_code == 2
    assert draai(url, "wis", "*", "--van", "2026-04-01").output == "Weggehaald: 1.\n"
    assert draai(url, "wis", "WMO301").exit_code == 0
    assert draai(url, "list").output == ""


def test_a_release_that_cannot_be_read_is_warned_of(url: str) -> None:
    uit = draai(url, "set", "*", "aan", "--versie", "3.3")
    assert (uit.exit_code, "gelezen wordt release 3.2; 3.3 blijft geweigerd" in uit.output) == (0, True)
    assert "3.3" in draai(url, "list").output
    assert "die niet is geladen (BV_RELEASES) blijft geweigerd" in " ".join(
        draai(url, "--help").output.replace("│", " ").split()
    )


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (("set", "WMO399", "uit"), "geen functie"),
        (("set", "WMO301", "dicht"), "kies aan, uit, bevroren"),
        (("set", "WMO301", "uit", "--versie", "drie"), "geen release"),
        (("set", "WMO301", "uit", "--van", "straks"), "geen moment"),
        (("wis", "WMO301"), "geen schakelaar"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(url: str, argumenten: tuple[str, ...], tekst: str) -> None:
    uit = draai(url, *argumenten)
    assert uit.exit_code == 2
    assert tekst in uit.output
    assert isinstance(uit.exception, SystemExit)
