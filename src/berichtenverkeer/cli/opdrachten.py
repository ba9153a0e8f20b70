"""All commands: where each is, what it does in a sentence, and how it ends when what it needs is not there."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from getpass import getuser
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup
from typer.main import get_group

from ..optreden import Activiteit, Optreden, Wie, tijdens
from ..zegbaar import Zegbaar
from . import typfout
from .activiteiten import ACTIVITEITEN
from .hulp import Hulpcontext
from .melden import stop

_REGEL = 1000
"""No sentence is this long."""


class Opdracht(NamedTuple):
    """A command, or a group of them."""

    plek: str
    """The module in this package, and the function in it or the ``Typer`` of a group."""

    kort: str
    """What ``--help`` says of it: the first sentence of its own help."""

    ook: tuple[str, ...] = ()
    """A module that adds commands of its own to the group."""


BEHEER = "Beheer, bij de database van het knooppunt"
"""The group of commands that need the database itself."""

_BIJ_DE_DATABASE = "Werkt op de database zelf (--database-url of BV_DATABASE_URL), niet over het netwerk: draai dit waar het knooppunt draait."

GROEPEN: dict[str, dict[str, Opdracht]] = {
    "Berichten op uw eigen machine": {
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
        "kpi": Opdracht(
            "kpi.kpi", "Toon welke stuurcijfers er zijn, of met --voor de cijfers van een partij over een periode."
        ),
        "rekenen": Opdracht(
            "rekenen.rekenen",
            "Reken uit wat er op een toewijzing in een maand gedeclareerd mag worden, stap voor stap.",
        ),
    },
    "Werken bij een knooppunt, vanaf iedere machine": {
        "login": Opdracht("login.login", "Meld u aan bij een knooppunt, met een token van 'partij token'."),
        "logout": Opdracht("login.logout", "Meld u af: de aanmelding en haar token worden vergeten."),
        "knooppunten": Opdracht("login.knooppunten", "Toon waar u bent aangemeld; de standaard heeft een *."),
        "stuur": Opdracht("post.stuur", "Bied berichten aan, en toon wat ervan gevonden is."),
        "postvak": Opdracht(
            "post.postvak", "Toon wat er voor u klaarligt, het oudste eerst; met --uit komt het in bestanden."
        ),
        "bevestig": Opdracht("post.bevestig", "Zeg dat berichten veilig bij u zijn."),
        "luister": Opdracht("post.luister", "Toon wat er in uw postvak komt zodra het er is, tot Ctrl-C."),
        "berichten": Opdracht(
            "lijsten.berichten",
            "Toon wat u stuurde en kreeg, met het oordeel, hoe ver het is, en wat waarop antwoordt.",
        ),
        "toewijzingen": Opdracht(
            "lijsten.toewijzingen", "Toon uw toewijzingen, in volgorde van hun laatste wijziging."
        ),
        "tijdlijn": Opdracht(
            "werk.tijdlijn",
            "Toon alles wat er met een toewijzing gebeurde: het bericht, de regels, en wat er veranderde.",
        ),
        "verzoeken": Opdracht(
            "lijsten.verzoeken",
            "Toon uw verzoeken om toewijzing (VOT) en om wijziging (VOW), met de uiterste dag van het antwoord.",
        ),
        "declaraties": Opdracht("lijsten.declaraties", "Toon uw declaraties: wat is ingediend, en wat is toegekend."),
        "werklijst": Opdracht(
            "werk.werklijst",
            "Toon wat er te doen is: alle werklijsten met hun aantallen, of één lijst met haar regels.",
        ),
        "voorstel": Opdracht("voorstel.voorstel_app", "Stel het bericht voor dat op een ander volgt."),
        "declareer": Opdracht(
            "declareer.declareer", "Maak declaratieberichten van wat er is geleverd, één per gemeente en wet."
        ),
        "productconversie": Opdracht(
            "productconversie.productconversie",
            "Zet lopende toewijzingen op oude productcodes om naar nieuwe, met toewijzingsberichten die u zelf verstuurt.",
        ),
        "herindeling": Opdracht(
            "herindeling.herindeling",
            "Neem de lopende toewijzingen over van een gemeente die in u opgaat, met toewijzingsberichten die u zelf verstuurt.",
        ),
        "export": Opdracht(
            "export.export", "Haal een hele lijst op in bestanden, of wat er sinds de vorige keer veranderde."
        ),
        "hoofdaannemer": Opdracht(
            "hoofdaannemer.hoofdaannemer_app", "De backoffice van een hoofdaannemer: inzetten, maandstaten, facturen."
        ),
        "webhook": Opdracht("webhook.webhook_app", "Laat een URL van u horen wat er gebeurt."),
    },
    "Een knooppunt": {
        "serve": Opdracht("dienst.serve", "Start het knooppunt."),
        "instellingen": Opdracht(
            "instellingen.instellingen",
            "Toon alle instellingen van het knooppunt: wat zij betekenen, hun standaard, en wat er nu in de omgeving staat.",
        ),
        "demo": Opdracht(
            "dienst.demo", "Laat een verzonnen regio een halfjaar berichten sturen en toon wat ervan werd."
        ),
    },
    BEHEER: {
        "db": Opdracht("beheer.db_app", "De database.", ook=("rechten", "versleutel")),
        "sleutel": Opdracht("sleutel.sleutel_app", "De sleutels waarmee persoonsgegevens versleuteld zijn."),
        "partij": Opdracht(
            "beheer.partij_app", "Partijen, hun tokens en hun certificaten.", ook=("bewijs", "certificaat")
        ),
        "gebruiker": Opdracht("gebruiker.gebruiker_app", "Mensen die zich bij de pagina's aanmelden."),
        "tarief": Opdracht("contract.tarief_app", "Tarieven van een contract."),
        "productcodes": Opdracht("contract.productcodes_app", "Productcodelijsten van gemeenten."),
        "codelijst": Opdracht("herindeling.codelijst_app", "Codelijsten die ieder jaar anders zijn."),
        "gemeente": Opdracht("herindeling.gemeente_app", "Gemeenten die samengaan."),
        "functie": Opdracht("functie.functie_app", "Releases: welke functies wanneer meedoen."),
        "bezorging": Opdracht("bezorging.bezorging_app", "Bezorgen naar het eindpunt van een gemeente."),
        "log": Opdracht("logboek.log_app", "Het logboek: wie wat deed met gegevens van wie."),
        "opschonen": Opdracht(
            "opschonen.opschonen", "Haal weg wat langer is bewaard dan mag, of zeg met --proef alleen hoeveel dat is."
        ),
        "worker": Opdracht(
            "beheer.worker",
            "Beoordeel grote declaraties in een eigen proces, naast een knooppunt dat draait met BV_WERKER=0.",
        ),
        "rebuild": Opdracht(
            "beheer.rebuild", "Bouw alles wat is afgeleid opnieuw uit de bewaarde berichten, en herstel wat afwijkt."
        ),
    },
    "Spelen en testen": {
        "replay": Opdracht("replay.replay", "Speel flows na en vergelijk."),
        "tegenpartij": Opdracht(
            "tegenpartij.tegenpartij", "Speel een gemeente of aanbieder die antwoordt volgens een script, tot Ctrl-C."
        ),
        "record": Opdracht(
            "record.record", "Neem op wat er met één cliënt gebeurde, als flow met alleen fictieve gegevens."
        ),
        "bench": Opdracht(
            "bench.bench", "Meet een knooppunt: speel de drukste dagen uit de bibliotheek, vaak en tegelijk."
        ),
    },
}
"""The commands as ``--help`` shows them: by group, in the order in which one meets them."""

OPDRACHTEN = {naam: opdracht for groep in GROEPEN.values() for naam, opdracht in groep.items()}
"""Every command by its name."""


class Groep(TyperGroup):
    """Commands under one word."""

    context_class = Hulpcontext

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list in ``--help``, with a whole sentence for each."""
        with formatter.section("Opdrachten"):
            formatter.write_dl([(naam, self.kort(naam)) for naam in self.list_commands(ctx)])

    def kort(self, naam: str) -> str:
        """What a command does, in a sentence."""
        return self.commands[naam].get_short_help_str(_REGEL)


class Opdrachten(Groep):
    """The commands of ``OPDRACHTEN``. Only the one that is asked for is imported."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the table."""
        return list(OPDRACHTEN)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list in ``--help``, by group."""
        for groep, opdrachten in GROEPEN.items():
            with formatter.section(groep):
                formatter.write_dl([(naam, self.kort(naam)) for naam in opdrachten])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or None."""
        if cmd_name not in OPDRACHTEN:
            return None
        opdracht = OPDRACHTEN[cmd_name]
        module, _, naam = opdracht.plek.partition(".")
        gevonden = getattr(import_module(f"{__package__}.{module}"), naam)
        for ook in opdracht.ook:
            import_module(f"{__package__}.{ook}")
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        if isinstance(gevonden, typer.Typer):
            app.add_typer(gevonden, name=cmd_name, cls=Groep)
        else:
            app.command(cmd_name)(gevonden)
        gemaakt = get_group(app).commands[cmd_name]
        for een in _alle(gemaakt):
            een.context_class = Hulpcontext
        if cmd_name in GROEPEN[BEHEER]:
            for een in _alle(gemaakt):
                een.epilog = _BIJ_DE_DATABASE
        return gemaakt

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command, and that it is what is done now, for the log."""
        naam, opdracht, rest = super().resolve_command(ctx, args)
        if naam is not None and naam in ACTIVITEITEN:
            ctx.with_resource(tijdens(_optreden(ACTIVITEITEN[naam], rest)))
        return naam, opdracht, rest

    def kort(self, naam: str) -> str:
        """Of the table, so that ``--help`` imports nothing."""
        return OPDRACHTEN[naam].kort

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read what stands before the command, and say in Dutch what is wrong with it."""
        with _gezegd():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run a command, and say in Dutch what of its surroundings it could not use, and what is wrong with how it was typed."""
        with _gezegd():
            return super().invoke(ctx)


def _alle(opdracht: Any) -> Iterator[Any]:
    """A command, and those under it."""
    yield opdracht
    for een in getattr(opdracht, "commands", {}).values():
        yield from _alle(een)


@contextmanager
def _gezegd() -> Iterator[None]:
    """End with a sentence where there is one for what went wrong."""
    try:
        yield
    except typer.Abort:
        stop("Afgebroken: er kwam geen antwoord.", 1)
    except Exception as fout:
        melding = _uitleg(fout)
        if melding is None:
            raise
        stop(melding)


def _optreden(activiteit: Activiteit, rest: Sequence[str]) -> Optreden:
    """What is done, for the log; of a group also which command in it."""
    daad = next((een for een in rest[:1] if een.replace("-", "").isalpha() and not een.startswith("-")), "")
    return Optreden(activiteit, _wie_typt, f"{activiteit.object}/{daad}"[:_OBJECT] if daad else activiteit.object)


_OBJECT = 90


def _wie_typt() -> Wie:
    """Who is at the machine, as that knows him or her."""
    try:
        wie = getuser()
    except (KeyError, OSError):  # a container may have no name for it
        wie = f"uid {os.getuid()}"
    return Wie(gebruiker=wie[:80], bewijs="opdrachtregel")


def _uitleg(fout: Exception) -> str | None:
    """What went wrong, in a sentence and an advice. What was not imported has raised nothing."""
    if isinstance(fout, Zegbaar):
        return str(fout)
    if (melding := typfout.uitleg(fout)) is not None:
        return melding
    if "httpx" in sys.modules:
        from httpx import HTTPError

        if isinstance(fout, HTTPError):
            return f"Het knooppunt antwoordt niet ({_reden(fout)}). Controleer het adres, en of het knooppunt draait."
    if "lxml" in sys.modules:
        from ..standaard.schema import SchemaOntbreekt

        if isinstance(fout, SchemaOntbreekt):
            return f"De XSD's zijn niet te gebruiken: {fout}."
    if (melding := _instellingen(fout)) is not None:
        return melding
    if "sqlalchemy" not in sys.modules:
        return None
    from sqlalchemy.exc import DatabaseError

    if isinstance(fout, DatabaseError):
        reden = str(fout.orig).strip().partition("\n")[0]
        return f"De database is niet te gebruiken ({reden}). Controleer --database-url of BV_DATABASE_URL."
    return None


def _reden(fout: Exception) -> str:
    """What of an error of the network is known, on one line."""
    return " ".join(str(fout).split()) or type(fout).__name__


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
