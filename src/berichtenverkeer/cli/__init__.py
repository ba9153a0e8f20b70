"""The command line. An option that is a setting of the service is an environment variable too, with prefix ``BV_``; what a command
is asked is not.

A command is imported when it is asked for (``opdrachten``), and what it needs beyond the standard inside it: ``--help``
and ``validate`` start without a database and without a server.
"""

import os
from typing import Annotated

import typer

from .opdrachten import Opdrachten

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for them all metadata is read

app = typer.Typer(
    name="berichtenverkeer",
    cls=Opdrachten,
    help="Berichten van iWmo en iJw 3.2: controleren, maken, en een knooppunt dat ze verwerkt.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _versie(gevraagd: bool) -> None:
    if gevraagd:
        from .. import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def hoofd(
    versie: Annotated[bool, typer.Option("--version", callback=_versie, is_eager=True, help="Toon de versie.")] = False,
) -> None:
    """Berichten van iWmo en iJw 3.2: controleren, maken, en een knooppunt dat ze verwerkt."""


def main() -> None:
    """Entry point of ``python -m berichtenverkeer``."""
    app(prog_name="berichtenverkeer")
