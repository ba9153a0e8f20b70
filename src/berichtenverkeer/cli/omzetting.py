"""Commands for the product conversions of a hoofdaannemer, at the node where one is logged in."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ..zegbaar import Zegbaar
from .bestanden import schrijf_prive
from .knooppunt import LANG, AlsJson, Knooppunt, toon_json
from .lijsten import dag, woord
from .opties import met_opties
from .tabel import toon_lijst

omzetting_app = typer.Typer(
    help="Productconversies: wat gemeenten beëindigden en begonnen, inzetten overzetten, stops en starts versturen.",
    no_args_is_help=True,
)

PAD = "/v1/hoofdaannemer/omzettingen"
NIET_ALLES = 1
"""Exit code when something could not be carried over, or could not be sent."""

_CSV = "text/csv"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Per = Annotated[
    datetime, typer.Option("--per", formats=["%Y-%m-%d"], help="De eerste dag van de nieuwe toewijzingen, EEJJ-MM-DD.")
]
PerLeeg = Annotated[
    datetime | None, typer.Option("--per", formats=["%Y-%m-%d"], help="De eerste dag van de nieuwe toewijzingen.")
]
Gemeente = Annotated[str | None, typer.Option("--gemeente", help="CBS-code.")]
Segment = Annotated[str | None, typer.Option("--segment", help="Het segment van de oude toewijzing.")]


@omzetting_app.command("list")
@met_opties
def lijst(
    plek: Knooppunt,
    per: PerLeeg = None,
    gemeente: Gemeente = None,
    segment: Segment = None,
    uit: Annotated[
        Path | None, typer.Option("--uit", help="Schrijf de lijst in dit bestand; .xlsx wordt een werkmap, anders CSV.")
    ] = None,
    als_json: AlsJson = False,
) -> None:
    """Toon wat gemeenten beëindigden, wat ervoor in de plaats kwam, en hoe ver u bent."""
    from ..spel.deuren.deur import json_van

    vraag = _vraag(per, gemeente, segment)
    with plek.klant(LANG) as klant:
        if uit is not None:
            soort = _XLSX if uit.suffix.lower() == ".xlsx" else _CSV
            antwoord = klant.get(PAD, params=vraag, headers={"Accept": soort})
            if antwoord.is_error:
                json_van(antwoord)
            schrijf_prive(uit, antwoord.content)
            return
        items = json_van(klant.get(PAD, params=vraag))["items"]
    koppen = ("Per", "Gemeente", "Oud", "Code", "Nieuw", "Code", "Tot", "Partner", "Stand")
    toon_lijst(items, koppen, _omzetting, als_json)


@omzetting_app.command("zet-over")
@met_opties
def zet_over(
    plek: Knooppunt,
    per: Per,
    gemeente: Gemeente = None,
    segment: Segment = None,
    klassen: Annotated[
        list[str] | None,
        typer.Option("--klasse", metavar="OUD=NIEUW", help="Hoe een klasse in het nieuwe segment heet; mag vaker."),
    ] = None,
    proef: Annotated[bool, typer.Option("--proef", help="Zeg alleen wat er zou gebeuren.")] = False,
    als_json: AlsJson = False,
) -> None:
    """Zet inzetten over naar de nieuwe toewijzingen: zelfde partner, zelfde tot; wat niet kan, wordt gezegd.

    Eindigt met 0 als alles over is (of zou gaan), met 1 als er iets niet kan.
    """
    from ..spel.deuren.deur import json_van

    vertaald = [_klasse(tekst) for tekst in klassen or ()]
    vraag = _vraag(per, gemeente, segment) | {"klassen": vertaald}
    with plek.klant(LANG) as klant:
        uit = json_van(klant.post(f"{PAD}/overzetten", json=vraag, params={"proef": str(proef).lower()}))
    if als_json:
        toon_json(uit)
    else:
        hoe = "Over te zetten" if proef else "Overgezet"
        typer.echo(f"{hoe}: {uit['overgezet']}; eerder al: {uit['eerder_overgezet']}; kan niet: {uit['kan_niet']}.")
        for item in uit["items"]:
            _zeg(item)
    if uit["kan_niet"]:
        raise typer.Exit(NIET_ALLES)


@omzetting_app.command("berichten")
@met_opties
def berichten(
    plek: Knooppunt,
    per: PerLeeg = None,
    gemeente: Gemeente = None,
    segment: Segment = None,
    als_json: AlsJson = False,
) -> None:
    """Toon de stops en starts die nog te versturen zijn, en wat de regels ervan zeggen."""
    from ..spel.deuren.deur import json_van

    with plek.klant(LANG) as klant:
        items = json_van(klant.get(f"{PAD}/berichten", params=_vraag(per, gemeente, segment)))["items"]
    toon_lijst(items, ("Bericht", "Gemeente", "Toewijzing", "Dag", "Klaar", "Uitleg"), _bericht, als_json)


@omzetting_app.command("verstuur")
@met_opties
def verstuur(
    plek: Knooppunt, per: Per, gemeente: Gemeente = None, segment: Segment = None, als_json: AlsJson = False
) -> None:
    """Verstuur alle stops en starts die klaar zijn; wat al verstuurd is, gaat niet nog eens.

    Eindigt met 0 als alles verstuurd en goedgekeurd is, met 1 als dat van iets niet zo is.
    """
    from ..spel.deuren.deur import json_van

    with plek.klant(LANG) as klant:
        uit = json_van(klant.post(f"{PAD}/versturen", json=_vraag(per, gemeente, segment)))
    anders = [item for item in uit["items"] if item["oordeel"] not in ("goedgekeurd", "voorlopig")]
    if als_json:
        toon_json(uit)
    else:
        typer.echo(f"Verstuurd: {uit['verstuurd']}; niet verstuurd: {uit['niet_verstuurd']}.")
        for item in anders:
            kop = f"  {item['berichtsoort']} op {item['gemeente']} {item['toewijzingnummer']}"
            typer.echo(f"{kop}: {item['oordeel'] or 'niet verstuurd'}. {_waarom(item)}".rstrip())
    if anders:
        raise typer.Exit(NIET_ALLES)


def _vraag(per: datetime | None, gemeente: str | None, segment: str | None) -> dict[str, Any]:
    vraag = {"per": f"{per:%Y-%m-%d}" if per else None, "gemeente": gemeente, "segment": segment}
    return {naam: waarde for naam, waarde in vraag.items() if waarde is not None}


def _klasse(tekst: str) -> dict[str, str]:
    oud, teken, nieuw = tekst.partition("=")
    if not (oud and teken and nieuw):
        raise Zegbaar(f"--klasse: {tekst!r} is niet OUD=NIEUW, zoals 1=licht.")
    return {"oud": oud, "nieuw": nieuw}


def _omzetting(item: Mapping[str, Any]) -> tuple[str, ...]:
    oud, nieuw = item["oud"], item["nieuw"]
    partners = ", ".join(dict.fromkeys(een["partner"] for een in item["inzetten"]))
    anders = (
        (str(nieuw["toewijzingnummer"]), nieuw["product"]["code"] or "", dag(nieuw["einddatum"]))
        if nieuw
        else ("", "", "")
    )
    return (
        dag(item["per"]), item["gemeente"], str(oud["toewijzingnummer"]), oud["product"]["code"] or "", *anders, partners,
        woord(item["stand"]),
    )  # fmt: skip


def _zeg(item: Mapping[str, Any]) -> None:
    kop = f"  {item['gemeente']} {item['toewijzingnummer']}, {item['partner']}"
    for bezwaar in item["bezwaren"]:
        typer.echo(f"{kop}: {bezwaar['melding']} {bezwaar['advies']}".rstrip())
    for let_op in item["let_op"]:
        typer.echo(f"{kop}: let op: {let_op}")


def _bericht(item: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        item["berichtsoort"], item["gemeente"], str(item["toewijzingnummer"]), dag(item["datum"]), "ja" if item["klaar"] else "nee",
        _waarom(item),
    )  # fmt: skip


def _waarom(item: Mapping[str, Any]) -> str:
    meldingen = (f"{een['regel']}: {een['melding']}" for een in item["bevindingen"])
    return " ".join((*item["uitleg"], *item["vragen"], *meldingen))
