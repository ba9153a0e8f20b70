"""rekenen: what people and programs read from it."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app

A = [
    "--domein", "iwmo", "--ingangsdatum", "2025-07-07", "--einddatum", "2025-09-07", "--maand", "2025-07",
    "--volume", "3", "--eenheid", "04", "--frequentie", "2",
]  # fmt: skip
"""Example A of IV076."""

DOCS = (Path(__file__).parents[2] / "docs" / "rekenen.md").read_text(encoding="utf-8")


def draai(*argumenten: str) -> Result:
    return CliRunner().invoke(app, ["rekenen", *argumenten])


def test_people_read_the_figures_and_their_steps() -> None:
    uit = draai(*A)
    assert uit.exit_code == 0, uit.output
    assert uit.output.splitlines() == [
        "ProductPeriode           2025-07-07 tot en met 2025-07-31",
        "Maximum van de periode   12 uur",
        "  Weken 28 tot en met 31 worden geraakt: 4 weken.",
        "  4 weken × 3 uur = 12 uur.",
        "Maximum van de looptijd  27 uur",
        "  Weken 28 tot en met 36 worden geraakt: 9 weken.",
        "  9 weken × 3 uur = 27 uur.",
        "Nog te declareren        12 uur",
        "  In de productperiode: 0 uur gedeclareerd van 12 uur, dus nog 12 uur.",
        "  Over de looptijd: 0 uur gedeclareerd van 27 uur, dus nog 27 uur.",
        "  Het minste telt: 12 uur.",
    ]


def test_programs_read_json() -> None:
    uit = json.loads(draai(*A, "--gedeclareerd-in", "01", "--al-gedeclareerd", "1500", "--json").stdout)
    assert uit["productperiode"] == {"begin": "2025-07-07", "eind": "2025-07-31"}
    assert uit["eenheid"] == "01"
    assert (uit["maximum_periode"]["waarde"], uit["maximum_looptijd"]["waarde"]) == (720, 1620)
    assert uit["resterend"]["waarde"] == 120
    assert uit["resterend_budget"]["waarde"] is None


def test_a_budget_and_a_month_without_toewijzing() -> None:
    budget = ["--budget", "1000000", "--al-gedeclareerd", "2500"]
    regels = draai(*A[:6], "--maand", "2025-10", *budget).output.splitlines()
    assert "ProductPeriode           geen" in regels
    assert "Maximum van de periode   0" in regels
    assert "Maximum van de looptijd  geen maximum aan volume" in regels
    assert "Over van het budget      9.975,00 euro" in regels


@pytest.mark.parametrize(
    ("anders", "reden"),
    [
        (["--einddatum", "2025-07-06"], "eindigt"),
        (["--budget", "1"], "allebei"),
        (["--gedeclareerd-in", "14"], "TR341"),
        (["--waarvan-in-maand", "1"], "niet meer gedeclareerd"),
        (["--maand", "2025-13"], "--maand"),
        (["--eenheid", "99"], "--eenheid"),
        (["--volume", "-1"], "--volume"),
    ],
)
def test_a_question_that_is_not_sound_gives_exit_code_2(anders: list[str], reden: str) -> None:
    uit = draai(*A, *anders)
    assert (uit.exit_code, reden in uit.output) == (2, True), uit.output


def test_the_docs_show_what_the_command_says() -> None:
    [blok] = re.findall(r"```\n\$ berichtenverkeer rekenen (.*?)\n(ProductPeriode.*?)```", DOCS, re.DOTALL)
    opdracht, verwacht = blok
    assert draai(*opdracht.replace("\\\n", " ").split()).output == verwacht
