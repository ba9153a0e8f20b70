"""What the role of a node may do in PostgreSQL."""

from typing import Annotated

import typer

from .beheer import db_app, open_database
from .opties import STANDAARD_DATABASE, DatabaseUrl


@db_app.command("rechten")
def geef_rechten(
    rol: Annotated[str, typer.Argument(help="De rol van PostgreSQL waarmee het knooppunt draait.")],
    toon: Annotated[bool, typer.Option("--toon", help="Toon alleen de opdrachten in SQL.")] = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Geef de rol waarmee het knooppunt draait wat het nodig heeft en niet meer: het logboek kan zij alleen aanvullen. Draai dit als de rol van
    wie de tabellen zijn, en opnieuw na iedere 'db upgrade'."""
    from ..opslag import rechten
    from ..opslag.database import schrijvend

    if toon:
        typer.echo("".join(f"{een};\n" for een in rechten.opdrachten(rol)), nl=False)
        return
    engine = open_database(database_url)
    with schrijvend(engine) as verbinding:
        rechten.geef(verbinding, rol)
    engine.dispose()
    typer.echo(f"De rol {rol} mag nu wat het knooppunt nodig heeft. Zet haar in BV_DATABASE_URL van het knooppunt.")
