"""Commands on releases: which functie takes part when (IB023)."""

from typing import Annotated

import typer

from .beheer import open_database
from .opties import STANDAARD_DATABASE, DatabaseUrl

functie_app = typer.Typer(
    help="Releases: welke functies wanneer meedoen. Een release die niet is geladen (BV_RELEASES) blijft geweigerd, ook als hij "
    "aan staat.",
    no_args_is_help=True,
)

Functie = Annotated[
    str,
    typer.Argument(
        help="Een functie (WMO301), een wet (WMO of JW), heen of retour (ook WMO-heen), of '*' voor alle; de meest precieze telt."
    ),
]
Versie = Annotated[str, typer.Option("--versie", help="De release.")]
Ontvanger = Annotated[
    str,
    typer.Option("--ontvanger", help="Alleen voor wat naar deze partij gaat; dat telt voor een schakelaar voor alle."),
]


@functie_app.command("list")
def toon(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Toon alle schakelaars. Wat niet geschakeld is, doet mee in release 3.2 en niet in een andere; zo wordt het ook geschreven."""
    from ..klok import NEDERLAND
    from ..partijen.schakelaars import alle

    for een in alle(open_database(database_url)):
        tot = f"{een.tot.astimezone(NEDERLAND):%Y-%m-%dT%H:%M:%S}" if een.tot else ""
        van = f"{een.van.astimezone(NEDERLAND):%Y-%m-%dT%H:%M:%S}"
        naar = f"naar {een.ontvanger}  " if een.ontvanger else ""
        typer.echo(f"{een.functie:9}  {een.versie:5}  {van}  {tot:19}  {een.stand:8}  {naar}{een.reden}".rstrip())


@functie_app.command("set")
def zet(
    functie: Functie,
    stand: Annotated[
        str, typer.Argument(help="aan, uit of bevroren; bevroren is uit met het advies het later te sturen.")
    ],
    versie: Versie = "3.2",
    van: Annotated[str, typer.Option("--van", help="Vanaf dit moment, EEJJ-MM-DD[Tuu:mm:ss]; anders vanaf nu.")] = "",
    tot: Annotated[str, typer.Option("--tot", help="Tot dit moment, dat zelf niet meetelt; anders voorgoed.")] = "",
    reden: Annotated[str, typer.Option("--reden", help="Waarom; alleen voor de beheerder.")] = "",
    ontvanger: Ontvanger = "",
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Zet een functie aan of uit, of bevries haar. Een schakelaar die op hetzelfde moment begint wordt vervangen. Het geldt
    voor wat vanaf dat moment binnenkomt; wat er al was, wordt verwerkt."""
    from ..instellingen import Instellingen
    from ..klok import systeemklok
    from ..partijen.schakelaars import ongelezen, schakel
    from ..standaard.release import laad

    laad(Instellingen().releases)
    nieuw = schakel(open_database(database_url), functie, stand, versie, van, systeemklok(), tot, reden, ontvanger)
    einde = f" tot {nieuw.tot:%Y-%m-%dT%H:%M:%S}" if nieuw.tot else ""
    naar = f" naar {nieuw.ontvanger}" if nieuw.ontvanger else ""
    typer.echo(
        f"{nieuw.functie}{naar} in release {nieuw.versie}: {nieuw.stand} vanaf {nieuw.van:%Y-%m-%dT%H:%M:%S}{einde}."
    )
    if let_op := ongelezen(nieuw):
        typer.echo(let_op)


@functie_app.command("wis")
def wis(
    functie: Functie,
    versie: Versie = "3.2",
    van: Annotated[
        str,
        typer.Option("--van", help="Alleen de schakelaar die dan begint; anders alle van deze functie."),
    ] = "",
    ontvanger: Ontvanger = "",
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Haal schakelaars weg."""
    from ..partijen.schakelaars import wis as haal_weg

    gewist = haal_weg(open_database(database_url), functie, versie, van, ontvanger)
    typer.echo(f"Weggehaald: {gewist}.")
