"""The command that plays a counterpart at a node in proefmodus."""

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .melden import stop
from .opties import XsdDir, xsd_map
from .replay import Deurkeus
from .token import TokenBestand, lees_token

if TYPE_CHECKING:
    from ..spel.doelen.doel import Speler
    from ..spel.tegenpartij.script import Script


def tegenpartij(
    script: Annotated[str, typer.Argument(metavar="SCRIPT", help="Een bestand .yaml, of gemeente of aanbieder.")],
    base_url: Annotated[str, typer.Option("--base-url", help="Het adres van een knooppunt in proefmodus.")],
    partijen: Annotated[
        Path | None,
        typer.Option("--partijen", help="YAML met per partij een code en een token."),
    ] = None,
    partij: Annotated[
        str | None,
        typer.Option("--partij", help="Haar naam in --partijen; anders die in het script."),
    ] = None,
    code: Annotated[
        str | None,
        typer.Option(
            "--code", help="De code, in plaats van --partijen; het token wordt gevraagd, of --token-bestand noemt het."
        ),
    ] = None,
    token_bestand: TokenBestand = None,
    door: Annotated[
        Deurkeus, typer.Option("--door", help="Door welke deur; keten: vsp of stuf, naar haar rol.")
    ] = Deurkeus.BERICHTEN,
    eenmaal: Annotated[bool, typer.Option("--eenmaal", help="Stop zodra er niets meer te doen is.")] = False,
    elke: Annotated[float, typer.Option("--elke", min=0.05, help="Kijk om de zoveel seconden in het postvak.")] = 1.0,
    zaad: Annotated[int, typer.Option("--zaad", min=0, help="Een ander zaad geeft andere nummers.")] = 0,
    xsd_dir: XsdDir = None,
) -> None:
    """Speel een gemeente of aanbieder die antwoordt volgens een script, tot Ctrl-C. Alleen in proefmodus."""
    from ..spel.doelen.doel import Doel
    from ..spel.tegenpartij.draaien import draai
    from ..spel.tegenpartij.lezen import lees, vind
    from ..spel.tegenpartij.tegenpartij import Tegenpartij
    from ..standaard.schema import Schemas

    gelezen = lees(vind(script)).als(partij)
    speler = _speler(gelezen, partijen, code, token_bestand)
    deur = gelezen.ketendeur if door is Deurkeus.KETEN else str(door)
    with Doel(base_url, {gelezen.naam: speler}, vers=frozenset()) as doel, contextlib.suppress(KeyboardInterrupt):
        speelt = Tegenpartij(gelezen, doel, Schemas(xsd_map(xsd_dir)), typer.echo, time.monotonic, deur, zaad)
        typer.echo(f"{gelezen.naam} {speler.code} speelt {gelezen.tegenpartij}; stoppen met Ctrl-C.")
        draai(speelt, time.sleep, typer.echo, eenmaal=eenmaal, elke=elke)
        if later := speelt.wacht:
            typer.echo(f"Wacht op de klok: {len(later)}, het eerste op {later[0]:%d-%m-%Y %H:%M}.")


def _speler(script: "Script", partijen: Path | None, code: str | None, token_bestand: Path | None) -> "Speler":
    """Who it is at the node."""
    from ..spel.doelen.doel import Speler
    from ..spel.doelen.gegeven import lees_partijen

    if code is not None:
        return Speler(code=code, token=lees_token(token_bestand))
    if partijen is None:
        stop("Geef --partijen, of --code.")
    bekend = lees_partijen(partijen)
    if script.naam not in bekend:
        stop(f"{script.naam} staat niet in {partijen}; kies met --partij uit {', '.join(bekend) or 'niemand'}.")
    gevonden = bekend[script.naam]
    return gevonden[0] if isinstance(gevonden, list) else gevonden
