"""Logging in at a node of the tests."""

from tests.knoop import Knoop
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app


def meld_aan(k: Knoop, *codes: str) -> None:
    """Log in as each of these parties, under its code; the last is who one is when none is named."""
    for code in codes:
        uit = draai("login", k.url, "--naam", code, "--in-bestand", invoer=k.tokens[code])
        assert uit.exit_code == 0, uit.output


def draai(*argumenten: str, invoer: str | bytes = "") -> Result:
    """What a command says, and how it ends."""
    uit = CliRunner().invoke(app, argumenten, input=invoer)
    assert isinstance(uit.exception, SystemExit | None), uit.exception
    return uit
