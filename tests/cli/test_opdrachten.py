"""The commands as a whole: what ``--help`` says of each, and that one imports only what it needs."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.cli.opdrachten import BEHEER, GROEPEN, OPDRACHTEN
from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.startinstellingen import Startinstellingen

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


def test_a_node_on_a_new_database_imports_no_migrations_and_nothing_for_services_that_it_has_not(
    tmp_path: Path,
) -> None:
    opdracht = (
        "import sys, berichtenverkeer.web.app; from berichtenverkeer.opslag.database import maak_engine, maak_gereed;"
        "maak_gereed(maak_engine(sys.argv[1])); print(*{naam.partition('.')[0] for naam in sys.modules})"
    )
    argumenten = [sys.executable, "-c", opdracht, f"sqlite:///{tmp_path / 'proef.db'}"]
    pakketten = set(subprocess.run(argumenten, check=True, stdout=subprocess.PIPE, text=True).stdout.split())
    assert pakketten & {"alembic", "authlib", "joserfc", "mako", "typer", "xmlschema"} == set()
    assert "sqlalchemy" in pakketten


def _opties(opdracht: Any, pad: str = "") -> Iterator[tuple[str, Any]]:
    """Every option of every command, with where it is."""
    for optie in opdracht.params:
        yield f"{pad} {optie.name}", optie
    for naam in opdracht.list_commands(None) if hasattr(opdracht, "list_commands") else ():
        yield from _opties(opdracht.get_command(None, naam), f"{pad} {naam}")


def test_only_a_setting_of_the_service_is_a_variable() -> None:
    """A question is not: one that was left behind by another command would be answered unseen."""
    met = {waar: optie for waar, optie in _opties(get_command(app)) if optie.envvar}
    instellingen = {f"BV_{naam.upper()}" for naam in Instellingen.model_fields}
    assert {optie.envvar for optie in met.values()} == {f"BV_{naam.upper()}" for naam in Startinstellingen.model_fields}
    assert {waar: optie.envvar for waar, optie in met.items() if optie.envvar not in instellingen} == {}
    assert [waar for waar in met if waar.startswith(" rebuild")] == [" rebuild database_url", " rebuild xsd_dir"]


def test_a_command_goes_over_http_or_beside_the_database() -> None:
    """What is beside the database says so, and no other asks for one; but for what plays, and has a node of its own, and for the files
    of a hoofdaannemer and the figures of a party, which go beside the database with ``--voor``."""
    speelt, beide = {"serve", "replay", "record", "bench"}, {"hoofdaannemer", "kpi"}
    for groep, opdrachten in GROEPEN.items():
        for naam in opdrachten.keys() - speelt - beide:
            vraagt = [waar for waar, optie in _opties(get_command(app).get_command(None, naam), naam)  # type: ignore[attr-defined]
                      if optie.name == "database_url"]  # fmt: skip
            hulp = " ".join(CliRunner().invoke(app, (naam, "--help")).output.split())
            assert (bool(vraagt), "niet over het netwerk" in hulp) == (groep == BEHEER, groep == BEHEER), naam


def test_a_variable_answers_no_question(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'proef.db'}"
    vooraf = ("partij", "add", "0344", "--rol", "gemeente", "--naam", "Utrecht"), (
        "partij", "add", "73730042", "--rol", "aanbieder", "--naam", "Zorg"
    )  # fmt: skip
    tarief = ("tarief", "add", "0344", "73730042", "02T01", "04", "5400", "2026-01-01")
    for argumenten in (*vooraf, tarief):
        uit = CliRunner().invoke(app, argumenten, env={"BV_DATABASE_URL": url, "BV_TOT": "2026-06-30"})
        assert uit.exit_code == 0, uit.output
    assert "tot en met" not in uit.output


def test_files_of_a_hoofdaannemer_go_either_way() -> None:
    opties = {waar for waar, _ in _opties(get_command(app).get_command(None, "hoofdaannemer"), "")}  # type: ignore[attr-defined]
    met = {waar.rpartition(" ")[0] for waar in opties if waar.endswith(" database_url")}
    assert met == {waar.rpartition(" ")[0] for waar in opties if waar.endswith(" voor")} == {" laad", " uit"}
