"""All commands: where each is, what it does in a sentence, and how it ends when what it needs is not there."""

import sys
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup
from typer.main import get_group

from ..zegbaar import Zegbaar
from .melden import stop

_REGEL = 1000
"""No sentence is this long."""


class Opdracht(NamedTuple):
    """A command, or a group of them."""

    plek: str
    """The module in this package, and the function in it or the ``Typer`` of a group."""

    kort: str
    """What ``--help`` says of it: the first sentence of its own help."""

    ook: str = ""
    """A module that adds commands of its own to the group."""


OPDRACHTEN = {
    "validate": Opdracht("controle.validate", "Controleer berichten en noem alles wat er mis is."),
    "parse": Opdracht("controle.parse", "Zet een bericht om naar JSON, met de namen van de standaard."),
    "generate": Opdracht("controle.generate", "Maak een bericht van JSON."),
    "rules": Opdracht(
        "controle.rules",
        "Toon alle regels waarop een bericht wordt beoordeeld, en die waarvan een overtreding een signaal geeft.",
    ),
    "termijnen": Opdracht("termijnen.termijnen", "Toon de termijnen waarbinnen een bericht hoort te komen."),
    "levensloop": Opdracht(
        "levensloop.levensloop",
        "Toon de toestanden van toewijzing, levering, verzoek, declaratie en inzet, en wat van de ene naar de andere leidt.",
    ),
    "rekenen": Opdracht(
        "rekenen.rekenen", "Reken uit wat er op een toewijzing in een maand gedeclareerd mag worden, stap voor stap."
    ),
    "declareer": Opdracht(
        "declareer.declareer",
        "Maak declaratieberichten van wat er is geleverd, één per gemeente en wet; er wordt niets bewaard of verstuurd.",
    ),
    "productconversie": Opdracht(
        "productconversie.productconversie",
        "Zet lopende toewijzingen op oude productcodes om naar nieuwe, met toewijzingsberichten die u zelf verstuurt.",
    ),
    "serve": Opdracht("dienst.serve", "Start het knooppunt."),
    "demo": Opdracht("dienst.demo", "Laat een verzonnen regio een halfjaar berichten sturen en toon wat ervan werd."),
    "replay": Opdracht("replay.replay", "Speel flows na en vergelijk."),
    "bench": Opdracht(
        "bench.bench", "Meet een knooppunt: speel de drukste dagen uit de bibliotheek, vaak en tegelijk."
    ),
    "tegenpartij": Opdracht(
        "tegenpartij.tegenpartij", "Speel een gemeente of aanbieder die antwoordt volgens een script, tot Ctrl-C."
    ),
    "record": Opdracht(
        "record.record", "Neem op wat er met één cliënt gebeurde, als flow met alleen fictieve gegevens."
    ),
    "rebuild": Opdracht(
        "beheer.rebuild", "Bouw alles wat is afgeleid opnieuw uit de bewaarde berichten, en herstel wat afwijkt."
    ),
    "worker": Opdracht(
        "beheer.worker",
        "Beoordeel grote declaraties in een eigen proces, naast een knooppunt dat draait met BV_WERKER=0.",
    ),
    "partij": Opdracht("beheer.partij_app", "Partijen, hun tokens en hun certificaten.", ook="certificaat"),
    "voorstel": Opdracht(
        "voorstel.voorstel_app",
        "Stel het bericht voor dat op een ander volgt; er wordt niets bewaard of verstuurd.",
    ),
    "tarief": Opdracht("contract.tarief_app", "Tarieven van een contract."),
    "productcodes": Opdracht("contract.productcodes_app", "Productcodelijsten van gemeenten."),
    "functie": Opdracht("functie.functie_app", "Releases: welke functies wanneer meedoen."),
    "bezorging": Opdracht("bezorging.bezorging_app", "Bezorgen naar het eindpunt van een gemeente."),
    "db": Opdracht("beheer.db_app", "De database."),
}


class Groep(TyperGroup):
    """Commands under one word."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list in ``--help``, with a whole sentence for each."""
        with formatter.section("Commands"):
            formatter.write_dl([(naam, self.kort(naam)) for naam in self.list_commands(ctx)])

    def kort(self, naam: str) -> str:
        """What a command does, in a sentence."""
        return self.commands[naam].get_short_help_str(_REGEL)


class Opdrachten(Groep):
    """The commands of ``OPDRACHTEN``. Only the one that is asked for is imported."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the table."""
        return list(OPDRACHTEN)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or None."""
        if cmd_name not in OPDRACHTEN:
            return None
        opdracht = OPDRACHTEN[cmd_name]
        module, _, naam = opdracht.plek.partition(".")
        gevonden = getattr(import_module(f"{__package__}.{module}"), naam)
        if opdracht.ook:
            import_module(f"{__package__}.{opdracht.ook}")
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        if isinstance(gevonden, typer.Typer):
            app.add_typer(gevonden, name=cmd_name, cls=Groep)
        else:
            app.command(cmd_name)(gevonden)
        return get_group(app).commands[cmd_name]

    def kort(self, naam: str) -> str:
        """Of the table, so that ``--help`` imports nothing."""
        return OPDRACHTEN[naam].kort

    def invoke(self, ctx: Any) -> Any:
        """Run a command, and say in Dutch what of its surroundings it could not use."""
        try:
            return super().invoke(ctx)
        except Exception as fout:
            melding = _uitleg(fout)
            if melding is None:
                raise
            stop(melding)


def _uitleg(fout: Exception) -> str | None:
    """What went wrong, in a sentence and an advice. What was not imported has raised nothing."""
    if isinstance(fout, Zegbaar):
        return str(fout)
    if "lxml" in sys.modules:
        from ..standaard.schema import SchemaOntbreekt

        if isinstance(fout, SchemaOntbreekt):
            return f"De XSD's zijn niet te gebruiken: {fout}."
    if (melding := _instellingen(fout)) is not None:
        return melding
    if "sqlalchemy" not in sys.modules:
        return None
    from sqlalchemy.exc import ArgumentError, DatabaseError

    if isinstance(fout, ArgumentError):
        return "De naam van de database klopt niet: schrijf sqlite:///pad of postgresql://naam@machine/database."
    if isinstance(fout, DatabaseError):
        reden = str(fout.orig).strip().partition("\n")[0]
        return f"De database is niet te gebruiken ({reden}). Controleer --database-url of BV_DATABASE_URL."
    return None


def _instellingen(fout: Exception) -> str | None:
    """Which settings are not as they may be; their values are not said, for some are secret."""
    if "pydantic_settings" not in sys.modules:
        return None
    from pydantic import ValidationError

    from ..instellingen import Instellingen

    if not isinstance(fout, ValidationError) or fout.title != Instellingen.__name__:
        return None
    namen = sorted({f"BV_{str(een['loc'][0]).upper()}" for een in fout.errors() if een["loc"]})
    return f"Deze instellingen kloppen niet: {', '.join(namen)}. Wat er mag staan, staat in docs/beheer.md."
