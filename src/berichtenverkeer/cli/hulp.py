"""``--help`` in Dutch: what typer writes of its own, the headings, the kinds of values and what stands between brackets, in our words."""

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from typer.core import TyperGroup

_CONTEXT: Any = TyperGroup.context_class
"""What a command runs in. It is of click, which typer has within or beside it."""

_KOPPEN = {"Options": "Opties", "Arguments": "Argumenten", "Commands": "Opdrachten"}

_ZINNEN = {
    "Show this message and exit.": "Toon deze uitleg.",
    "Install completion for the current shell.": "Laat uw shell opdrachten aanvullen met de tabtoets.",
    "Show completion for the current shell, to copy it or customize the installation.": "Toon wat uw shell daarvoor nodig heeft, om het zelf ergens te zetten.",
}

_VRAAG = {"[OPTIONS]": "[OPTIES]", "COMMAND": "OPDRACHT", "[ARGS]": "[ARGUMENTEN]"}

_SOORTEN = {
    "str": "tekst",
    "int": "getal",
    "int range": "getal",
    "float": "getal",
    "float range": "getal",
    "path": "pad",
    "Path": "pad",
    "filename": "bestand",
    "datetime": "moment",
    "uuid": "id",
    "%Y-%m-%d": "EEJJ-MM-DD",
    "%Y-%m-%dT%H:%M:%S": "EEJJ-MM-DDTUU:MM:SS",
}
"""How the kind of a value is told, by what typer calls it."""

_TUSSEN_HAKEN = (("env var: ", "omgevingsvariabele: "), ("default: ", "standaard: "), ("required", "verplicht"))


def _soort(gevonden: re.Match[str]) -> str:
    """The kind of a value; of more of them that of one."""
    return f"<{'|'.join(_SOORTEN.get(deel, deel) for deel in gevonden[1].split('|'))}>"


def _eerste(tekst: str) -> str:
    """What one types: an option with the kind of its value."""
    return re.sub(r"<(?:list\[)?([^\]>]*)\]?>", _soort, tekst)


def _tweede(tekst: str) -> str:
    """What it is for, and what typer adds to that between brackets at its end."""
    zin, haak, rest = tekst.rpartition("  [") if not tekst.startswith("[") else ("", "[", tekst[1:])
    if not haak:
        return _ZINNEN.get(tekst, tekst)
    delen = rest.split("; ")
    for engels, ons in _TUSSEN_HAKEN:
        delen = [f"{ons}{deel.removeprefix(engels)}" if deel.startswith(engels) else deel for deel in delen]
    return f"{_ZINNEN.get(zin, zin)}{haak}{'; '.join(delen)}"


class Hulptekst(_CONTEXT.formatter_class):  # type: ignore[misc]
    """Writes ``--help``."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        for engels, ons in _VRAAG.items():
            args = args.replace(engels, ons)
        super().write_usage(prog, args, prefix or "Gebruik: ")

    def section(self, name: str) -> AbstractContextManager[None]:
        """A heading, and what is under it."""
        gevonden: AbstractContextManager[None] = super().section(_KOPPEN.get(name, name))
        return gevonden

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **extra: Any) -> None:
        """A list of what there is and what it is for."""
        super().write_dl([(_eerste(een), _tweede(ander)) for een, ander in rows], *args, **extra)


class Hulpcontext(_CONTEXT):  # type: ignore[misc]
    """What a command runs in, that writes its help so."""

    formatter_class = Hulptekst
