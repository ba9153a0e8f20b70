"""How a command says that it cannot go on."""

from typing import NoReturn

import typer

ONLEESBAAR = 2
"""Exit code when something could not be read or a command cannot go on."""


def stop(melding: str, code: int = ONLEESBAAR) -> NoReturn:
    """Say why, on standard error, and end."""
    typer.secho(melding, err=True, fg=typer.colors.RED)
    raise typer.Exit(code)
