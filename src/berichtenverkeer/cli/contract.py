"""Commands on what was agreed outside the messages: product codes and tariffs."""

from pathlib import Path
from typing import Annotated

import typer

from .beheer import open_database
from .bestanden import lees
from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl

tarief_app = typer.Typer(help="Tarieven van een contract.", no_args_is_help=True)
productcodes_app = typer.Typer(help="Productcodelijsten van gemeenten.", no_args_is_help=True)

Gemeente = Annotated[str, typer.Argument(help="CBS-code van de gemeente.")]


@tarief_app.command("add")
def voeg_toe(
    gemeente: Gemeente,
    agb: Annotated[str, typer.Argument(help="AGB-code van de aanbieder.")],
    productcode: Annotated[str, typer.Argument(help="De productcode waarvoor het tarief geldt.")],
    eenheid: Annotated[str, typer.Argument(help="Per welke Eenheid: 01 minuut, 04 uur, 14, 16, 82 of 84.")],
    eurocent: Annotated[str, typer.Argument(help="Het tarief in hele eurocenten.")],
    van: Annotated[str, typer.Argument(help="De eerste dag, EEJJ-MM-DD.")],
    tot: Annotated[str, typer.Option("--tot", help="De laatste dag, EEJJ-MM-DD.")] = "",
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Leg een afgesproken tarief vast (TR418); een tarief dat op dezelfde dag begint wordt vervangen."""
    from ..levensloop.rekenen.tekst import euro, per
    from ..partijen.contracten import voeg_tarief_toe

    tarief = voeg_tarief_toe(open_database(database_url), gemeente, agb, productcode, eenheid, eurocent, van, tot)
    einde = f" tot en met {tarief.tot}" if tarief.tot else ""
    typer.echo(
        f"{tarief.productcode} kost {euro(tarief.eurocent)} {per(tarief.eenheid)} vanaf {tarief.van}{einde}, "
        f"tussen gemeente {gemeente} en aanbieder {agb}."
    )


@productcodes_app.command("load")
def laad(
    gemeente: Gemeente,
    csv: Annotated[Path, typer.Argument(help="CSV of XLSX met categorie;code;eenheid;variant;van;tot.")],
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Vervang de productcodelijst van een gemeente door die in een bestand (TR381); bij een fout blijft de oude staan."""
    from ..partijen.contracten import laad_productcodes
    from ..partijen.productcodelijst import ContractFout

    data = lees(csv)
    try:
        aantal = laad_productcodes(open_database(database_url), gemeente, data)
    except ContractFout as fout:
        stop(f"{csv} is niet geladen.\n{fout}")
    typer.echo(f"De productcodelijst van gemeente {gemeente} heeft nu {aantal} {'code' if aantal == 1 else 'codes'}.")
