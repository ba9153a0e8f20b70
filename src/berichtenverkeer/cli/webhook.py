"""Commands on the webhooks of a party, at the node where one is logged in."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from ..webhooks.soorten import SOORTEN
from .knooppunt import AlsJson, Knooppunt, toon_json
from .lijsten import moment
from .opties import met_opties
from .tabel import toon_tabel

webhook_app = typer.Typer(help="Laat een URL van u horen wat er gebeurt.", no_args_is_help=True)

PAD = "/v1/webhooks"

MISLUKT = 1
"""Exit code when a test call failed."""

Welke = Annotated[str, typer.Argument(metavar="ID", help="Van een webhook, zoals 'webhook list' het toont.")]


@webhook_app.command("add")
@met_opties
def voeg_toe(
    url: Annotated[str, typer.Argument(help="Een openbaar adres, met https://.")],
    plek: Knooppunt,
    soort: Annotated[
        list[str] | None,
        typer.Option("--soort", help=f"Wat hij wil horen, mag vaker; anders alles. Er zijn: {', '.join(SOORTEN)}."),
    ] = None,
    als_json: AlsJson = False,
) -> None:
    """Maak een webhook. Het geheim waarmee u een aanroep controleert, wordt alleen nu getoond."""
    _toon_geheim(_vraag(plek, "POST", "", {"url": url, "soorten": soort or list(SOORTEN)}), als_json)


@webhook_app.command("list")
@met_opties
def toon(plek: Knooppunt, als_json: AlsJson = False) -> None:
    """Toon uw webhooks."""
    items = _vraag(plek, "GET", "")["items"]
    if als_json:
        for item in items:
            toon_json(item)
    elif items:
        rijen = [[item["id"], item["toestand"], item["url"], ", ".join(item["soorten"])] for item in items]
        toon_tabel(("Id", "Toestand", "URL", "Soorten"), rijen)
    else:
        typer.echo("Er zijn geen webhooks.")


@webhook_app.command("pauzeer")
@met_opties
def pauzeer(id_: Welke, plek: Knooppunt) -> None:
    """Roep een webhook niet aan tot u hem hervat; wat intussen gebeurt, hoort hij daarna."""
    typer.echo(f"{id_} is {_vraag(plek, 'POST', f'/{id_}/pauzeer')['toestand']}.")


@webhook_app.command("hervat")
@met_opties
def hervat(id_: Welke, plek: Knooppunt) -> None:
    """Roep een webhook weer aan, ook als hij is uitgeschakeld."""
    typer.echo(f"{id_} is {_vraag(plek, 'POST', f'/{id_}/hervat')['toestand']}.")


@webhook_app.command("roteer")
@met_opties
def roteer(
    id_: Welke,
    plek: Knooppunt,
    overlap_uren: Annotated[
        int, typer.Option("--overlap-uren", min=0, max=168, help="Zo lang geldt het vorige geheim ook.")
    ] = 24,
    als_json: AlsJson = False,
) -> None:
    """Geef een webhook een nieuw geheim. Het wordt alleen nu getoond."""
    _toon_geheim(_vraag(plek, "POST", f"/{id_}/roteer", {"overlap_uren": overlap_uren}), als_json)


@webhook_app.command("test")
@met_opties
def test(id_: Welke, plek: Knooppunt) -> None:
    """Roep een webhook één keer aan, en zeg wat ervan kwam. Eindigt met 1 als het niet lukte."""
    uitkomst = _vraag(plek, "POST", f"/{id_}/test")
    typer.echo("De ontvanger heeft het." if uitkomst["gelukt"] else uitkomst["reden"])
    if not uitkomst["gelukt"]:
        raise typer.Exit(MISLUKT)


@webhook_app.command("mislukt")
@met_opties
def mislukt(id_: Welke, plek: Knooppunt, als_json: AlsJson = False) -> None:
    """Toon wat een webhook niet hoorde, en waarom: wat opnieuw wordt geprobeerd en wat is opgegeven."""
    items, na = [], "0"
    while (bladzijde := _vraag(plek, "GET", f"/{id_}/notificaties?limiet=1000&na={na}"))["items"]:
        items += bladzijde["items"]
        na = bladzijde["volgende"]
    if als_json:
        for item in items:
            toon_json(item)
    elif items:
        toon_tabel(("Soort", "Onderwerp", "Wanneer", "Pogingen", "Opnieuw", "Reden"), map(_mislukt, items))
    else:
        typer.echo("Er is niets mislukt.")


@webhook_app.command("opnieuw")
@met_opties
def opnieuw(id_: Welke, plek: Knooppunt) -> None:
    """Laat een webhook opnieuw horen wat mislukte."""
    aantal = _vraag(plek, "POST", f"/{id_}/notificaties/opnieuw")["aantal"]
    typer.echo(f"Het knooppunt begint opnieuw met {aantal} {'notificatie' if aantal == 1 else 'notificaties'}.")


@webhook_app.command("verwijder")
@met_opties
def verwijder(id_: Welke, plek: Knooppunt) -> None:
    """Verwijder een webhook, met wat hij nog moest horen."""
    _vraag(plek, "DELETE", f"/{id_}")
    typer.echo(f"{id_} is weg.")


def _vraag(plek: Knooppunt, methode: str, pad: str, vraag: Mapping[str, Any] | None = None) -> Any:
    """The answer to a question; None where there is nothing to answer. Raises ``Zegbaar``."""
    from ..spel.deuren.deur import json_van

    with plek.klant() as klant:
        antwoord = klant.request(methode, f"{PAD}{pad}", json=vraag)
        return None if antwoord.status_code == 204 else json_van(antwoord)


def _toon_geheim(webhook: Mapping[str, Any], als_json: bool) -> None:
    if als_json:
        toon_json(webhook)
    else:
        typer.echo(f"{webhook['id']}\n{webhook['geheim']}")


def _mislukt(item: Mapping[str, Any]) -> list[str]:
    dan = moment(item["volgende_op"]) if item["volgende_op"] else "opgegeven"
    return [item["soort"], item["onderwerp"], moment(item["moment"]), str(item["pogingen"]), dan, item["reden"]]
