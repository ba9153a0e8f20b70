"""Commands of the operator: tokens, by which parties show who they are."""

from datetime import datetime
from typing import Annotated

import typer

from .beheer import open_database, partij_app
from .opties import STANDAARD_DATABASE, DatabaseUrl
from .tabel import toon_tabel


@partij_app.command("token")
def geef_token(
    code: Annotated[str, typer.Argument(help="De partij waarvoor het token mag handelen.")],
    ook: Annotated[list[str] | None, typer.Option("--ook", help="Ook voor deze partij. Mag vaker.")] = None,
    naam: Annotated[str, typer.Option("--naam", help="Waaraan u het herkent: het systeem of de leverancier.")] = "",
    geldig_tot: Annotated[
        datetime | None,
        typer.Option("--geldig-tot", formats=["%Y-%m-%d"], help="De laatste dag, EEJJ-MM-DD; anders zonder einde."),
    ] = None,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Maak een nieuw token voor een partij en toon het, één keer: alleen een vingerafdruk wordt bewaard."""
    from ..klok import einde_van_dag, systeemklok
    from ..partijen.bewijzen import maak_token

    einde = einde_van_dag(geldig_tot.date()) if geldig_tot else None
    engine = open_database(database_url)
    typer.echo(maak_token(engine, code, systeemklok(), ook=ook or (), naam=naam, geldig_tot=einde))


@partij_app.command("tokens")
def toon(
    code: Annotated[str, typer.Argument(help="Alleen die voor deze partij handelen; anders alle.")] = "",
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Toon alle tokens: hun id, voor wie, hoe zij heten, tot wanneer zij gelden en wanneer er het laatst een mee werd aangemeld."""
    from ..klok import systeemklok
    from ..partijen.bewijzen import Bewijssoort, alle

    nu = systeemklok()
    rijen = [
        [
            een.id,
            ",".join(een.codes),
            een.naam or "",
            een.stand(nu),
            f"{een.geldig_tot:%Y-%m-%d}" if een.geldig_tot else "",
            f"{een.gebruikt_op:%Y-%m-%d %H:%M}" if een.gebruikt_op else "",
        ]
        for een in alle(open_database(database_url), code or None)
        if een.soort is Bewijssoort.TOKEN
    ]
    toon_tabel(("Id", "Partij", "Naam", "Stand", "Tot en met", "Laatst gebruikt"), rijen)


@partij_app.command("token-intrekken")
def trek_token_in(
    id_: Annotated[
        str, typer.Argument(metavar="[ID]", help="Zoals 'partij tokens' het toont; zonder wordt het token gevraagd.")
    ] = "",
    token: Annotated[str, typer.Option("--token", help="Het token zelf.", show_default=False)] = "",
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Trek een token in: binnen een halve seconde handelt het voor niemand meer, ook niet wie ermee op post wacht."""
    from ..klok import systeemklok
    from ..partijen import bewijzen

    engine = open_database(database_url)
    if id_:
        bewijzen.trek_in(engine, id_, systeemklok())
    else:
        bewijzen.trek_token_in(engine, token or typer.prompt("Token", hide_input=True), systeemklok())
    typer.echo("Het token is ingetrokken.")
