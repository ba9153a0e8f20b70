"""A token, as a user gives it: never an argument or a variable, for others on the machine can read those."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..zegbaar import Zegbaar
from .bestanden import lees

TokenBestand = Annotated[
    Path | None,
    typer.Option(
        "--token-bestand",
        help="Lees het token hieruit; anders wordt het gevraagd, of van de standaardinvoer gelezen.",
    ),
]


def lees_token(bestand: Path | None) -> str:
    """The token in a file, or what is typed. Raises ``Zegbaar`` for what is none."""
    if bestand is not None:
        tekst = lees(bestand).decode("ascii", "replace")
    elif sys.stdin.isatty():
        tekst = typer.prompt("Token", hide_input=True, err=True)
    else:
        tekst = sys.stdin.readline()
    token = tekst.strip()
    if not (token.isascii() and token.isprintable() and token) or " " in token:
        raise Zegbaar("Dit is geen token; geef wat 'berichtenverkeer partij token' toonde, en niets anders.")
    return token
