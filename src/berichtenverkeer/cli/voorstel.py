"""Proposals on the command line: the message goes to standard output, the explanation to standard error."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..voorstel.vragen import AntwoordVraag, Honorering, PrestatieVraag, StartVraag, StopVraag, ToewijzingVraag
from ..zegbaar import Zegbaar
from .bestanden import lees_json
from .opties import Opties, met_opties
from .vraag import Aanbieder, AlsJson, Partij, Plek

if TYPE_CHECKING:
    from ..voorstel.opstellen.voorstel import Voorstel

voorstel_app = typer.Typer(
    help="Stel het bericht voor dat op een ander volgt; er wordt niets bewaard of verstuurd.", no_args_is_help=True
)

GEEN_VOORSTEL = 1
"""Exit code when there is no message: a question is open, or something stands in its way."""


def _inhoud(bestand: Path | None) -> Any:
    return None if bestand is None else lees_json(bestand)


def _antwoord(onderzoek: bool) -> str:
    return "onderzoek" if onderzoek else "afwijzen"


_HONORERING = Opties(
    namen={"nummers": "nummer", "verzoeken": "anders"},
    eigen={
        "contactgegevens": Annotated[
            Path | None,
            typer.Option("--contactgegevens", callback=_inhoud, help="JSON: Contactgegevens van de cliënt."),
        ]
    },
)
_ANTWOORD = Opties(
    ("verzoek",),
    eigen={
        "antwoord": Annotated[
            bool,
            typer.Option("--onderzoek", callback=_antwoord, help="Meld dat het in onderzoek is; anders: wijs af."),
        ]
    },
)
_OP_TOEWIJZING = Opties(("toewijzing",))
_PRESTATIE = Opties(("declaratie", "referentienummer"), namen={"geleverd_volume": "volume"})


@voorstel_app.command("toewijzing")
@met_opties
def toewijzing(
    verzoeken: Annotated[list[str], typer.Argument(help="ReferentieAanbieder of id van ieder verzoek.")],
    keuzes: Annotated[Honorering, _HONORERING],
    partij: Partij,
    plek: Plek,
    anders: Annotated[
        Path | None, typer.Option("--anders", help="JSON: per verzoek wat u anders toekent (alleen VOT).")
    ] = None,
    als_json: AlsJson = False,
) -> None:
    """Gemeente: het toewijzingsbericht dat één VOW of producten van een VOT honoreert."""
    per_verzoek = _per_verzoek(anders, verzoeken)
    toekenningen = [{"verzoek": verzoek} | per_verzoek.get(verzoek, {}) for verzoek in verzoeken]
    vraag = _HONORERING.maak(ToewijzingVraag, verzoeken=toekenningen, **dict(keuzes))
    toon(plek.voorstel(partij, vraag), als_json)


@voorstel_app.command("antwoord")
@met_opties
def antwoord(vraag: Annotated[AntwoordVraag, _ANTWOORD], partij: Partij, plek: Plek, als_json: AlsJson = False) -> None:
    """Gemeente: het antwoordbericht dat een verzoek afwijst, of meldt dat het in onderzoek is."""
    toon(plek.voorstel(partij, vraag), als_json)


@voorstel_app.command("start")
@met_opties
def start(vraag: Annotated[StartVraag, _OP_TOEWIJZING], partij: Partij, plek: Plek, als_json: AlsJson = False) -> None:
    """Aanbieder: het startbericht op een toewijzing, of de verbetering van een start."""
    toon(plek.voorstel(partij, vraag), als_json)


@voorstel_app.command("stop")
@met_opties
def stop(vraag: Annotated[StopVraag, _OP_TOEWIJZING], partij: Partij, plek: Plek, als_json: AlsJson = False) -> None:
    """Aanbieder: het stopbericht op een toewijzing, of de verbetering van de laatste stop."""
    toon(plek.voorstel(partij, vraag), als_json)


@voorstel_app.command("prestatie")
@met_opties
def prestatie(
    vraag: Annotated[PrestatieVraag, _PRESTATIE], aanbieder: Aanbieder, plek: Plek, als_json: AlsJson = False
) -> None:
    """Aanbieder: dien een afgewezen prestatie verbeterd in, of crediteer een toegekende."""
    toon(plek.voorstel(aanbieder, vraag), als_json)


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


def _per_verzoek(bestand: Path | None, verzoeken: list[str]) -> Mapping[str, dict[str, Any]]:
    """By request what is assigned otherwise, from ``{"REFERENTIE": {"einddatum": …}}``."""
    inhoud = {} if bestand is None else lees_json(bestand)
    if (
        not isinstance(inhoud, dict)
        or inhoud.keys() - set(verzoeken)
        or not all(isinstance(anders, dict) for anders in inhoud.values())
    ):
        raise Zegbaar(f"{bestand}: verwacht een object met per genoemd verzoek wat u anders toekent.")
    return inhoud
