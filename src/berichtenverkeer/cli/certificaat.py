"""Commands of the operator: client certificates, a second kind of credential beside tokens."""

from pathlib import Path
from typing import Annotated

import typer

from .beheer import open_database, partij_app
from .bestanden import lees
from .opties import STANDAARD_DATABASE, DatabaseUrl


@partij_app.command("certificaat")
def registreer(
    code: Annotated[str, typer.Argument(help="De partij waarvoor het certificaat mag handelen.")],
    bestand: Annotated[Path, typer.Argument(help="Het certificaat in PEM; een privésleutel is niet nodig.")],
    ook: Annotated[list[str] | None, typer.Option("--ook", help="Ook voor deze partij. Mag vaker.")] = None,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Laat een partij zich aanmelden met een clientcertificaat. Alleen de vingerafdruk en de geldigheid worden bewaard."""
    from ..klok import systeemklok
    from ..partijen import certificaten

    certificaat = certificaten.lees_pem(lees(bestand))
    certificaten.registreer(open_database(database_url), code, certificaat, systeemklok(), ook=ook or ())
    typer.echo(f"{certificaat.vingerafdruk}  {certificaat.naam}, geldig tot {certificaat.geldig_tot:%Y-%m-%d}")


@partij_app.command("certificaten")
def toon(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Toon alle clientcertificaten: vingerafdruk, voor wie, hoe lang, en waaraan u het herkent."""
    from ..klok import systeemklok
    from ..partijen.certificaten import alle

    nu = systeemklok()
    for een in alle(open_database(database_url)):
        certificaat = een.certificaat
        typer.echo(f"{certificaat.vingerafdruk}  {','.join(een.codes)}  {een.stand(nu)}  {certificaat.naam}")


@partij_app.command("certificaat-intrekken")
def trek_in(
    vingerafdruk: Annotated[str, typer.Argument(help="De SHA-256, zoals 'partij certificaten' haar toont.")],
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Trek een clientcertificaat in: binnen enkele seconden handelt het voor niemand meer."""
    from ..klok import systeemklok
    from ..partijen import certificaten

    certificaten.trek_in(open_database(database_url), vingerafdruk, systeemklok())
    typer.echo("Het certificaat is ingetrokken.")
