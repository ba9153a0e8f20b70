"""The command that plays flows of messages and compares what comes of them with what was expected."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..standaard.domein import Domein
from .melden import stop
from .opties import XsdDir, instelling, xsd_map

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ..spel.bestand.flow import Flow
    from ..spel.doelen.doel import Doelgever
    from ..spel.spelen.verloop import Opties, Verloop


class Deurkeus(StrEnum):
    """The doors."""

    BERICHTEN = "berichten"
    VSP = "vsp"
    STUF = "stuf"
    KETEN = "keten"


def replay(
    flows: Annotated[
        list[Path],
        typer.Argument(
            metavar="FLOW…",
            help="Bestanden *.flow.yaml of mappen ermee; bibliotheek: geeft alle die zijn meegeleverd, bibliotheek:stromen een deel.",
        ),
    ],
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", help="Het adres van een knooppunt; anders een eigen, tijdelijk."),
    ] = None,
    partijen: Annotated[
        Path | None,
        typer.Option("--partijen", help="YAML met per partij in de flows een code en een token."),
    ] = None,
    meld_aan: Annotated[
        bool,
        typer.Option(
            "--meld-aan",
            help="Bij --base-url, in plaats van --partijen: meld steeds nieuwe partijen aan in zijn database.",
        ),
    ] = False,
    database_url: Annotated[
        str | None,
        instelling("database_url", "Bij --meld-aan: de database van het knooppunt."),
    ] = None,
    door: Annotated[
        Deurkeus,
        typer.Option(
            "--door",
            help="Door welke deur, voor wie die heeft; keten: een gemeente door stuf, een aanbieder door vsp.",
        ),
    ] = Deurkeus.BERICHTEN,
    domein: Annotated[Domein | None, typer.Option("--domein", help="Alleen voor deze wet.")] = None,
    klok: Annotated[datetime | None, typer.Option("--klok", help="Laat iedere flow op dit moment beginnen.")] = None,
    parallel: Annotated[int, typer.Option("--parallel", min=1, help="Hoeveel flows tegelijk.")] = 1,
    herhaal: Annotated[int, typer.Option("--herhaal", min=1, help="Hoe vaak iedere flow.")] = 1,
    als_json: Annotated[bool, typer.Option("--json", help="Eén JSON-object per flow en wet.")] = False,
    junit: Annotated[Path | None, typer.Option("--junit", help="Schrijf de uitkomst ook als JUnit-XML.")] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Bewaar wat er te zien was als tijdlijn naast de flow.")
    ] = False,
    door_gaan: Annotated[bool, typer.Option("--door-gaan", help="Speel door na een verschil.")] = False,
    speelt: Annotated[
        list[str] | None,
        typer.Option(
            "--speelt",
            help="Deze partij in de flows speelt de andere kant zelf: wat zij stuurt, wordt afgewacht. Mag vaker.",
        ),
    ] = None,
    geduld: Annotated[
        float,
        typer.Option("--geduld", min=0, help="Hoeveel seconden een bericht van haar mag duren."),
    ] = 30.0,
    xsd_dir: XsdDir = None,
) -> None:
    """Speel flows na en vergelijk. Uitgang 0: alles klopt; 1: er is een verschil; 2: een flow was niet te spelen."""
    import json

    from rich.console import Console

    from ..spel.spelen.belasting import meet
    from ..spel.spelen.verloop import Opties
    from ..spel.uitkomst import gouden, verslag
    from ..spel.uitkomst.junit import schrijf
    from ..spel.uitkomst.verslag_json import als_json as maak_json
    from ..spel.uitkomst.verslag_json import belasting_als_json

    gelezen = _lees(flows)
    opties = Opties(str(door), klok, door_gaan, frozenset(speelt or ()), geduld, zuinig=herhaal > 1)
    _eis_speelt(gelezen, opties, partijen, parallel)
    doelgever = _doelgever(base_url, partijen, meld_aan, database_url, xsd_dir)
    verlopen, seconden = _speel(gelezen, domein, opties, doelgever, xsd_dir, parallel, herhaal)
    console = Console() if Console().is_terminal else Console(width=160)
    for verloop in verlopen:
        if update:
            gouden.bewaar(verloop)
        else:
            verloop.afwijking = gouden.verschil(verloop)
        if als_json:
            typer.echo(json.dumps(maak_json(verloop), ensure_ascii=False))
        else:
            verslag.toon(console, verloop)
    if not als_json:
        verslag.slot(console, verlopen)
    if parallel > 1 or herhaal > 1:
        gemeten = meet(verlopen, seconden)
        if als_json:
            typer.echo(json.dumps(belasting_als_json(gemeten)))
        else:
            verslag.belasting(console, gemeten)
    if junit is not None:
        try:
            junit.write_bytes(schrijf(verlopen))
        except OSError as fout:
            stop(f"{junit} is niet te schrijven: {fout.strerror}.")
    uitkomsten = {verloop.uitkomst for verloop in verlopen}
    raise typer.Exit(2 if "fout" in uitkomsten else 1 if "verschil" in uitkomsten else 0)


def _lees(paden: list[Path]) -> "list[Flow]":
    """Every flow that is named or lies in a folder that is named."""
    from ..spel.bestand.bibliotheek import vind
    from ..spel.bestand.flow import lees

    return [lees(bestand) for pad in paden for bestand in vind(str(pad))]


def _eis_speelt(flows: "list[Flow]", opties: "Opties", partijen: Path | None, parallel: int) -> None:
    """The other side is at a node that it knows, with codes that it knows, and there is one clock for all."""
    if not opties.speelt:
        return
    namen = {naam for flow in flows for naam in flow.partijen}
    if onbekend := sorted(opties.speelt - namen):
        stop(
            f"Geen van deze flows heeft een partij {', '.join(onbekend)}; kies bij --speelt uit {', '.join(sorted(namen))}."
        )
    if partijen is None:
        stop("Geef bij --speelt ook --base-url en --partijen: de andere kant moet het knooppunt en de codes kennen.")
    if parallel > 1:
        stop("Speel bij --speelt een flow tegelijk: de klok van het knooppunt gaat met de flow mee.")


def _doelgever(
    base_url: str | None, partijen: Path | None, meld_aan: bool, database_url: str | None, xsd_dir: Path | None
) -> "AbstractContextManager[Doelgever]":
    """Against what is played, and with whom."""
    from contextlib import nullcontext

    from ..spel.doelen.gegeven import Gegeven, lees_partijen
    from ..spel.doelen.proefknoop import elders, proefknoop

    if base_url is None:
        return proefknoop(xsd_map(xsd_dir))
    if meld_aan:
        if database_url is None:
            stop("Geef bij --meld-aan ook --database-url, de database van het knooppunt.")
        return elders(base_url, database_url)
    if partijen is None:
        stop("Geef bij --base-url ook --partijen, per partij in de flows een code en een token, of --meld-aan.")
    return nullcontext(Gegeven(base_url, lees_partijen(partijen)))


def _speel(
    flows: "list[Flow]",
    domein: Domein | None,
    opties: "Opties",
    doelgever: "AbstractContextManager[Doelgever]",
    xsd_dir: Path | None,
    parallel: int,
    herhaal: int,
) -> "tuple[list[Verloop], float]":
    """Every play, and how many seconds they took together."""
    import time

    from rich.console import Console
    from rich.progress import Progress

    from ..spel.spelen.samen import speel_samen
    from ..standaard.schema import Schemas

    schemas = Schemas(xsd_map(xsd_dir))
    spelen = [(flow, wet) for flow in flows for wet in flow.wetten if domein in (None, wet)]
    console = Console(stderr=True)
    with (
        doelgever as bij,
        Progress(console=console, transient=True, disable=not console.is_terminal) as voortgang,
    ):
        taak = voortgang.add_task("spelen", total=len(spelen) * herhaal)
        begonnen = time.perf_counter()
        verlopen = speel_samen(spelen, bij, schemas, opties, parallel, herhaal, klaar=lambda: voortgang.advance(taak))
        return verlopen, time.perf_counter() - begonnen
