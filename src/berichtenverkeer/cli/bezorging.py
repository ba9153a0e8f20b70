"""Commands on what could not be pushed to the endpoint of a gemeente."""

from typing import Annotated

import typer

from .beheer import open_database
from .opties import STANDAARD_DATABASE, DatabaseUrl

bezorging_app = typer.Typer(help="Bezorgen naar het eindpunt van een gemeente.", no_args_is_help=True)


@bezorging_app.command("list")
def toon(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Toon per partij wat (nog) niet te bezorgen was, met wat de laatste poging opleverde."""
    from ..keten.bezorgen.beheer import vastgelopen

    for een in vastgelopen(open_database(database_url)):
        dan = f"opnieuw {een.volgende_op:%Y-%m-%d %H:%M}" if een.volgende_op else "afgebroken"
        dan = "nu bezig" if een.bezig else dan
        keren = "1 poging" if een.pogingen == 1 else f"{een.pogingen} pogingen"
        sinds = f"{keren} sinds {een.sinds:%Y-%m-%d %H:%M}"
        typer.echo(f"{een.partij:8}  {een.nummer:36}  {sinds}, {dan}. {een.reden}")


@bezorging_app.command("opnieuw")
def begin_opnieuw(
    code: Annotated[str, typer.Argument(help="De partij waarvan het eindpunt het weer doet.")],
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Begin opnieuw met wat niet bij een partij te bezorgen was: wat is afgebroken, en wat op een volgende poging wacht."""
    from ..keten.bezorgen.beheer import opnieuw
    from ..klok import systeemklok

    aantal = opnieuw(open_database(database_url), code, systeemklok())
    typer.echo(f"Het knooppunt begint opnieuw met {aantal} {'bericht' if aantal == 1 else 'berichten'} voor {code}.")
