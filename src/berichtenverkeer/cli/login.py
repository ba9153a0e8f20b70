"""Commands on where one is logged in: from then on commands speak to that node, as that party."""

from typing import Annotated
from urllib.parse import urlsplit

import typer

from ..zegbaar import Zegbaar
from . import aanmeldingen
from .aanmeldingen import Aanmelding
from .token import TokenBestand, lees_token


def login(
    url: Annotated[str, typer.Argument(help="Het adres van het knooppunt, zoals https://knooppunt.example.nl.")],
    naam: Annotated[
        str, typer.Option("--naam", help="Hoe u deze aanmelding noemt; anders de naam van de machine.")
    ] = "",
    partij: Annotated[
        str | None,
        typer.Option(
            "--partij", help="CBS- of AGB-code, bij een token voor meer partijen; anders die waarvoor het is."
        ),
    ] = None,
    token_bestand: TokenBestand = None,
    in_bestand: Annotated[
        bool, typer.Option("--in-bestand", help="Bewaar het token in een bestand, ook als er een sleutelbos is.")
    ] = False,
    onveilig: Annotated[
        bool, typer.Option("--onveilig", help="Sta http toe naar een andere machine: het token is dan af te luisteren.")
    ] = False,
) -> None:
    """Meld u aan bij een knooppunt, met een token van 'partij token'. Er mogen meer aanmeldingen zijn, elk met een naam."""
    adres = aanmeldingen.lees_url(url, onveilig=onveilig)
    token = lees_token(token_bestand)
    nieuw = Aanmelding(naam or urlsplit(adres).netloc, adres, partij)
    _probeer(nieuw, token)
    waar = aanmeldingen.bewaar(nieuw, token, in_bestand=in_bestand)
    typer.echo(f"U bent aangemeld bij {nieuw.url} als {nieuw.naam}. Het token staat {waar}.")


def logout(
    naam: Annotated[
        str | None, typer.Argument(help="Welke aanmelding; anders de standaard.", show_default=False)
    ] = None,
) -> None:
    """Meld u af: de aanmelding en haar token worden vergeten. Het token zelf trekt de beheerder in."""
    weg = aanmeldingen.vergeet(naam)
    typer.echo(f"{weg.naam} is vergeten.")
    if (volgende := aanmeldingen.lees().standaard) is not None:
        typer.echo(f"Standaard is nu {volgende}.")


def knooppunten(
    naam: Annotated[
        str | None,
        typer.Argument(
            help="Maak deze aanmelding de standaard, voor opdrachten zonder --knooppunt.", show_default=False
        ),
    ] = None,
) -> None:
    """Toon waar u bent aangemeld; de standaard heeft een *."""
    if naam is not None:
        aanmeldingen.zet_standaard(naam)
    bekend = aanmeldingen.lees()
    if not bekend.alle:
        typer.echo("U bent nergens aangemeld; begin met 'berichtenverkeer login URL'.")
    for een in bekend.alle.values():
        typer.echo(f"{'*' if een.naam == bekend.standaard else ' '} {een.naam}  {een.url}  {een.partij or ''}".rstrip())


def _probeer(aanmelding: Aanmelding, token: str) -> None:
    """See whether the node takes the token. Raises ``Zegbaar``."""
    from ..spel.deuren.deur import json_van
    from ..spel.deuren.klant import maak_klant

    with maak_klant(aanmelding.url, token, aanmelding.partij) as klant:
        antwoord = klant.get("/v1/werklijsten")
        if antwoord.status_code == 401 and antwoord.json()["type"].endswith(":niet-aangemeld"):
            raise Zegbaar(
                "Dit knooppunt kent dit token niet. Controleer of u het heel hebt overgenomen en of het van dit knooppunt is, of vraag "
                "de beheerder een nieuw: hij maakt het met 'berichtenverkeer partij token CODE'."
            )
        json_van(antwoord)
