"""Commands on releases: which functie takes part when (IB023), and the plan of a transition: rehearsed, and carried out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .beheer import open_database
from .opties import STANDAARD_DATABASE, DatabaseUrl, XsdDir, xsd_map

if TYPE_CHECKING:
    from ..spel.oefenen.plan import Plan
    from ..spel.oefenen.uitkomst import Oefening

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


PlanBestand = Annotated[
    Path, typer.Argument(metavar="PLAN.yaml", help="Het plan van een overgang, zoals fixtures/overgang.plan.yaml.")
]


@functie_app.command("oefen")
def oefen(
    plan: PlanBestand,
    bewaar: Annotated[
        Path | None, typer.Option("--bewaar", help="Map waarin de flows komen die uit het plan gemaakt zijn.")
    ] = None,
    xsd_dir: XsdDir = None,
) -> None:
    """Oefen een overgang op een eigen, tijdelijk knooppunt in proefmodus, waarvan de klok wordt verzet: de laatste en de eerste van iedere
    soort bericht, onder beide wetten, door VSP en StUF, en wat te laat of te vroeg komt.

    Er mag niets kwijtraken en geen bericht onbeantwoord blijven, en wat te laat komt krijgt IB023. Anders is de uitkomst 1."""
    from tempfile import TemporaryDirectory

    from ..spel.oefenen.oefenen import oefen as speel

    gelezen = _lees(plan)
    with TemporaryDirectory(prefix="overgang-") as tijdelijk:
        map_ = bewaar or Path(tijdelijk)
        map_.mkdir(parents=True, exist_ok=True)
        gespeeld = speel(gelezen, plan, map_, xsd_map(xsd_dir))
    _toon(gespeeld)
    raise typer.Exit(1 if gespeeld.bezwaren else 0)


@functie_app.command("overgang")
def overgang(plan: PlanBestand, database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Zet alle schakelaars van een plan. Oefen het eerst; met `functie wis` haalt u ze weer weg."""
    from ..partijen.schakelaars import bewaar

    schakelaars = _lees(plan).schakelaars()
    bewaar(open_database(database_url), schakelaars)
    for een in schakelaars:
        typer.echo(f"{een.functie} in release {een.versie}: {een.stand} vanaf {een.van:%Y-%m-%dT%H:%M:%S}.")


def _lees(plan: Path) -> "Plan":
    """The plan in a file, with the releases that the node reads."""
    from ..instellingen import Instellingen
    from ..spel.oefenen.plan import lees_plan
    from ..standaard.release import laad

    laad(Instellingen().releases)
    return lees_plan(plan)


def _toon(oefening: "Oefening") -> None:
    """What happened, in plain Dutch."""
    from ..spel.oefenen.oefenen import momenten

    typer.echo(f"Oefening: {oefening.plan.overgang}")
    for moment, zin in momenten(oefening.plan):
        typer.echo(f"  {moment:%d-%m-%Y %H:%M}  {zin}")
    for (wet, release), (aantal, beantwoord, _) in sorted(oefening.telling.paren.items()):
        typer.echo(f"{wet} {release}: {aantal} heenberichten aangenomen, {beantwoord} beantwoord.")
    hoort, kreeg = oefening.geweigerd
    typer.echo(f"Te laat of te vroeg: {hoort} berichten, waarvan {kreeg} geweigerd met IB023.")
    for bezwaar in oefening.bezwaren:
        typer.echo(f"- {bezwaar}")
    if oefening.bezwaren:
        typer.echo("Zo kan de overgang niet: pas het plan aan en oefen opnieuw.")
    else:
        typer.echo(
            "Niets is kwijt, elk heenbericht is beantwoord in zijn eigen release, en wat te laat kwam kreeg IB023."
        )
