"""Commands on people: who may log in at the pages, and for which parties."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ..zegbaar import Zegbaar
from .beheer import open_database
from .opties import STANDAARD_DATABASE, DatabaseUrl

if TYPE_CHECKING:
    from ..partijen.gebruikers import Rol

gebruiker_app = typer.Typer(help="Mensen die zich bij de pagina's aanmelden.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="De naam of het e-mailadres waarmee iemand zich aanmeldt.")]


@gebruiker_app.command("add")
def voeg_toe(
    login: Login,
    naam: Annotated[str, typer.Option("--naam", help="Hoe hij of zij heet.")],
    partij: Annotated[
        list[str] | None,
        typer.Option("--partij", help="CODE:ROL, met rol lezer, medewerker of beheerder. Mag vaker."),
    ] = None,
    operator: Annotated[bool, typer.Option("--operator", help="Beheert dit knooppunt.")] = False,
    elders: Annotated[
        bool, typer.Option("--elders", help="Meldt zich alleen aan met het account van zijn of haar werk (BV_OIDC).")
    ] = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Voeg iemand toe en toon het eerste wachtwoord, één keer: bij het aanmelden kiest hij of zij een ander."""
    from ..klok import systeemklok
    from ..partijen.gebruikers import registreer

    engine = open_database(database_url)
    namens = _partijen(partij or ())
    wachtwoord = registreer(engine, login, naam, namens, systeemklok(), operator=operator, elders=elders)
    typer.echo(wachtwoord or f"{login} kan zich aanmelden met het account van zijn of haar werk.")


@gebruiker_app.command("list")
def toon(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Toon wie zich kan aanmelden, en namens wie."""
    from ..partijen.gebruikers import alle

    for wie in alle(open_database(database_url)):
        namens = [f"{code}:{rol}" for code, rol in wie.partijen.items()] + ["operator"] * wie.operator
        stand = "  geblokkeerd" if wie.geblokkeerd_op else ""
        typer.echo(f"{wie.login:24}  {wie.naam:24}  {' '.join(namens)}{stand}")


@gebruiker_app.command("wachtwoord")
def nieuw_wachtwoord(login: Login, database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Geef iemand een nieuw eerste wachtwoord; overal wordt hij of zij afgemeld, en de tweede stap is opnieuw in te stellen."""
    from ..partijen.gebruikers import geef_nieuw_wachtwoord

    typer.echo(geef_nieuw_wachtwoord(open_database(database_url), login))


@gebruiker_app.command("rol")
def zet_rol(
    login: Login,
    partij: Annotated[
        str, typer.Argument(help="CODE:ROL, met rol lezer, medewerker of beheerder; CODE: neemt de rol weg.")
    ],
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Zeg wat iemand voor een partij mag; het geldt meteen, ook waar hij of zij is aangemeld."""
    from ..partijen import gebruikers

    code, _, weg = partij.partition(":")
    rol = _partijen([partij])[code] if weg else None
    gebruikers.zet_rol(open_database(database_url), login, code, rol)
    typer.echo(f"{login} is {rol} voor {code}." if rol else f"{login} doet niets meer voor {code}.")


@gebruiker_app.command("afmelden")
def meld_af(login: Login, database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Meld iemand overal af, bijvoorbeeld als een toestel zoek is."""
    from ..partijen.gebruikers import meld_overal_af

    aantal = meld_overal_af(open_database(database_url), login)
    typer.echo(f"{login} was op {aantal} {'plaats' if aantal == 1 else 'plaatsen'} aangemeld, en is overal afgemeld.")


@gebruiker_app.command("blokkeer")
def blokkeer(
    login: Login,
    ongedaan: Annotated[bool, typer.Option("--ongedaan", help="Laat weer toe.")] = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Laat iemand niet meer toe; waar hij of zij is aangemeld, is dat meteen voorbij."""
    from ..klok import systeemklok
    from ..partijen import gebruikers

    gebruikers.blokkeer(open_database(database_url), login, None if ongedaan else systeemklok())
    typer.echo(f"{login} mag weer binnen." if ongedaan else f"{login} is geblokkeerd.")


def _partijen(gegeven: Sequence[str]) -> "dict[str, Rol]":
    from ..partijen.gebruikers import Rol

    uit = {}
    for een in gegeven:
        code, _, rol = een.partition(":")
        if rol not in list(Rol):
            raise Zegbaar(f"Schrijf --partij als CODE:ROL, met een van de rollen {', '.join(Rol)}.")
        uit[code] = Rol(rol)
    return uit
