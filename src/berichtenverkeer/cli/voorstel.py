"""Proposals on the command line: the message goes to standard output, or with ``--stuur`` to the node; the explanation to standard
error."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..standaard.domein import Domein
from ..voorstel.opstellen.aanvraag import Persoon
from ..voorstel.verzoekvragen import AanvraagVraag, NieuweClientVraag, Productvraag, WijzigingVraag
from ..voorstel.vragen import (
    Honorering,
    PrestatieVraag,
    StartVraag,
    StopVraag,
    ToewijzingVraag,
    VerzoekAntwoordVraag,
)
from ..zegbaar import Zegbaar
from .bestanden import lees_json
from .knooppunt import Knooppunt
from .opties import Opties, met_opties
from .post import NIET_ALLES_GOED, bied_alles_aan

if TYPE_CHECKING:
    from pydantic import BaseModel

voorstel_app = typer.Typer(
    help="Stel het bericht voor dat op een ander volgt. Er wordt niets bewaard; verstuurd wordt het alleen met --stuur.",
    no_args_is_help=True,
)

AlsJson = Annotated[bool, typer.Option("--json", help="Alles als JSON, zoals POST /v1/voorstellen.")]
Stuur = Annotated[bool, typer.Option("--stuur", help="Bied het bericht meteen aan, als het er is.")]

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
_WIE = ("bsn", *(veld.name for veld in fields(Persoon)))
_NIEUW = Opties(_WIE)
_PRESTATIE = Opties(("declaratie", "referentienummer"), namen={"geleverd_volume": "volume"})


@voorstel_app.command("toewijzing")
@met_opties
def toewijzing(
    verzoeken: Annotated[list[str], typer.Argument(help="ReferentieAanbieder of id van ieder verzoek.")],
    keuzes: Annotated[Honorering, _HONORERING],
    plek: Knooppunt,
    stuur: Stuur = False,
    anders: Annotated[
        Path | None, typer.Option("--anders", help="JSON: per verzoek wat u anders toekent (alleen VOT).")
    ] = None,
    als_json: AlsJson = False,
) -> None:
    """Gemeente: het toewijzingsbericht dat één VOW of producten van een VOT honoreert."""
    per_verzoek = _per_verzoek(anders, verzoeken)
    toekenningen = [{"verzoek": verzoek} | per_verzoek.get(verzoek, {}) for verzoek in verzoeken]
    vraag = _HONORERING.maak(ToewijzingVraag, verzoeken=toekenningen, **dict(keuzes))
    _stel_voor("toewijzing", vraag, plek, stuur, als_json)


@voorstel_app.command("antwoord")
@met_opties
def antwoord(
    vraag: Annotated[VerzoekAntwoordVraag, _ANTWOORD], plek: Knooppunt, stuur: Stuur = False, als_json: AlsJson = False
) -> None:
    """Gemeente: het antwoordbericht dat een verzoek afwijst, of meldt dat het in onderzoek is."""
    _stel_voor("antwoord", vraag, plek, stuur, als_json)


@voorstel_app.command("start")
@met_opties
def start(
    vraag: Annotated[StartVraag, _OP_TOEWIJZING], plek: Knooppunt, stuur: Stuur = False, als_json: AlsJson = False
) -> None:
    """Aanbieder: het startbericht op een toewijzing, of de verbetering van een start."""
    _stel_voor("start", vraag, plek, stuur, als_json)


@voorstel_app.command("stop")
@met_opties
def stop(
    vraag: Annotated[StopVraag, _OP_TOEWIJZING], plek: Knooppunt, stuur: Stuur = False, als_json: AlsJson = False
) -> None:
    """Aanbieder: het stopbericht op een toewijzing, of de verbetering van de laatste stop."""
    _stel_voor("stop", vraag, plek, stuur, als_json)


@voorstel_app.command("verzoek-wijziging")
@met_opties
def verzoek_wijziging(
    vraag: Annotated[WijzigingVraag, _OP_TOEWIJZING], plek: Knooppunt, stuur: Stuur = False, als_json: AlsJson = False
) -> None:
    """Aanbieder: het verzoek om wijziging (317) op een toewijzing; noem wat er anders moet."""
    _stel_voor("verzoek-wijziging", vraag, plek, stuur, als_json)


@voorstel_app.command("verzoek-toewijzing")
@met_opties
def verzoek_toewijzing(
    vraag: Annotated[AanvraagVraag, _OP_TOEWIJZING], plek: Knooppunt, stuur: Stuur = False, als_json: AlsJson = False
) -> None:
    """Aanbieder: het verzoek om toewijzing (315) van een product, voor de cliënt van een toewijzing."""
    _stel_voor("verzoek-toewijzing", vraag, plek, stuur, als_json)


@voorstel_app.command("verzoek-nieuwe-client")
@met_opties
def verzoek_nieuwe_client(
    client: Annotated[
        Path,
        typer.Argument(
            help="JSON: bsn, geslachtsnaam, voorvoegsel, voornamen, voorletters, geboortedatum, geslacht; - is standaardinvoer.",
        ),
    ],
    domein: Annotated[Domein, typer.Option("--domein", help="De wet.")],
    gemeente: Annotated[str, typer.Option("--gemeente", help="CBS-code van de gemeente waar u het vraagt.")],
    product: Productvraag,
    plek: Knooppunt,
    stuur: Stuur = False,
    als_json: AlsJson = False,
) -> None:
    """Aanbieder: het verzoek om toewijzing (315) voor een cliënt van wie u nog geen toewijzing hebt.

    Wie de cliënt is, staat in een bestand: wat bij een opdracht wordt getypt, kunnen anderen op de machine zien.
    """
    gezegd = product.model_dump(exclude_unset=True) | {"domein": domein, "gemeente": gemeente}
    vraag = _NIEUW.maak(NieuweClientVraag, **gezegd, **_wie(client))
    _stel_voor("verzoek-nieuwe-client", vraag, plek, stuur, als_json)


@voorstel_app.command("prestatie")
@met_opties
def prestatie(
    vraag: Annotated[PrestatieVraag, _PRESTATIE], plek: Knooppunt, stuur: Stuur = False, als_json: AlsJson = False
) -> None:
    """Aanbieder: dien een afgewezen prestatie verbeterd in, of crediteer een toegekende."""
    _stel_voor("prestatie", vraag, plek, stuur, als_json)


def _stel_voor(wat: str, vraag: "BaseModel", plek: Knooppunt, stuur: bool, als_json: bool) -> None:
    """Ask for a proposal, show it, and end with 1 when there is no message, or when what was sent is refused."""
    from ..spel.deuren.deur import json_van

    with plek.klant() as klant:
        voorstel = json_van(
            klant.post(f"/v1/voorstellen/{wat}", json=vraag.model_dump(mode="json", exclude_unset=True))
        )
        xml = voorstel["xml"]
        if als_json:
            typer.echo(json.dumps(voorstel, ensure_ascii=False, indent=2))
        else:
            for regel in tekst(voorstel):
                typer.echo(regel, err=True)
        if xml is None:
            raise typer.Exit(GEEN_VOORSTEL)
        if stuur:
            if not bied_alles_aan([(voorstel["berichtsoort"], xml.encode())], klant, als_json=als_json):
                raise typer.Exit(NIET_ALLES_GOED)
        elif not als_json:
            sys.stdout.buffer.write(xml.encode())
            sys.stdout.buffer.flush()


def tekst(voorstel: Mapping[str, Any]) -> Iterator[str]:
    """A proposal in words: a line each."""
    yield f"{voorstel['berichtsoort']}: {'geen voorstel' if voorstel['xml'] is None else 'voorstel'}"
    yield from (f"  {regel}" for regel in voorstel["uitleg"])
    for vraag in voorstel["vragen"]:
        yield f"  Vraag ({vraag['naam']}): {vraag['vraag']}"
        yield from (f"    {keuze['waarde']}: {keuze['omschrijving']}" for keuze in vraag["keuzes"])
    for b in voorstel["bevindingen"]:
        yield f"  {'signaal ' * (b['ernst'] == 'signaal')}{b['regel']} {b['pad']}: {b['melding']} {b['advies']}"


def _wie(bestand: Path) -> dict[str, Any]:
    """Who a client is, as a file says."""
    inhoud = lees_json(bestand)
    if not isinstance(inhoud, dict) or inhoud.keys() - set(_WIE):
        raise Zegbaar(f"{bestand}: verwacht een object met {', '.join(_WIE)}, of enkele daarvan.")
    return inhoud


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
