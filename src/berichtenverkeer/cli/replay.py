"""The command that plays flows of messages and compares what comes of them with what was expected."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..standaard.domein import Domein
from .opties import XsdDir, stop, xsd_map

if TYPE_CHECKING:
    from ..replay.flow import Flow
    from ..replay.spelen import Opties, Verloop

_EINDE = ".flow.yaml"


class Deurkeus(StrEnum):
    """The doors."""

    BERICHTEN = "berichten"
    VSP = "vsp"
    STUF = "stuf"


def replay(
    flows: Annotated[list[Path], typer.Argument(metavar="FLOW…", help="Bestanden *.flow.yaml, of mappen ermee.")],
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url", envvar="BV_BASE_URL", help="Het adres van een knooppunt; anders een eigen, tijdelijk."
        ),
    ] = None,
    partijen: Annotated[
        Path | None,
        typer.Option("--partijen", envvar="BV_PARTIJEN", help="YAML met per partij in de flows een code en een token."),
    ] = None,
    door: Annotated[
        Deurkeus, typer.Option("--door", envvar="BV_DOOR", help="Door welke deur, voor wie die heeft.")
    ] = Deurkeus.BERICHTEN,
    domein: Annotated[Domein | None, typer.Option("--domein", envvar="BV_DOMEIN", help="Alleen voor deze wet.")] = None,
    klok: Annotated[
        datetime | None, typer.Option("--klok", envvar="BV_KLOK", help="Laat iedere flow op dit moment beginnen.")
    ] = None,
    parallel: Annotated[
        int, typer.Option("--parallel", envvar="BV_PARALLEL", min=1, help="Hoeveel flows tegelijk.")
    ] = 1,
    herhaal: Annotated[int, typer.Option("--herhaal", envvar="BV_HERHAAL", min=1, help="Hoe vaak iedere flow.")] = 1,
    als_json: Annotated[
        bool, typer.Option("--json", envvar="BV_JSON", help="Eén JSON-object per flow en wet.")
    ] = False,
    junit: Annotated[
        Path | None, typer.Option("--junit", envvar="BV_JUNIT", help="Schrijf de uitkomst ook als JUnit-XML.")
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", envvar="BV_UPDATE", help="Bewaar wat er te zien was als tijdlijn naast de flow.")
    ] = False,
    door_gaan: Annotated[
        bool, typer.Option("--door-gaan", envvar="BV_DOOR_GAAN", help="Speel door na een verschil.")
    ] = False,
    xsd_dir: XsdDir = None,
) -> None:
    """Speel flows na en vergelijk. Uitgang 0: alles klopt; 1: er is een verschil; 2: een flow was niet te spelen."""
    import json

    from rich.console import Console

    from ..replay import gouden, verslag
    from ..replay.junit import schrijf
    from ..replay.spelen import Opties
    from ..replay.verslag_json import als_json as maak_json

    gelezen = _lees(flows)
    opties = Opties(str(door), klok, door_gaan)
    verlopen = _speel(gelezen, domein, opties, base_url, partijen, xsd_dir, parallel, herhaal)
    console = Console() if Console().is_terminal else Console(width=160)
    for verloop in verlopen:
        if opties.door == Deurkeus.BERICHTEN and verloop.uitkomst == "geslaagd":  # elsewhere one sees less
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
    if junit is not None:
        try:
            junit.write_bytes(schrijf(verlopen))
        except OSError as fout:
            stop(f"{junit} is niet te schrijven: {fout.strerror}.")
    uitkomsten = {verloop.uitkomst for verloop in verlopen}
    raise typer.Exit(2 if "fout" in uitkomsten else 1 if "verschil" in uitkomsten else 0)


def _lees(paden: list[Path]) -> "list[Flow]":
    """Every flow that is named or lies in a folder that is named."""
    from ..replay.flow import FlowFout, lees

    bestanden: list[Path] = []
    for pad in paden:
        gevonden = sorted(pad.rglob(f"*{_EINDE}")) if pad.is_dir() else [pad]
        if not gevonden:
            stop(f"In {pad} ligt geen bestand {_EINDE}.")
        bestanden += gevonden
    try:
        return [lees(bestand) for bestand in bestanden]
    except FlowFout as fout:
        stop(str(fout))


def _speel(
    flows: "list[Flow]",
    domein: Domein | None,
    opties: "Opties",
    base_url: str | None,
    partijen: Path | None,
    xsd_dir: Path | None,
    parallel: int,
    herhaal: int,
) -> "list[Verloop]":
    from ..demo.dienst import StartNiet
    from ..replay.doel import DoelFout, Gegeven, lees_partijen
    from ..replay.proefknoop import proefknoop
    from ..replay.samen import speel_samen
    from ..standaard.schema import Schemas

    schemas = Schemas(xsd_map(xsd_dir))
    spelen = [(flow, wet) for flow in flows for wet in flow.wetten if domein in (None, wet)]
    try:
        if base_url is not None:
            if partijen is None:
                stop("Geef bij --base-url ook --partijen: per partij in de flows een code en een token.")
            bij = Gegeven(base_url, lees_partijen(partijen))
            return speel_samen(spelen, bij, schemas, opties, parallel, herhaal)
        with proefknoop(xsd_map(xsd_dir)) as eigen:
            return speel_samen(spelen, eigen, schemas, opties, parallel, herhaal)
    except (DoelFout, StartNiet) as fout:
        stop(str(fout))
