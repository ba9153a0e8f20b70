"""Commands on the keys by which what is kept of persons is hidden."""

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .beheer import open_database
from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl

if TYPE_CHECKING:
    from ..sleutels import Sleutelring
    from ..versleuteling.bos import Bos

sleutel_app = typer.Typer(help="De sleutels waarmee persoonsgegevens versleuteld zijn.", no_args_is_help=True)


@sleutel_app.command("maak")
def maak() -> None:
    """Maak de sleutels van een nieuw knooppunt: een bestand met een hoofdsleutel, en ernaast de sleutelbos die daarmee is ingepakt. Een
    bestand dat er al is, blijft; dan komt er alleen een sleutelbos bij."""
    from .. import sleutels as hoofd
    from ..versleuteling import bestand
    from ..versleuteling.bos import Bos

    pad = _pad()
    if bestand.pad_bij(pad).exists():
        stop(
            f"Er is al een sleutelbos: {bestand.pad_bij(pad)}. Nieuwe sleutels maakt 'berichtenverkeer sleutel roteer'."
        )
    if not pad.exists():
        bestand.vervang(pad, f"{secrets.token_hex(32)}\n")
    bestand.schrijf(pad, Bos.nieuw(_nu()), hoofd.lees(pad).nieuwste)
    typer.echo(
        f"Gemaakt: {pad} en {bestand.pad_bij(pad)}. Bewaar van beide een kopie, niet bij de back-ups van de database."
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
    nieuwe. Wat er al staat, krijgt de nieuwe met 'berichtenverkeer db versleutel'."""
    from .. import sleutels as hoofd
    from ..versleuteling import bestand

    pad, _, bos = _open()
    bestand.vervang(pad, f"{secrets.token_hex(32)}\n{pad.read_text('ascii')}")
    ring = hoofd.lees(pad)
    bestand.schrijf(pad, bos.vernieuwd(_nu()), ring.nieuwste)
    typer.echo(
        f"De hoofdsleutel is nu {ring.nieuwste.id}. Draai 'berichtenverkeer db versleutel --vergeet-oude' om wat er al staat opnieuw te versleutelen. "
        "Oude hoofdsleutels blijven in het bestand om het logboek te controleren."
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

    pad, ring, bos = _open()
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
    bestand.schrijf(pad, bos.vernietigd(plek, _nu()), ring.nieuwste)
    typer.echo(
        f"De sleutel van {wie} is vernietigd. Vernietig ook iedere kopie van {bestand.pad_bij(pad).name} van voor nu, en bewaar er een nieuwe."
    )


def _pad() -> Path:
    from ..sleutels import OMGEVING

    pad = os.environ.get(OMGEVING)
    if not pad:
        stop(f"Zet {OMGEVING} op het bestand waar de sleutels staan, of komen.")
    return Path(pad)


def _open() -> "tuple[Path, Sleutelring, Bos]":
    from .. import sleutels as hoofd
    from ..versleuteling import bestand

    pad = _pad()
    ring = hoofd.gebruik(pad)
    bos = bestand.lees(pad, ring)
    if bos is None:
        stop(f"Naast {pad} staat geen sleutelbos; 'berichtenverkeer sleutel maak' maakt haar.")
    return pad, ring, bos


def _nu() -> str:
    from ..klok import systeemklok

    return systeemklok().date().isoformat()
