"""docs/releases.md: what it tells to type works as it stands there, step by step, with the made-up release in the place of a real one."""

import re
import shlex
from pathlib import Path

from typer.testing import CliRunner

from berichtenverkeer.cli import app

WORTEL = Path(__file__).parents[2]
DOCS = (WORTEL / "docs" / "releases.md").read_text(encoding="utf-8")
STAPPEN = DOCS.partition("## Stappen")[2].partition("\n## ")[0]


def opdrachten() -> list[str]:
    """Every command of the steps, in order: on a line of its own, or in a sentence."""
    return [
        " ".join((los or zin).split())
        for los, zin in re.findall(
            r"(?m)^ +((?:BV_RELEASES=\S+ )?berichtenverkeer .*)$|`(functie (?:set|list|wis)\b[^`]*)`", STAPPEN
        )
    ]


def test_the_steps_work_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "mijn.plan.yaml").write_bytes((WORTEL / "fixtures" / "overgang.plan.yaml").read_bytes())
    env = {"BV_DATABASE_URL": f"sqlite:///{tmp_path / 'proef.db'}", "BV_RELEASES": "tests.releases.drie_drie"}
    gezegd = []
    for opdracht in opdrachten():
        woorden = shlex.split(opdracht.replace("mijn.plan.yaml", str(tmp_path / "mijn.plan.yaml")))
        woorden = [w for w in woorden if not w.startswith("BV_RELEASES=") and w != "berichtenverkeer"]
        uit = CliRunner().invoke(app, woorden, env=env)
        assert uit.exit_code == 0, (opdracht, uit.output)
        gezegd.append((woorden[1], uit.output))
    assert [naam for naam, _ in gezegd] == ["oefen", "overgang", "set", "list"]
    for wet in ("iwmo", "ijw"):
        assert f"{wet} 3.2: 13 heenberichten aangenomen, 13 beantwoord." in gezegd[0][1]
        assert f"{wet} 3.3: 7 heenberichten aangenomen, 7 beantwoord." in gezegd[0][1]
    assert "Te laat of te vroeg: 56 berichten, waarvan 56 geweigerd met IB023." in gezegd[0][1]
    assert "Niets is kwijt, elk heenbericht is beantwoord in zijn eigen release" in gezegd[0][1]
    regels = {tuple(regel.split()[:2]) for regel in gezegd[3][1].splitlines()}
    assert regels == {("heen", "3.2"), ("retour", "3.2"), ("WMO323", "3.2"), ("JW323", "3.2"), ("*", "3.3")}


def test_what_it_names_is_there() -> None:
    for pad in re.findall(r"\]\((\.\.[^)]+)\)|`(tests/[^`]+)`", DOCS):
        [naam] = filter(None, pad)
        assert (WORTEL / naam.removeprefix("../")).exists(), naam
