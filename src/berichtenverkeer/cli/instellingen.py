"""The settings of the service on the command line, and as docs/instellingen.md has them."""

from collections.abc import Iterable
from typing import Annotated

import typer


def instellingen(
    als_markdown: Annotated[
        bool, typer.Option("--markdown", help="Als Markdown, de inhoud van docs/instellingen.md.")
    ] = False,
) -> None:
    """Toon alle instellingen van het knooppunt: wat zij betekenen, hun standaard, en wat er nu in de omgeving staat."""
    if als_markdown:
        typer.echo(markdown(), nl=False)
        return
    from rich.console import Console
    from rich.table import Table

    from ..instellingen import Instellingen, instellingen_in_woorden

    tabel = Table("Instelling", "Nu", "Standaard", "Wat zij betekent", box=None, pad_edge=False)
    for een in instellingen_in_woorden(Instellingen()):
        tabel.add_row(een.naam, een.waarde, een.standaard, een.betekenis)
    Console().print(tabel)


def markdown() -> str:
    """All settings in three tables, by who sets them and why."""
    from ..grenzen import Grenzen
    from ..instellingen import Instellingen, instellingen_in_woorden
    from ..startinstellingen import Startinstellingen

    alle = {een.naam: een for een in instellingen_in_woorden(Instellingen.model_construct())}
    start, grenzen = (_variabelen(deel.model_fields) for deel in (Startinstellingen, Grenzen))
    delen = (
        (_START, start),
        (_WERK, [naam for naam in _variabelen(Instellingen.model_fields) if naam not in {*start, *grenzen}]),
        (_GRENZEN, grenzen),
    )
    regels = [_INLEIDING]
    for kop, namen in delen:
        regels += [f"\n## {kop}\n", _rij(("Instelling", "Standaard", "Wat zij betekent")), _rij(("---", "---", "---"))]
        regels += [_rij((f"`{naam}`", alle[naam].standaard, _zin(alle[naam].betekenis))) for naam in namen]
    return "\n".join(regels) + "\n"


def _variabelen(velden: Iterable[str]) -> list[str]:
    return [f"BV_{naam.upper()}" for naam in velden]


def _zin(tekst: str) -> str:
    return f"{tekst[:1].upper()}{tekst[1:]}".rstrip(".") + "."


def _rij(cellen: Iterable[str]) -> str:
    return f"| {' | '.join(cel.replace('|', chr(92) + '|').replace('<', '&lt;') for cel in cellen)} |"


_START = "Waar het knooppunt draait"
_WERK = "Wat het doet"
_GRENZEN = "Wat het van een beller aanneemt"

_INLEIDING = """\
# Instellingen

Gemaakt uit de code met `berichtenverkeer instellingen --markdown`; de tests houden dit bestand ernaast. Zonder `--markdown` ziet u ook wat er
nu in uw omgeving staat. Wat in de eerste tabel staat, is ook een optie van `berichtenverkeer serve` (`BV_PORT` is `--port`). Hoe u er een knooppunt
mee beheert, staat in [beheer](beheer.md).

Een instelling die niet klopt, houdt het knooppunt tegen: het zegt welke, en start niet. Aan en uit zijn `1` en `0`. Een lijst heeft komma's ertussen."""
