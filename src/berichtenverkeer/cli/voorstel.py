"""Proposals on the command line: the message goes to standard output, the explanation to standard error."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from ..standaard.domein import Domein
from .opties import stop
from .vraag import Vraag, met_vraag

if TYPE_CHECKING:
    from ..voorstel.opstellen.voorstel import Voorstel

voorstel_app = typer.Typer(
    help="Stel het bericht voor dat op een ander volgt; er wordt niets bewaard of verstuurd.", no_args_is_help=True
)

GEEN_VOORSTEL = 1
"""Exit code when there is no message: a question is open, or something stands in its way."""

_DAG = ["%Y-%m-%d"]
Verzoek = Annotated[str, typer.Argument(help="ReferentieAanbieder of id van het verzoek.")]
Toewijzing = Annotated[str, typer.Argument(help="ToewijzingNummer, of id van de toewijzing.")]
VanGemeente = Annotated[
    str, typer.Option("--gemeente", envvar="BV_GEMEENTE", help="CBS-code, als meer gemeenten dit nummer hebben.")
]
VanWet = Annotated[
    Domein | None, typer.Option("--domein", envvar="BV_DOMEIN", help="De wet, als het nummer onder beide voorkomt.")
]


@voorstel_app.command("toewijzing")
@met_vraag
def toewijzing(
    verzoeken: Annotated[list[str], typer.Argument(help="ReferentieAanbieder of id van ieder verzoek.")],
    vanaf: Annotated[
        str, typer.Option("--vanaf", envvar="BV_VANAF", help="Bij een VOW met voorbije datums: gewenst of EEJJ-MM-DD.")
    ] = "",
    anders: Annotated[
        Path | None,
        typer.Option("--anders", envvar="BV_ANDERS", help="JSON: per verzoek wat u anders toekent (alleen VOT)."),
    ] = None,
    contactgegevens: Annotated[
        Path | None,
        typer.Option("--contactgegevens", envvar="BV_CONTACTGEGEVENS", help="JSON: Contactgegevens van de cliënt."),
    ] = None,
    nummer: Annotated[
        list[int] | None,
        typer.Option(
            "--nummer", envvar="BV_NUMMER", min=1, max=999_999_999, help="Voor nieuwe toewijzingen; mag vaker."
        ),
    ] = None,
    *,
    vraag: Vraag,
) -> None:
    """Gemeente: het toewijzingsbericht dat één VOW of producten van een VOT honoreert."""
    from ..voorstel.voorstellen import zoek_verzoek

    afwijkingen, contact = _afwijkingen(anders, verzoeken), _contactgegevens(contactgegevens)
    dag = _vanaf(vanaf)
    with vraag.bureau(nummer or []) as b:
        ids = {
            _id(v, lambda tekst: zoek_verzoek(b.verbinding, vraag.partij, tekst, b.moment.date())): afwijkingen.get(
                v, {}
            )
            for v in verzoeken
        }
        toon(b.toewijzing(ids, dag, contact), vraag.als_json)


@voorstel_app.command("antwoord")
@met_vraag
def antwoord(
    verzoek: Verzoek,
    onderzoek: Annotated[
        bool, typer.Option("--onderzoek", envvar="BV_ONDERZOEK", help="Meld dat het in onderzoek is; anders: wijs af.")
    ] = False,
    reden: Annotated[str, typer.Option("--reden", envvar="BV_REDEN", help="RedenAfwijzingVerzoek (WJ759).")] = "",
    gemeente: Annotated[
        str, typer.Option("--gemeente", envvar="BV_GEMEENTE", help="Wie verantwoordelijk is, bij reden 8 (iJw).")
    ] = "",
    *,
    vraag: Vraag,
) -> None:
    """Gemeente: het antwoordbericht dat een verzoek afwijst, of meldt dat het in onderzoek is."""
    from ..voorstel.voorstellen import zoek_verzoek

    with vraag.bureau() as b:
        id_ = _id(verzoek, lambda tekst: zoek_verzoek(b.verbinding, vraag.partij, tekst, b.moment.date()))
        toon(b.onderzoek(id_) if onderzoek else b.afwijzing(id_, reden or None, gemeente or None), vraag.als_json)


@voorstel_app.command("start")
@met_vraag
def start(
    toewijzing: Toewijzing,
    gemeente: VanGemeente = "",
    domein: VanWet = None,
    begindatum: Annotated[
        datetime | None, typer.Option("--begindatum", envvar="BV_BEGINDATUM", formats=_DAG, help="Wanneer het begon.")
    ] = None,
    corrigeert: Annotated[
        datetime | None,
        typer.Option("--corrigeert", envvar="BV_CORRIGEERT", formats=_DAG, help="Begindatum van een foute start."),
    ] = None,
    *,
    vraag: Vraag,
) -> None:
    """Aanbieder: het startbericht op een toewijzing, of de verbetering van een start."""
    from ..voorstel.voorstellen import Vindplaats

    with vraag.bureau() as b:
        waar = Vindplaats(gemeente or None, domein)
        toon(b.start(toewijzing, _dag(begindatum), _dag(corrigeert), waar), vraag.als_json)


@voorstel_app.command("stop")
@met_vraag
def stop_(
    toewijzing: Toewijzing,
    gemeente: VanGemeente = "",
    domein: VanWet = None,
    einddatum: Annotated[
        datetime | None, typer.Option("--einddatum", envvar="BV_EINDDATUM", formats=_DAG, help="Wanneer het eindigde.")
    ] = None,
    reden: Annotated[str, typer.Option("--reden", envvar="BV_REDEN", help="RedenBeeindiging.")] = "",
    corrigeert: Annotated[
        bool, typer.Option("--corrigeert", envvar="BV_CORRIGEERT", help="Neem de laatste stop terug, en verbeter haar.")
    ] = False,
    *,
    vraag: Vraag,
) -> None:
    """Aanbieder: het stopbericht op een toewijzing, of de verbetering van de laatste stop."""
    from ..voorstel.voorstellen import Vindplaats

    with vraag.bureau() as b:
        waar = Vindplaats(gemeente or None, domein)
        toon(b.stop(toewijzing, _dag(einddatum), reden or None, corrigeert, waar), vraag.als_json)


def toon(voorstel: "Voorstel", als_json: bool) -> None:
    """Show a proposal, and end with 1 when there is no message."""
    from ..api.voorstellen import voorstel_uit

    if als_json:
        typer.echo(voorstel_uit(voorstel).model_dump_json(indent=2))
    else:
        for regel in tekst(voorstel):
            typer.echo(regel, err=True)
        if voorstel.data is not None:
            sys.stdout.buffer.write(voorstel.data)
            sys.stdout.buffer.flush()
    if voorstel.data is None:
        raise typer.Exit(GEEN_VOORSTEL)


def tekst(voorstel: "Voorstel") -> Iterator[str]:
    """A proposal in words: a line each."""
    yield f"{voorstel.soort}: {'geen voorstel' if voorstel.data is None else 'voorstel'}"
    yield from (f"  {regel}" for regel in voorstel.uitleg)
    for vraag in voorstel.vragen:
        yield f"  Vraag ({vraag.naam}): {vraag.vraag}"
        yield from (f"    {keuze.waarde}: {keuze.omschrijving}" for keuze in vraag.keuzes)
    for b in voorstel.bevindingen:
        yield f"  {'signaal ' * (b.ernst == 'signaal')}{b.regel} {b.pad}: {b.melding} {b.advies}"


def _id(tekst: str, zoek: Callable[[str], str]) -> str:
    try:
        return str(UUID(tekst))
    except ValueError:
        return zoek(tekst)


def _dag(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _vanaf(tekst: str) -> Any:
    if not tekst or tekst == "gewenst":
        return tekst or None
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        stop(f"{tekst} is geen dag; schrijf gewenst of EEJJ-MM-DD.")


def _afwijkingen(bestand: Path | None, verzoeken: list[str]) -> dict[str, Any]:
    """By request what is assigned otherwise, from ``{"REFERENTIE": {"einddatum": …}}``."""
    from pydantic import ValidationError

    from ..api.voorstellen import Toekenning, afwijking

    inhoud = _json(bestand) if bestand else {}
    if not isinstance(inhoud, dict) or inhoud.keys() - set(verzoeken):
        stop(f"{bestand}: verwacht een object met per genoemd verzoek wat u anders toekent.")
    try:
        return {v: afwijking(Toekenning.model_validate({"verzoek": v, **anders})) for v, anders in inhoud.items()}
    except (ValidationError, TypeError):
        stop(f"{bestand}: geef product, ingangsdatum, einddatum, omvang of budget, zoals POST /voorstellen/toewijzing.")


def _contactgegevens(bestand: Path | None) -> Any:
    from pydantic import TypeAdapter, ValidationError

    from ..standaard.berichten.toewijzing import Contact

    if bestand is None:
        return ()
    try:
        return TypeAdapter(tuple[Contact, ...]).validate_python(_json(bestand))
    except ValidationError:
        stop(f"{bestand}: verwacht een lijst van Contact, met de namen van het 301.")


def _json(bestand: Path) -> Any:
    try:
        return json.loads(bestand.read_bytes())
    except OSError:
        stop(f"{bestand}: het bestand is niet te lezen; controleer de naam en de rechten.")
    except ValueError:
        stop(f"{bestand}: geen JSON.")
