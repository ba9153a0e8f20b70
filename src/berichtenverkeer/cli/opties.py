"""Options that more commands share, and how a command says that it cannot go on."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from ..pakket import meegeleverd

ONLEESBAAR = 2
"""Exit code when something could not be read or a command cannot go on."""

XsdDir = Annotated[
    Path | None,
    typer.Option(
        "--xsd-dir", envvar="BV_XSD_DIR", help="Map met XSD's (<domein>/3.2/*.xsd) in plaats van de meegeleverde."
    ),
]
DatabaseUrl = Annotated[
    str,
    typer.Option("--database-url", envvar="BV_DATABASE_URL", help="Database: sqlite:///pad of postgresql://…"),
]
STANDAARD_DATABASE = "sqlite:///berichtenverkeer.db"


def xsd_map(gekozen: Path | None) -> Path:
    """The folder of XSDs to use."""
    return gekozen or meegeleverd("xsd")


def stop(melding: str, code: int = ONLEESBAAR) -> NoReturn:
    """Say why, on standard error, and end."""
    typer.secho(melding, err=True, fg=typer.colors.RED)
    raise typer.Exit(code)


def maak_map(map_: Path) -> None:
    """The folder for what a command writes; ends the command when there can be none."""
    try:
        map_.mkdir(parents=True, exist_ok=True)
    except OSError:
        stop(f"{map_} is niet te maken; controleer de naam en de rechten.")
