"""The terms on the command line and in the docs."""

from pathlib import Path

from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.levensloop.termijnen import TERMIJNEN
from berichtenverkeer.werklijsten.alle import LIJSTEN

DOCS = Path(__file__).parents[2] / "docs" / "termijnen.md"


def test_the_docs_are_what_the_code_says() -> None:
    uit = CliRunner().invoke(app, ["termijnen", "--markdown"])
    assert uit.exit_code == 0, uit.output
    assert DOCS.read_text(encoding="utf-8") == uit.stdout, "draai 'make docs'"


def test_the_docs_explain_every_term_and_every_list() -> None:
    docs = DOCS.read_text(encoding="utf-8")
    assert all(f"| {termijn.naam} | {termijn} |" in docs for termijn in TERMIJNEN)
    assert all(f"### {naam}\n" in docs for naam in LIJSTEN)


def test_the_table_shows_every_term() -> None:
    uit = CliRunner().invoke(app, ["termijnen"])
    assert uit.exit_code == 0, uit.output
    assert all(regel in uit.stdout for termijn in TERMIJNEN for regel in termijn.regels)
