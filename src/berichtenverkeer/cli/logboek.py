"""Commands on the log: prove that it is whole, take it out in the form of the standard, make a key."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .beheer import open_database
from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl

if TYPE_CHECKING:
    from ..opslag.logboeklezen import Einde

log_app = typer.Typer(help="Het logboek: wie wat deed met gegevens van wie.", no_args_is_help=True)

_PER_KEER = 1_000


@log_app.command("controleer")
def controleer(
    einden: Annotated[
        Path | None,
        typer.Option(
            "--einden",
            help="Bestand met de einden van de vorige controle; daarna staan de nieuwe erin. Bewaar het op een andere machine.",
        ),
    ] = None,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Bewijs dat er in het logboek niets is veranderd, weggehaald of tussengezet. Met --einden ook niet aan het einde."""
    from ..opslag.database import momentopname
    from ..opslag.logboeklezen import controleer as loop_na
    from ..sleutels import sleutelring

    eerder = _lees_einden(einden) if einden is not None and einden.exists() else []
    engine = open_database(database_url)
    with momentopname(engine) as verbinding:
        gevonden, breuken = loop_na(verbinding, sleutelring(), eerder)
    engine.dispose()
    for einde in gevonden:
        typer.echo(f"{einde.keten}: tot en met regel {einde.nummer}, zegel {einde.zegel}")
    for breuk in breuken:
        typer.echo(f"{breuk.keten} regel {breuk.nummer}: {breuk.wat}.", err=True)
    if breuken:
        stop("Het logboek is niet meer zoals het is geschreven.")
    if einden is not None:
        einden.write_text("".join(f"{een.keten} {een.nummer} {een.zegel}\n" for een in gevonden), "ascii")
    typer.echo("Het logboek is zoals het is geschreven.")


def _lees_einden(pad: Path) -> "list[Einde]":
    from ..opslag.logboeklezen import Einde

    try:
        delen = [regel.split() for regel in pad.read_text("ascii").splitlines()]
        return [Einde(keten, int(nummer), zegel) for keten, nummer, zegel in delen]
    except (OSError, ValueError):
        stop(f"{pad} is geen bestand met einden van een eerdere controle.")


@log_app.command("export")
def exporteer(
    vanaf: Annotated[datetime, typer.Option("--vanaf", formats=["%Y-%m-%d"], help="Eerste dag.")],
    tot_en_met: Annotated[datetime, typer.Option("--tot-en-met", formats=["%Y-%m-%d"], help="Laatste dag.")],
    partij: Annotated[str, typer.Option("--partij", help="Alleen wat namens deze partij gebeurde.")] = "",
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Schrijf het logboek in de vorm van de standaard Logboek Dataverwerkingen: één JSON-regel per regel, de oudste eerst."""
    from ..api.antwoord.dataverwerking import als_dataverwerking
    from ..instellingen import Instellingen
    from ..opslag.database import momentopname
    from ..opslag.logboeklezen import Logfilter, Plek, zoek

    bron = Instellingen().webhook_bron
    filter_ = Logfilter(partij or None, _middernacht(vanaf.date()), _middernacht(tot_en_met.date() + timedelta(days=1)))
    na: Plek | None = None
    engine = open_database(database_url)
    with momentopname(engine) as verbinding:
        while rijen := zoek(verbinding, filter_, na, _PER_KEER):
            for rij in rijen:
                typer.echo(als_dataverwerking(rij, bron).model_dump_json())
            na = Plek(rijen[-1]["moment"], rijen[-1]["keten"], rijen[-1]["nummer"])
    engine.dispose()


def _middernacht(dag: date) -> datetime:
    from ..klok import NEDERLAND

    return datetime.combine(dag, time(), NEDERLAND)
