"""Commands on what is to be done, and on what happened."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..zegbaar import Zegbaar
from .knooppunt import AlsJson, Knooppunt, toon_json
from .lijsten import dag, moment, woord
from .opties import met_opties
from .tabel import toon_tabel

if TYPE_CHECKING:
    import httpx


@met_opties
def werklijst(
    plek: Knooppunt,
    naam: Annotated[
        str | None,
        typer.Argument(help="Welke lijst, of 'alles' voor alles op datum; anders een overzicht.", show_default=False),
    ] = None,
    tot_en_met: Annotated[
        datetime | None,
        typer.Option(
            "--tot-en-met", formats=["%Y-%m-%d"], help="Bij alles: alleen wat uiterlijk op deze dag moet gebeuren."
        ),
    ] = None,
    wie: Annotated[
        str | None, typer.Option("--wie", metavar="ik|ander", help="Alleen wat u moet doen, of de ander.")
    ] = None,
    weken: Annotated[
        int | None, typer.Option("--weken", min=0, max=52, help="toewijzing-loopt-af: hoeveel weken vooruit.")
    ] = None,
    als_json: AlsJson = False,
) -> None:
    """Toon wat er te doen is: alle werklijsten met hun aantallen, of één lijst met haar regels."""
    if tot_en_met is not None and naam != _ALLES:
        raise Zegbaar("--tot-en-met is er voor 'werklijst alles': daar staat alles op datum.")
    from ..spel.deuren.deur import json_van
    from ..spel.deuren.lijst import lees_bladzijden

    vraag = {"wie": wie, "weken": weken, "totEnMet": f"{tot_en_met:%Y-%m-%d}" if tot_en_met else None}
    gevraagd = {sleutel: str(waarde) for sleutel, waarde in vraag.items() if waarde is not None}
    with plek.klant() as klant:
        if naam is None:
            items = json_van(klant.get("/v1/werklijsten", params=gevraagd))["items"]
        else:
            items = [
                item for deel in lees_bladzijden(klant, f"/v1/werklijsten/{naam}", gevraagd, "na") for item in deel
            ]
    if als_json:
        for item in items:
            toon_json(item)
    elif naam is None:
        rijen = [
            (i["naam"], str(i["aantal"]), str(i["te_laat"] or ""), i["omschrijving"]) for i in items if i["aantal"]
        ]
        if rijen:
            toon_tabel(("Lijst", "Aantal", "Te laat", "Wat erop staat"), rijen)
        typer.echo(f"Er staat niets op: {', '.join(i['naam'] for i in items if not i['aantal'])}.")
    elif items:
        kolommen = {kop: cel for kop, cel in _KOLOMMEN.items() if kop not in _VAN_ALLES or naam == _ALLES}
        toon_tabel(tuple(kolommen), ([cel(item) for cel in kolommen.values()] for item in items))
    else:
        typer.echo("Er is niets te doen.")


_ALLES = "alles"
"""The name of all lists together."""

_KOLOMMEN: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "Uiterlijk": lambda item: f"{dag(item['uiterlijk'])}{' te laat' * item['te_laat']}",
    "Lijst": lambda item: item["lijst"],
    "Wie": lambda item: f"{item['wie']['rol']} {item['wie']['code']}",
    "Regel": lambda item: item["regel"],
    "Gemeente": lambda item: item["gemeente"] or "",
    "Aanbieder": lambda item: item["aanbieder"],
    "Bsn": lambda item: item["bsn"] or "",
    "Cliënt": lambda item: item["naam"] or "",
    "Toewijzing": lambda item: str(item["toewijzingnummer"] or ""),
    "Waarom": lambda item: item["waarom"],
}
_VAN_ALLES = ("Lijst", "Cliënt")
"""The columns that only all lists together have."""


@met_opties
def tijdlijn(
    toewijzing: Annotated[str, typer.Argument(help="ToewijzingNummer, of id zoals 'toewijzingen' het toont.")],
    plek: Knooppunt,
    gemeente: Annotated[
        str | None, typer.Option("--gemeente", help="CBS-code, als meer gemeenten dit nummer hebben.")
    ] = None,
    als_json: AlsJson = False,
) -> None:
    """Toon alles wat er met een toewijzing gebeurde: het bericht, de regels, en wat er veranderde."""
    from ..spel.deuren.deur import json_van

    with plek.klant() as klant:
        id_ = _id(klant, toewijzing, gemeente) if toewijzing.isdecimal() else toewijzing
        items = json_van(klant.get(f"/v1/toewijzingen/{id_}/tijdlijn"))["items"]
    if als_json:
        for item in items:
            toon_json(item)
    else:
        for item in items:
            for regel in _punt(item):
                typer.echo(regel)


def _id(klant: "httpx.Client", nummer: str, gemeente: str | None) -> str:
    """The id of the one toewijzing with this number. Raises ``Zegbaar``."""
    from ..spel.deuren.lijst import zoek_bladzijden

    filters = {"toewijzingnummer": nummer} | ({"gemeente": gemeente} if gemeente else {})
    gevonden = [item for items in zoek_bladzijden(klant, "/v1/toewijzingen", filters) for item in items]
    if not gevonden:
        raise Zegbaar(f"Toewijzing {nummer} is niet gevonden; u ziet alleen wat van u is.")
    if len(gevonden) > 1:
        keuzes = (f"  {item['gemeente']}, {item['domein']}: {item['id']}" for item in gevonden)
        raise Zegbaar("\n".join([f"Er zijn meer toewijzingen {nummer}; geef het id van een ervan:", *keuzes]))
    return str(gevonden[0]["id"])


def _punt(item: Mapping[str, Any]) -> Iterator[str]:
    bericht = item["bericht"]
    soort = f"{bericht['berichtsoort']} {bericht['identificatie']}" if bericht else ""
    van, naar = woord(item["van"]), woord(item["naar"])
    stap = naar if van == naar else f"{van} → {naar}"
    yield "  ".join(filter(None, (moment(item["moment"]), item["gebeurtenis"], stap, soort, ", ".join(item["regels"]))))
    if item["toelichting"]:
        yield f"    {item['toelichting']}"
    for naam, (oud, nieuw) in item["wijzigingen"].items():
        yield f"    {naam}: {_waarde(oud)} → {_waarde(nieuw)}"
    if item["commentaar"]:
        yield f"    Commentaar: {item['commentaar']}"
    for signaal in item["signalen"]:
        yield f"    signaal {signaal['regel']}: {signaal['melding']} {signaal['advies']}"


def _waarde(waarde: Any) -> str:
    if isinstance(waarde, dict):
        return " ".join(f"{naam} {_waarde(deel)}" for naam, deel in waarde.items() if deel is not None)
    return "niets" if waarde is None else str(waarde)
