"""What every command asks that speaks to a node where one is logged in, and the caller made of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import aanmeldingen

if TYPE_CHECKING:
    import httpx

AlsJson = Annotated[bool, typer.Option("--json", help="Voor machines: JSON, een object per regel.")]
LANG = 900.0
"""Seconds for what is reckoned of a whole file."""

_MOMENT = ["%Y-%m-%dT%H:%M:%S"]


@dataclass(frozen=True, slots=True)
class Knooppunt:
    """At which node, and in proefmodus when."""

    knooppunt: Annotated[
        str | None,
        typer.Option("--knooppunt", help="De naam van een aanmelding ('knooppunten' toont ze); anders de standaard."),
    ] = None
    moment: Annotated[
        datetime | None,
        typer.Option("--moment", formats=_MOMENT, help="Doe alsof het dan is; alleen bij een knooppunt in proefmodus."),
    ] = None

    @contextmanager
    def klant(self, geduld: float | None = None) -> "Iterator[httpx.Client]":
        """Who calls; ``geduld`` is how many seconds to wait for what may take long. Raises ``Zegbaar`` when one is logged in nowhere."""
        gekozen = aanmeldingen.lees().kies(self.knooppunt)
        token = aanmeldingen.token_van(gekozen)
        from ..spel.deuren.deur import klok
        from ..spel.deuren.klant import GEDULD, maak_klant

        with maak_klant(gekozen.url, token, gekozen.partij, geduld or GEDULD) as klant:
            if self.moment is not None:
                klant.headers.update(klok(self.moment))
            yield klant


def toon_json(waarde: Any) -> None:
    """A value on a line."""
    typer.echo(json.dumps(waarde, ensure_ascii=False))
