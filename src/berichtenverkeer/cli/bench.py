"""The command that measures a node: the load flows of the library, many times and at once. ``replay`` does the work."""

from pathlib import Path
from typing import Annotated

import typer

from ..standaard.domein import Domein
from .opties import XsdDir, instelling
from .replay import Deurkeus, replay

_FLOWS = "bibliotheek:belasting"


def bench(
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url",
            help="Het adres van een knooppunt in proefmodus; anders een eigen, in dit proces: de cijfers tellen dan beide.",
        ),
    ] = None,
    partijen: Annotated[
        Path | None,
        typer.Option(
            "--partijen",
            help="Bij --base-url: YAML met codes en tokens, voor elke keer en wet een aanbieder; zonder worden er steeds nieuwe "
            "aangemeld, in de database van --database-url.",
        ),
    ] = None,
    database_url: Annotated[
        str | None,
        instelling("database_url", "Bij --base-url: de database van het knooppunt."),
    ] = None,
    door: Annotated[Deurkeus, typer.Option("--door", help="Door welke deur, voor wie die heeft.")] = Deurkeus.BERICHTEN,
    domein: Annotated[Domein | None, typer.Option("--domein", help="Alleen voor deze wet.")] = None,
    parallel: Annotated[int, typer.Option("--parallel", min=1, help="Hoeveel flows tegelijk.")] = 4,
    herhaal: Annotated[int, typer.Option("--herhaal", min=2, help="Hoe vaak iedere flow.")] = 4,
    als_json: Annotated[
        bool, typer.Option("--json", help="Eén JSON-object per flow en wet, en één met de cijfers.")
    ] = False,
    xsd_dir: XsdDir = None,
) -> None:
    """Meet een knooppunt: speel de drukste dagen uit de bibliotheek, vaak en tegelijk. Uitgang als bij replay."""
    replay(
        [Path(_FLOWS)],
        base_url=base_url,
        partijen=partijen,
        meld_aan=partijen is None,
        database_url=database_url,
        door=door,
        domein=domein,
        parallel=parallel,
        herhaal=herhaal,
        als_json=als_json,
        xsd_dir=xsd_dir,
    )
