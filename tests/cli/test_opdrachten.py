"""The commands as a whole: what ``--help`` says of each, and that one imports only what it needs."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.cli.opdrachten import OPDRACHTEN

STARTUP = """
import runpy, sys
sys.argv = ["berichtenverkeer", *sys.argv[1:]]
try:
    runpy.run_module("berichtenverkeer", run_name="__main__")
finally:
    print(*sorted({naam.partition(".")[0] for naam in sys.modules}), file=sys.stderr)
"""
"""Runs the command line, and then says on standard error which packages it imported."""

DIENST = {"alembic", "cryptography", "fastapi", "httpx", "sqlalchemy", "starlette", "structlog", "uvicorn"}
"""What a server and a database need."""

NERGENS = {"holidays", "http", "psycopg", "rich", "stdnum", "xmlschema", "yaml"}
"""What is slow to import and of no use to a command that only reads."""


def geimporteerd(*argumenten: str) -> set[str]:
    """The packages that a command imports."""
    opdracht = [sys.executable, "-c", STARTUP, *argumenten]
    klaar = subprocess.run(opdracht, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return set(klaar.stderr.split())


@pytest.mark.parametrize("naam", OPDRACHTEN)
def test_the_list_says_what_the_command_says(naam: str) -> None:
    opdracht = get_command(app).get_command(None, naam)  # type: ignore[attr-defined]
    assert opdracht.get_short_help_str(1000) == OPDRACHTEN[naam].kort
    uit = CliRunner().invoke(app, (naam, "--help"))
    assert (uit.exit_code, OPDRACHTEN[naam].kort[:40] in uit.output) == (0, True)


def test_the_list_has_every_command() -> None:
    uit = CliRunner().invoke(app, ("--help",))
    assert uit.exit_code == 0
    assert [naam for naam in OPDRACHTEN if f"\n  {naam} " not in uit.output] == []


def test_groups_have_the_commands_of_all_their_modules() -> None:
    assert "certificaat-intrekken" in CliRunner().invoke(app, ("partij", "--help")).output
    assert "prestatie" in CliRunner().invoke(app, ("voorstel", "--help")).output


def test_an_unknown_command_is_refused() -> None:
    uit = CliRunner().invoke(app, ("valideer",))
    assert (uit.exit_code, "valideer" in uit.output) == (2, True)


def test_help_imports_neither_the_standard_nor_a_server() -> None:
    assert geimporteerd("--help") & (DIENST | NERGENS | {"lxml", "pydantic"}) == set()


def test_validate_imports_no_server_and_no_database() -> None:
    voorbeeld = Path(__file__).parents[2] / "fixtures/voorbeelden/WMO305.xml"
    pakketten = geimporteerd("validate", str(voorbeeld))
    assert pakketten & (DIENST | NERGENS) == set()
    assert "lxml" in pakketten


def test_a_node_on_a_new_database_imports_no_migrations(tmp_path: Path) -> None:
    opdracht = (
        "import sys, berichtenverkeer.api.app; from berichtenverkeer.opslag.database import maak_engine, maak_gereed;"
        "maak_gereed(maak_engine(sys.argv[1])); print(*{naam.partition('.')[0] for naam in sys.modules})"
    )
    argumenten = [sys.executable, "-c", opdracht, f"sqlite:///{tmp_path / 'proef.db'}"]
    pakketten = set(subprocess.run(argumenten, check=True, stdout=subprocess.PIPE, text=True).stdout.split())
    assert pakketten & {"alembic", "mako", "typer", "xmlschema"} == set()
    assert "sqlalchemy" in pakketten
