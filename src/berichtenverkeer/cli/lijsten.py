"""The lists of a node, one command each: what may be asked, and what of an item stands in the table."""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated, Any, NamedTuple

import typer

from ..levensloop.overgangen import (
    Declaratietoestand,
    Leveringstoestand,
    Toewijzingtoestand,
    Verzoeksoort,
    Verzoektoestand,
)
from ..levensloop.rekenen.tekst import euro
from ..standaard.domein import Domein
from .knooppunt import AlsJson, Knooppunt, toon_json
from .melden import stop
from .opties import met_opties
from .tabel import toon_tabel

Item = Mapping[str, Any]


class Lijst(NamedTuple):
    """Where a list is, and its columns: the head of each, and what stands in it."""

    pad: str
    kolommen: Mapping[str, Callable[[Item], str]]


Wet = Annotated[Domein | None, typer.Option("--domein", help="De wet.")]
Gemeente = Annotated[str | None, typer.Option("--gemeente", help="CBS-code van de gemeente.")]
Aanbieder = Annotated[str | None, typer.Option("--aanbieder", help="AGB-code van de aanbieder.")]
Client = Annotated[
    bool,
    typer.Option("--client", help="Alleen van één cliënt: zijn Bsn wordt gevraagd, of van de standaardinvoer gelezen."),
]


@dataclass(frozen=True, slots=True)
class Toewijzingenvraag:
    """Which toewijzingen."""

    domein: Wet = None
    gemeente: Gemeente = None
    aanbieder: Aanbieder = None
    toewijzingnummer: Annotated[int | None, typer.Option("--toewijzingnummer", min=0)] = None
    product: Annotated[str | None, typer.Option("--product", help="Een productcategorie of productcode.")] = None
    toestand: Annotated[Toewijzingtoestand | None, typer.Option("--toestand")] = None
    levering: Annotated[Leveringstoestand | None, typer.Option("--levering")] = None
    geldig_op: Annotated[
        datetime | None, typer.Option("--geldig-op", formats=["%Y-%m-%d"], help="Die op deze dag lopen.")
    ] = None
    bsn: Client = False


@dataclass(frozen=True, slots=True)
class Verzoekenvraag:
    """Which requests."""

    domein: Wet = None
    gemeente: Gemeente = None
    aanbieder: Aanbieder = None
    soort: Annotated[Verzoeksoort | None, typer.Option("--soort", help="Om toewijzing (VOT) of wijziging (VOW).")] = (
        None
    )
    referentie: Annotated[str | None, typer.Option("--referentie", help="De ReferentieAanbieder.")] = None
    toestand: Annotated[Verzoektoestand | None, typer.Option("--toestand")] = None
    bsn: Client = False


@dataclass(frozen=True, slots=True)
class Declaratiesvraag:
    """Which declaraties."""

    domein: Wet = None
    gemeente: Gemeente = None
    aanbieder: Aanbieder = None
    declaratienummer: Annotated[str | None, typer.Option("--declaratienummer")] = None
    maand: Annotated[
        str | None, typer.Option("--maand", metavar="JJJJ-MM", help="De DeclaratiePeriode, zoals 2026-03.")
    ] = None
    toestand: Annotated[Declaratietoestand | None, typer.Option("--toestand")] = None
    bsn: Client = False


@dataclass(frozen=True, slots=True)
class Berichtenvraag:
    """Which messages."""

    domein: Wet = None
    berichtsoort: Annotated[
        str | None, typer.Option("--berichtsoort", help="Van één wet (WMO305) of van beide (305).")
    ] = None
    richting: Annotated[
        str | None, typer.Option("--richting", metavar="verzonden|ontvangen", help="Wat u stuurde of wat u kreeg.")
    ] = None
    oordeel: Annotated[
        str | None,
        typer.Option("--oordeel", help="goedgekeurd, afgekeurd, deels_goedgekeurd, voorlopig, in_verwerking."),
    ] = None
    tegenpartij: Annotated[str | None, typer.Option("--tegenpartij", help="CBS- of AGB-code.")] = None
    ontvangen_van: Annotated[
        datetime | None, typer.Option("--ontvangen-van", formats=["%Y-%m-%d"], help="Eerste dag waarop het binnenkwam.")
    ] = None
    ontvangen_tot: Annotated[
        datetime | None,
        typer.Option("--ontvangen-tot", formats=["%Y-%m-%d"], help="Laatste dag waarop het binnenkwam."),
    ] = None
    bsn: Client = False


@met_opties
def toewijzingen(vraag: Toewijzingenvraag, plek: Knooppunt, als_json: AlsJson = False) -> None:
    """Toon uw toewijzingen, in volgorde van hun laatste wijziging."""
    _toon(LIJSTEN["toewijzingen"], vraag, plek, als_json)


@met_opties
def verzoeken(vraag: Verzoekenvraag, plek: Knooppunt, als_json: AlsJson = False) -> None:
    """Toon uw verzoeken om toewijzing (VOT) en om wijziging (VOW), met de uiterste dag van het antwoord."""
    _toon(LIJSTEN["verzoeken"], vraag, plek, als_json)


@met_opties
def declaraties(vraag: Declaratiesvraag, plek: Knooppunt, als_json: AlsJson = False) -> None:
    """Toon uw declaraties: wat is ingediend, en wat is toegekend."""
    _toon(LIJSTEN["declaraties"], vraag, plek, als_json)


@met_opties
def berichten(vraag: Berichtenvraag, plek: Knooppunt, als_json: AlsJson = False) -> None:
    """Toon wat u stuurde en kreeg, met het oordeel, hoe ver het is, en wat waarop antwoordt."""
    _toon(LIJSTEN["berichten"], vraag, plek, als_json)


def moment(tekst: str) -> str:
    """A moment in Dutch time, as people write it."""
    from ..spel.deuren.deur import nederlands

    return f"{nederlands(tekst):%d-%m-%Y %H:%M}"


def woord(waarde: str | None) -> str:
    """A state as a word; empty for none."""
    return (waarde or "").replace("_", " ")


def dag(tekst: str | None) -> str:
    """A day as people write it; empty for none."""
    return "-".join(reversed(tekst.split("-"))) if tekst else ""


def vraag_bsn() -> str:
    """A Bsn: never an argument or a setting, for those are seen by others and kept."""
    bsn = typer.prompt("Bsn", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not re.fullmatch(r"[0-9]{9}", bsn.strip()):
        stop("Een Bsn heeft negen cijfers; typ het als ernaar wordt gevraagd, of geef het op de standaardinvoer.")
    return str(bsn.strip())


def _product(item: Item) -> str:
    product = item["product"]
    return f"{product['categorie'] or ''} {product['code'] or ''}".strip()


def _verwijzingen(item: Item) -> str:
    heen = [f"op {item['antwoord_op']['berichtsoort']}"] if item["antwoord_op"] else []
    return ", ".join([*heen, *(antwoord["berichtsoort"] for antwoord in item["antwoorden"])])


LIJSTEN: Mapping[str, Lijst] = {
    "toewijzingen": Lijst(
        "/v1/toewijzingen",
        {
            "Nummer": lambda item: str(item["toewijzingnummer"]),
            "Wet": lambda item: item["domein"],
            "Gemeente": lambda item: item["gemeente"],
            "Aanbieder": lambda item: item["aanbieder"],
            "Bsn": lambda item: item["bsn"],
            "Product": _product,
            "Vanaf": lambda item: dag(item["ingangsdatum"]),
            "Tot en met": lambda item: dag(item["einddatum"]),
            "Toestand": lambda item: woord(item["toestand"]),
            "Levering": lambda item: woord(item["levering"]),
            "Verzoek": lambda item: woord(item["verzoek"]),
            "Id": lambda item: item["id"],
        },
    ),
    "verzoeken": Lijst(
        "/v1/verzoeken",
        {
            "Referentie": lambda item: item["referentie"],
            "Soort": lambda item: item["soort"],
            "Wet": lambda item: item["domein"],
            "Gemeente": lambda item: item["gemeente"],
            "Aanbieder": lambda item: item["aanbieder"],
            "Bsn": lambda item: item["bsn"],
            "Toestand": lambda item: woord(item["toestand"]),
            "Ingediend": lambda item: moment(item["ingediend_op"]),
            "Antwoord voor": lambda item: dag(item["antwoord_voor"]),
            "Toewijzingen": lambda item: ", ".join(map(str, item["toewijzingnummers"])),
            "Id": lambda item: item["id"],
        },
    ),
    "declaraties": Lijst(
        "/v1/declaraties",
        {
            "Nummer": lambda item: item["declaratienummer"],
            "Wet": lambda item: item["domein"],
            "Gemeente": lambda item: item["gemeente"],
            "Aanbieder": lambda item: item["aanbieder"],
            "Maand": lambda item: item["periode"]["begin"][:7],
            "Toestand": lambda item: woord(item["toestand"]),
            "Ingediend": lambda item: euro(item["ingediend"]),
            "Toegekend": lambda item: "" if item["toegekend"] is None else euro(item["toegekend"]),
            "Id": lambda item: item["id"],
        },
    ),
    "berichten": Lijst(
        "/v1/berichten",
        {
            "Ontvangen": lambda item: moment(item["ontvangen_op"]),
            "Bericht": lambda item: item["berichtsoort"],
            "Identificatie": lambda item: item["identificatie"],
            "Richting": lambda item: item["richting"],
            "Tegenpartij": lambda item: item["tegenpartij"],
            "Oordeel": lambda item: woord(item["oordeel"]),
            "Status": lambda item: item["status"],
            "Codes": lambda item: ", ".join(item["retourcodes"]),
            "Antwoord": _verwijzingen,
            "Id": lambda item: item["id"],
        },
    ),
}
"""Every list by its command."""


def _toon(lijst: Lijst, vraag: Any, plek: Knooppunt, als_json: bool) -> None:
    from ..spel.deuren.lijst import zoek_bladzijden

    gevraagd = {veld.name: getattr(vraag, veld.name) for veld in fields(vraag)}
    filters = {naam: _tekst(waarde) for naam, waarde in gevraagd.items() if waarde not in (None, False)}
    if "bsn" in filters:
        filters["bsn"] = vraag_bsn()
    with plek.klant() as klant:
        bladzijden = zoek_bladzijden(klant, lijst.pad, filters)
        if als_json:
            for items in bladzijden:
                for item in items:
                    toon_json(item)
            return
        rijen = [[kolom(item) for kolom in lijst.kolommen.values()] for items in bladzijden for item in items]
    if rijen:
        toon_tabel(tuple(lijst.kolommen), rijen)
    else:
        typer.echo("Er is niets.")


def _tekst(waarde: object) -> str:
    return f"{waarde:%Y-%m-%d}" if isinstance(waarde, datetime) else str(waarde)
