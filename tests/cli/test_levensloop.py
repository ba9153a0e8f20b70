"""The life cycles on the command line and in the docs."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.hoofdaannemer import overgangen as van_inzet
from berichtenverkeer.hoofdaannemer.levenslopen import TABELLEN
from berichtenverkeer.levensloop import overgangen

DOCS = Path(__file__).parents[2] / "docs" / "levensloop.md"


def test_the_docs_are_what_the_code_says() -> None:
    uit = CliRunner().invoke(app, ["levensloop", "--markdown"])
    assert uit.exit_code == 0, uit.output
    assert DOCS.read_text(encoding="utf-8") == uit.stdout, "draai 'make docs'"


def test_every_table_of_transitions_is_shown() -> None:
    namen = [*vars(overgangen).items(), *vars(van_inzet).items()]
    tabellen = [waarde for naam, waarde in namen if naam.isupper() and isinstance(waarde, tuple)]
    bekend = [id(tabel) for tabel, _ in TABELLEN.values()]
    assert {id(t) for t in tabellen if t and isinstance(t[0], overgangen.Overgang)} == set(bekend)


@pytest.mark.parametrize("naam", TABELLEN)
def test_every_state_is_in_the_diagram_and_every_event_in_the_table(naam: str) -> None:
    deel = DOCS.read_text(encoding="utf-8").partition(f"## {naam}\n")[2].partition("\n## ")[0]
    diagram, _, tabel = deel.partition("\n```\n")
    pijlen = re.findall(r"^    (\S+) --> ([^\s:]+)", diagram, re.MULTILINE)
    rijen, _ = TABELLEN[naam]
    toestanden = {toestand for rij in rijen for toestand in (*rij.van, *rij.naar)}
    assert {punt for pijl in pijlen for punt in pijl} == {"[*]" if t == "geen" else t for t in toestanden} | {"[*]"}
    assert len(set(pijlen)) == len(pijlen)
    assert all(van != naar for van, naar in pijlen)
    assert all(f"| {nummer} | {rij.gebeurtenis} |" in tabel for nummer, rij in enumerate(rijen, start=1))


def test_the_table_shows_every_event() -> None:
    uit = CliRunner().invoke(app, ["levensloop"], env={"COLUMNS": "400"})
    assert uit.exit_code == 0, uit.output
    assert all(rij.gebeurtenis in uit.stdout for tabel, _ in TABELLEN.values() for rij in tabel)
