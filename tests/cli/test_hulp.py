"""``--help`` of every command is in Dutch: nothing that typer writes of its own is left."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_group

from berichtenverkeer.cli import app
from berichtenverkeer.cli.opdrachten import OPDRACHTEN

_ENGELS = re.compile(
    r"\b(Usage|Options|OPTIONS|Commands|COMMAND|Arguments|ARGS|required|env var|default|Show|Install|"
    r"str|int|float|range|list|path|Path|datetime|dynamic)\b|<%"
)


def _hulp(opdracht: Any, naam: str, boven: Any = None) -> Iterator[tuple[str, str]]:
    """Of a command and all under it: its name, and what it writes but for sentences of ours in the middle of a line."""
    context = opdracht.context_class(opdracht, info_name=naam, parent=boven)
    yield context.command_path, opdracht.get_help(context)
    for kind in opdracht.list_commands(context) if hasattr(opdracht, "list_commands") else ():
        yield from _hulp(opdracht.get_command(context, kind), kind, context)


@pytest.fixture(scope="module")
def hulp() -> dict[str, str]:
    return dict(_hulp(get_group(app), "berichtenverkeer"))


def test_nothing_of_typer_is_left(hulp: dict[str, str]) -> None:
    assert len(hulp) > len(OPDRACHTEN)
    for opdracht, tekst in hulp.items():
        van_typer = re.findall(
            r"(?m)^Gebruik: .*$|^\w[^\n]*:$|<[^>]*>|\[[^\]]*\]|-h, --help.*$", tekst.replace(opdracht, "…")
        )
        assert len(van_typer) >= 2, opdracht
        woorden = [een for een in van_typer if _ENGELS.search(re.sub(r"(?<=standaard: )\S+|BV_\w+", "", een))]
        assert woorden == [], opdracht


def test_what_it_says_in_our_words(hulp: dict[str, str]) -> None:
    tekst = hulp["berichtenverkeer partij add"]
    assert tekst.startswith("Gebruik: berichtenverkeer partij add [OPTIES] {code}\n")
    for stuk in ("\nArgumenten:\n", "\nOpties:\n", "code <tekst>", "[verplicht]", "Toon deze uitleg."):
        assert stuk in tekst
    assert "[omgevingsvariabele: BV_DATABASE_URL; standaard: sqlite:///berichtenverkeer.db]" in " ".join(tekst.split())
    assert "\nOpdrachten:\n" in hulp["berichtenverkeer partij"]
    assert "<EEJJ-MM-DD>" in hulp["berichtenverkeer kpi"]
