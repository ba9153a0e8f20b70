"""The command line. Every option is an environment variable too, with prefix ``BV_``.

What a command needs beyond the standard is imported inside it, so that ``validate`` starts without a database.
"""

from typing import Annotated

import typer

from . import (
    beheer,
    bench,
    bezorging,
    certificaat,
    contract,
    controle,
    declareer,
    dienst,
    functie,
    levensloop,
    productconversie,
    record,
    rekenen,
    replay,
    tegenpartij,
    termijnen,
    voorstel,
)
from .opdrachten import Opdrachten

app = typer.Typer(
    name="berichtenverkeer",
    cls=Opdrachten,
    help="Berichten van iWmo en iJw 3.2: controleren, maken, en een knooppunt dat ze verwerkt.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("validate")(controle.validate)
app.command("parse")(controle.parse)
app.command("generate")(controle.generate)
app.command("rules")(controle.rules)
app.command("termijnen")(termijnen.termijnen)
app.command("levensloop")(levensloop.levensloop)
app.command("rekenen")(rekenen.rekenen)
app.command("declareer")(declareer.declareer)
app.command("productconversie")(productconversie.productconversie)
app.command("serve")(dienst.serve)
app.command("demo")(dienst.demo)
app.command("replay")(replay.replay)
app.command("bench")(bench.bench)
app.command("tegenpartij")(tegenpartij.tegenpartij)
app.command("record")(record.record)
app.command("rebuild")(beheer.rebuild)
app.command("worker")(beheer.worker)
beheer.partij_app.command("certificaat")(certificaat.registreer)
beheer.partij_app.command("certificaten")(certificaat.toon)
beheer.partij_app.command("certificaat-intrekken")(certificaat.trek_in)
app.add_typer(beheer.partij_app, name="partij")
voorstel.voorstel_app.command("prestatie")(declareer.prestatie)
app.add_typer(voorstel.voorstel_app, name="voorstel")
app.add_typer(contract.tarief_app, name="tarief")
app.add_typer(contract.productcodes_app, name="productcodes")
app.add_typer(functie.functie_app, name="functie")
app.add_typer(bezorging.bezorging_app, name="bezorging")
app.add_typer(beheer.db_app, name="db")


def _versie(gevraagd: bool) -> None:
    if gevraagd:
        from .. import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def hoofd(
    versie: Annotated[bool, typer.Option("--version", callback=_versie, is_eager=True, help="Toon de versie.")] = False,
) -> None:
    """Berichten van iWmo en iJw 3.2: controleren, maken, en een knooppunt dat ze verwerkt."""


def main() -> None:
    """Entry point of ``python -m berichtenverkeer``."""
    app(prog_name="berichtenverkeer")
