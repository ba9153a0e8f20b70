"""The command that takes out what is past its term."""

from datetime import datetime
from typing import Annotated

import typer

from .beheer import open_database
from .opties import STANDAARD_DATABASE, DatabaseUrl


def opschonen(
    proef: Annotated[bool, typer.Option("--proef", help="Zeg alleen hoeveel het is; er gaat niets weg.")] = False,
    op: Annotated[
        datetime | None,
        typer.Option("--op", formats=["%Y-%m-%d"], help="Alsof het die dag is, met --proef: om vooruit te kijken."),
    ] = None,
    verdicht: Annotated[
        bool,
        typer.Option(
            "--verdicht/--niet-verdicht",
            help="Schrijf de tabellen daarna opnieuw, zodat er ook in de bestanden niets meer van staat. Kies een stil uur.",
        ),
    ] = True,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Haal weg wat langer is bewaard dan mag, of zeg met --proef alleen hoeveel dat is. Het gaat om dossiers, geweigerde inhoud,
    opgegeven notificaties en oude regels van het logboek. In declaraties, waar meer cliënten in staan, wordt een cliënt onbekend: bedragen blijven."""
    from ..inname.opschonen import schoon_op
    from ..klok import NEDERLAND, systeemklok
    from ..opslag import opschonen as opslag
    from ..opslag.wachttijd import ACHTERGROND
    from .melden import stop

    if op is not None and not proef:
        stop("Een andere dag dan vandaag kan alleen met --proef.")
    engine = open_database(database_url, ACHTERGROND)
    vandaag = op.date() if op is not None else systeemklok().astimezone(NEDERLAND).date()
    for een in schoon_op(engine, vandaag, proef=proef):
        termijn = een.termijn
        typer.echo(f"{termijn.naam:14}  {termijn!s:8}  van voor {een.voor}  {een.aantal:8}  {termijn.wat}")
    if not proef and verdicht:
        opslag.verdicht(engine)
    engine.dispose()
