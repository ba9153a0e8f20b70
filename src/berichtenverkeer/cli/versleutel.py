"""The command that hides what a database has of persons."""

from typing import Annotated

import typer

from .beheer import db_app
from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl


@db_app.command("versleutel")
def versleutel(
    vergeet_oude: Annotated[
        bool,
        typer.Option(
            "--vergeet-oude", help="Gooi daarna de oudere generaties weg: een oude back-up is dan niet meer te lezen."
        ),
    ] = False,
    verdicht: Annotated[
        bool,
        typer.Option(
            "--verdicht/--niet-verdicht",
            help="Schrijf de tabellen daarna opnieuw, zodat er ook in de bestanden niets open meer staat. Kies een stil uur.",
        ),
    ] = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Versleutel wat een database van personen heeft met de nieuwste sleutels van BV_SLEUTELS. De eerste keer staat het knooppunt stil tot hier
    staat dat het weer mag; daarna, en na 'sleutel roteer', mag het blijven draaien. Afbreken mag: nog eens doen gaat verder."""
    from ..klok import systeemklok
    from ..opslag import opschonen, versleutelen
    from ..opslag.database import maak_engine
    from ..opslag.wachttijd import ACHTERGROND
    from ..versleuteling.bestand import sleutelbos, vergeet_oude_generaties

    if sleutelbos() is None:
        stop("Er zijn geen sleutels. Maak ze met 'berichtenverkeer sleutel maak', en zet BV_SLEUTELS op het bestand.")
    engine = maak_engine(database_url, ACHTERGROND)
    personen = versleutelen.neem_personen_over(engine)
    if personen:
        typer.echo(f"{personen:8}  Bsn's. Het knooppunt mag weer starten, met BV_SLEUTELS.")
    vernietigd = 0
    for kolom, gedaan in versleutelen.verzegel_alles(engine):
        typer.echo(f"{gedaan.waarden:8}  {kolom}")
        vernietigd += gedaan.vernietigd
    if vernietigd:
        typer.echo(f"{vernietigd:8}  niet meer te lezen: de sleutel is vernietigd")
    if vergeet_oude:
        vergeten = vergeet_oude_generaties(versleutelen.generaties(engine), systeemklok().date().isoformat())
        typer.echo(f"{vergeten:8}  oudere generaties weggegooid")
    if verdicht:
        opschonen.verdicht(engine)
    engine.dispose()
