"""The command that turns what happened on a running system into a flow in which nobody can be recognised."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from ..standaard.domein import Domein
from .knooppunt import Knooppunt
from .lijsten import vraag_bsn
from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl, XsdDir, xsd_map

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from ..spel.opnemen.bron import Opname
    from ..standaard.schema import Schemas

_EINDE = ".flow.yaml"
_DAG = ["%Y-%m-%d"]
_ANDERS = 1
"""Exit code when the flow is there, but comes out in another way than what was recorded."""


def record(
    bestand: Annotated[
        Path | None,
        typer.Argument(metavar="[BESTAND]", help="Waar de flow komt, naam.flow.yaml; zonder op de standaarduitvoer."),
    ] = None,
    toewijzing: Annotated[str, typer.Option("--toewijzing", help="Het id van een toewijzing, voor haar dossier.")] = "",
    domein: Annotated[Domein | None, typer.Option("--domein", help="Alleen berichten van deze wet.")] = None,
    van: Annotated[
        datetime | None,
        typer.Option("--van", formats=_DAG, help="Eerste dag; van eerder blijft wat telde."),
    ] = None,
    tot: Annotated[datetime | None, typer.Option("--tot", formats=_DAG, help="Laatste dag, die zelf meetelt.")] = None,
    knooppunt: Annotated[
        str | None,
        typer.Option("--knooppunt", help="Van het knooppunt van deze aanmelding, over HTTP; anders uit de database."),
    ] = None,
    naspelen: Annotated[bool, typer.Option("--naspelen/--niet-naspelen", help="Speel de flow meteen na.")] = True,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
    xsd_dir: XsdDir = None,
) -> None:
    """Neem op wat er met één cliënt gebeurde, als flow met alleen fictieve gegevens. Het Bsn komt van de standaardinvoer, of
    wordt gevraagd. Er wordt alleen gelezen. Uitgang 0: gelukt; 1: nagespeeld komt er iets anders uit; 2: op te
    nemen is het niet."""
    from ..spel.opnemen.opnemen import neem_op
    from ..standaard.schema import Schemas

    if bestand is not None and not bestand.name.endswith(_EINDE):
        stop(f"Noem het bestand naam{_EINDE}.")
    if van is not None and tot is not None and tot < van:
        stop("De laatste dag ligt vóór de eerste; draai --van en --tot om.")
    schemas = Schemas(xsd_map(xsd_dir))
    with _bron(knooppunt, toewijzing, database_url, schemas) as (engine, bsn):
        opname = _haal_op(engine, bsn, toewijzing, domein, van, tot, schemas)
    if bestand is not None and opname.bsn in str(bestand):
        stop("Kies een bestandsnaam zonder Bsn.")
    tekst = neem_op(opname, bestand.name.removesuffix(_EINDE) if bestand else "opname", schemas)
    if bestand is None:
        typer.echo(tekst, nl=False)
    else:
        _bewaar(bestand, tekst)
    if naspelen:
        _speel_na(tekst, xsd_map(xsd_dir))


@contextmanager
def _bron(
    knooppunt: str | None, toewijzing: str, database_url: str, schemas: "Schemas"
) -> "Iterator[tuple[Engine, str]]":
    """Where the recording is made from, and the Bsn when that is what is asked for. What is at a node elsewhere is taken over into a
    database that nobody else can read, and that is gone afterwards."""
    if knooppunt is None:
        bsn = "" if toewijzing else vraag_bsn()
        yield _bestaande(database_url), bsn
        return
    from ..opslag.database import maak_engine, maak_gereed
    from ..spel.opnemen.overnemen import bsn_van, neem_over

    with Knooppunt(knooppunt).klant() as klant, TemporaryDirectory(prefix="berichtenverkeer-") as map_:
        bsn = bsn_van(klant, toewijzing) if toewijzing else vraag_bsn()
        engine = maak_engine(f"sqlite:///{map_}/opname.db")
        maak_gereed(engine)
        neem_over(klant, bsn, engine, schemas)
        yield engine, bsn


def _haal_op(
    engine: "Engine",
    bsn: str,
    toewijzing: str,
    domein: Domein | None,
    van: datetime | None,
    tot: datetime | None,
    schemas: "Schemas",
) -> "Opname":
    from ..opslag.berichten.opname import inzage
    from ..opslag.naderhand import noteer_gezienen
    from ..spel.opnemen import bron

    try:
        with inzage(engine) as verbinding:
            sleutels = (
                bron.sleutels_van_toewijzing(verbinding, toewijzing, domein)
                if toewijzing
                else bron.sleutels_van_client(verbinding, bsn, domein)
            )
            opname = bron.haal_op(
                verbinding, sleutels, van.date() if van else None, tot.date() if tot else None, schemas
            )
        noteer_gezienen(engine)
        return opname
    finally:
        engine.dispose()


def _bestaande(url: str) -> "Engine":
    """The database; of SQLite the file must be there, for else it would be made."""
    from ..opslag.database import lees_url, maak_engine

    adres = lees_url(url)
    if adres.get_backend_name() == "sqlite" and not Path(adres.database or "").is_file():
        stop("Deze database is er niet; controleer --database-url of BV_DATABASE_URL.")
    return maak_engine(url)


def _bewaar(bestand: Path, tekst: str) -> None:
    try:
        with bestand.open("x", encoding="utf-8") as open_:
            open_.write(tekst)
    except FileExistsError:
        stop(f"{bestand} is er al; kies een andere naam.")
    except OSError as fout:
        stop(f"{bestand} is niet te schrijven: {fout.strerror}.")


def _speel_na(tekst: str, xsd_dir: Path) -> None:
    from rich.console import Console

    from ..spel.bestand.flow import FlowFout
    from ..spel.doelen.dienst import StartNiet
    from ..spel.opnemen.naspelen import speel_na
    from ..spel.uitkomst import verslag

    try:
        verloop = speel_na(tekst, xsd_dir)
    except (FlowFout, StartNiet) as fout:
        stop(f"De flow is niet na te spelen. {fout}", _ANDERS)
    if verloop.uitkomst == "geslaagd":
        typer.echo(f"Nagespeeld: {len(verloop.stappen)} stappen, met dezelfde uitkomst.", err=True)
        return
    verslag.toon(Console(stderr=True), verloop)
    stop(
        "Nagespeeld komt er iets anders uit. Dat kan als een regel ook naar andere cliënten kijkt, of als afspraken, "
        "instellingen of regels sindsdien zijn veranderd. Pas de flow aan, of kies met --van en --tot een ander tijdvak.",
        _ANDERS,
    )
