"""Commands on the keys by which what is kept of persons is hidden."""

import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from .beheer import open_database
from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl

if TYPE_CHECKING:
    from ..sleutels import Plaats, Sleutelring
    from ..versleuteling.bos import Bos

sleutel_app = typer.Typer(help="De sleutels waarmee persoonsgegevens versleuteld zijn.", no_args_is_help=True)


@sleutel_app.command("maak")
def maak() -> None:
    """Maak de sleutels van een nieuw knooppunt: een bestand met een hoofdsleutel, en ernaast de sleutelbos die daarmee is ingepakt. Een
    bestand dat er al is, blijft; dan komt er alleen een sleutelbos bij, en zo is het ook met BV_HOOFDSLEUTELS."""
    from .. import sleutels as hoofd
    from ..versleuteling import bestand
    from ..versleuteling.bos import Bos

    plaats = _plaats()
    if plaats.bos.exists():
        stop(f"Er is al een sleutelbos: {plaats.bos}. Nieuwe sleutels maakt 'berichtenverkeer sleutel roteer'.")
    if plaats.bestand is not None and not plaats.bestand.exists():
        bestand.vervang(plaats.bestand, f"{secrets.token_hex(32)}\n")
    bestand.schrijf(plaats.bos, Bos.nieuw(_nu()), hoofd.gebruik(plaats).nieuwste)
    wat = plaats.bos if plaats.bestand is None else f"{plaats.bestand} en {plaats.bos}"
    typer.echo(
        f"Gemaakt: {wat}. Bewaar er een kopie van, en van de hoofdsleutel, niet bij de back-ups van de database."
    )


@sleutel_app.command("list")
def toon() -> None:
    """Toon welke sleutels er zijn, zonder de sleutels zelf: hoofdsleutels, en generaties van de sleutelbos met wanneer zij zijn gemaakt."""
    _, ring, bos = _open()
    for plek, hoofdsleutel in enumerate(ring.sleutels):
        typer.echo(f"hoofdsleutel  {hoofdsleutel.id}  {'nieuwste' if plek == 0 else 'alleen om te lezen'}")
    for plek, generatie in enumerate(bos.generaties):
        vernietigd = (
            "" if len(generatie.boom.knopen) == 1 else "  er is een sleutel van een partij of cliënt uit vernietigd"
        )
        hoe = "nieuwste" if plek == 0 else "alleen om te lezen"
        typer.echo(f"generatie     {generatie.id.hex()}  {generatie.gemaakt}  {hoe}{vernietigd}")


@sleutel_app.command("roteer")
def roteer() -> None:
    """Maak een nieuwe hoofdsleutel en een nieuwe generatie sleutels. Het knooppunt mag blijven draaien: binnen een seconde schrijft het met de
    nieuwe. Wat er al staat, krijgt de nieuwe met 'berichtenverkeer db versleutel'. Staan de hoofdsleutels in BV_HOOFDSLEUTELS, zet er dan
    eerst zelf een nieuwe vooraan, en start het knooppunt daarmee."""
    from .. import sleutels as hoofd
    from ..versleuteling import bestand

    plaats, ring, bos = _open()
    if plaats.bestand is not None:
        bestand.vervang(plaats.bestand, f"{secrets.token_hex(32)}\n{plaats.bestand.read_text('ascii')}")
        ring = hoofd.gebruik(plaats)
    elif bestand.ingepakt_met(plaats.bos) == ring.nieuwste.id:
        stop(
            f"Zet eerst een nieuwe hoofdsleutel vooraan in {hoofd.ZELF}, bij het knooppunt en hier, en start het knooppunt opnieuw. "
            "'openssl rand -hex 32' maakt er een."
        )
    bestand.schrijf(plaats.bos, bos.vernieuwd(_nu()), ring.nieuwste)
    typer.echo(
        f"De hoofdsleutel is nu {ring.nieuwste.id}. Draai 'berichtenverkeer db versleutel --vergeet-oude' om wat er al staat opnieuw te versleutelen. "
        "Laat oude hoofdsleutels staan: daarmee is het logboek te controleren."
    )


@sleutel_app.command("vernietig")
def vernietig(
    partij: Annotated[
        str, typer.Option("--partij", help="De code van een partij; zonder wordt om een Bsn gevraagd.")
    ] = "",
    ja: Annotated[bool, typer.Option("--ja", help="Vraag niet of het echt moet.")] = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Vernietig de sleutel van een partij of van een cliënt: wat over hem is verzegeld, is daarna nergens meer te lezen, ook niet uit een
    back-up van de database. Het Bsn van een cliënt komt van de standaardinvoer, of wordt gevraagd; wat de database van
    hem heeft, gaat eerst weg."""
    from ..versleuteling import bestand
    from ..versleuteling.bos import partij as plek_van_partij
    from .lijsten import vraag_bsn

    plaats, ring, bos = _open()
    bsn = "" if partij else vraag_bsn()
    plek = plek_van_partij(partij) if partij else bos.client(bsn)
    wie = f"partij {partij}" if partij else "deze cliënt"
    if not ja and not typer.confirm(f"Wat van {wie} verzegeld is, is hierna nooit meer te lezen. Doorgaan?"):
        stop("Er is niets vernietigd.")
    if bsn:
        from ..inname.wissen import wis

        engine = open_database(database_url)
        typer.echo(f"Weggehaald bij {wis(engine, bsn)} gemeenten. In declaraties is de cliënt onbekend geworden.")
        engine.dispose()
    bestand.schrijf(plaats.bos, bos.vernietigd(plek, _nu()), ring.nieuwste)
    typer.echo(
        f"De sleutel van {wie} is vernietigd. Vernietig ook iedere kopie van {plaats.bos.name} van voor nu, en bewaar er een nieuwe."
    )


def _plaats() -> "Plaats":
    from ..sleutels import BOS, OMGEVING, ZELF, uit_omgeving

    plaats = uit_omgeving()
    if plaats is None:
        stop(f"Zet {OMGEVING} op het bestand waar de sleutels staan of komen, of {ZELF} en {BOS}.")
    return plaats


def _open() -> "tuple[Plaats, Sleutelring, Bos]":
    from .. import sleutels as hoofd
    from ..versleuteling import bestand

    plaats = _plaats()
    ring = hoofd.gebruik(plaats)
    bos = bestand.lees(plaats.bos, ring)
    if bos is None:
        stop(f"Er is geen sleutelbos ({plaats.bos}); 'berichtenverkeer sleutel maak' maakt haar.")
    return plaats, ring, bos


def _nu() -> str:
    from ..klok import systeemklok

    return systeemklok().date().isoformat()
