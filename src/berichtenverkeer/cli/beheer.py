"""Commands of the operator: parties, tokens, the database, rebuilding."""

from typing import TYPE_CHECKING, Annotated

import typer

from .opties import STANDAARD_DATABASE, DatabaseUrl, XsdDir, stop, xsd_map

if TYPE_CHECKING:
    from sqlalchemy import Engine

partij_app = typer.Typer(help="Partijen en hun tokens.", no_args_is_help=True)
db_app = typer.Typer(help="De database.", no_args_is_help=True)


@partij_app.command("add")
def voeg_toe(
    code: Annotated[str, typer.Argument(help="CBS-code van een gemeente (4 cijfers) of AGB-code (8 cijfers).")],
    rol: Annotated[str, typer.Option("--rol", envvar="BV_ROL", help="gemeente, aanbieder of hoofdaannemer")],
    naam: Annotated[str, typer.Option("--naam", envvar="BV_NAAM", help="Hoe de partij heet.")],
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Meld een partij aan."""
    from ..klok import systeemklok
    from ..uitwisseling.partijen import PartijFout, Partijrol, registreer

    if rol not in list(Partijrol):
        stop(f"{rol} is geen rol; kies {', '.join(Partijrol)}.")
    try:
        partij = registreer(_engine(database_url), code, Partijrol(rol), naam, systeemklok())
    except PartijFout as fout:
        stop(str(fout))
    typer.echo(f"{partij.code} {partij.naam} ({partij.rol}) is aangemeld.")


@partij_app.command("list")
def toon(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Toon alle partijen."""
    from ..uitwisseling.partijen import alle

    for partij in alle(_engine(database_url)):
        typer.echo(f"{partij.code:8}  {partij.rol:13}  {partij.naam}")


@partij_app.command("token")
def geef_token(
    code: Annotated[str, typer.Argument(help="De partij waarvoor het token mag handelen.")],
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Maak een nieuw token voor een partij en toon het, één keer: alleen een vingerafdruk wordt bewaard."""
    from ..klok import systeemklok
    from ..uitwisseling.partijen import PartijFout, maak_token

    try:
        token = maak_token(_engine(database_url), code, systeemklok())
    except PartijFout as fout:
        stop(str(fout))
    typer.echo(token)


@db_app.command("upgrade")
def werk_bij(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Breng de tabellen op deze versie."""
    from ..opslag.database import maak_engine, upgrade

    upgrade(maak_engine(database_url))
    typer.echo("De database is bij.")


@db_app.command("check")
def controleer(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Vergelijk de tabellen met wat deze software verwacht; eindigt met 1 bij verschil."""
    from ..opslag.database import maak_engine, verschillen

    gevonden = verschillen(maak_engine(database_url))
    if gevonden:
        stop("\n".join([*gevonden, "Draai 'berichtenverkeer db upgrade'."]), 1)
    typer.echo("De tabellen zijn zoals deze software ze verwacht.")


def rebuild(database_url: DatabaseUrl = STANDAARD_DATABASE, xsd_dir: XsdDir = None) -> None:
    """Bouw alles wat is afgeleid opnieuw uit de bewaarde berichten, en herstel wat afwijkt."""
    from ..standaard.schema import Schemas
    from ..uitwisseling.herbouw import herbouw

    gedaan = herbouw(_engine(database_url), Schemas(xsd_map(xsd_dir)))
    typer.echo(f"{gedaan.dossiers} dossiers herbouwd, {gedaan.afwijkend} weken af en zijn hersteld.")


def _engine(url: str) -> "Engine":
    """The database, with its tables when it was empty."""
    from ..opslag.database import maak_engine, maak_gereed

    engine = maak_engine(url)
    maak_gereed(engine)
    return engine
