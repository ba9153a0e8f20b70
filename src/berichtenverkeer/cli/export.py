"""The command that takes a whole list out of a node, as files."""

import hashlib
import time
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..zegbaar import Zegbaar
from .bestanden import ALLEEN_EIGENAAR, maak_map
from .knooppunt import AlsJson, Knooppunt, toon_json
from .opties import met_opties

if TYPE_CHECKING:
    import httpx

_EXPORTS = "/v1/exports"
_ONDERWEG = ("wacht", "bezig")
_KLAAR = "klaar"
_KIJK_ELKE = 1.0
"""Seconds between two looks at how far it is."""


class Wat(StrEnum):
    """What can be taken out."""

    TOEWIJZINGEN = "toewijzingen"
    VERZOEKEN = "verzoeken"
    DECLARATIES = "declaraties"
    BERICHTEN = "berichten"


class Vorm(StrEnum):
    """In what form."""

    NDJSON = "ndjson"
    CSV = "csv"
    PARQUET = "parquet"


@met_opties
def export(
    wat: Annotated[Wat, typer.Argument(help="Welke lijst.")],
    plek: Knooppunt,
    uit: Annotated[Path, typer.Option("--uit", help="De map voor de bestanden.")],
    vorm: Annotated[
        Vorm, typer.Option("--vorm", help="Hoe de bestanden zijn; parquet als het knooppunt dat kan.")
    ] = Vorm.CSV,
    filters: Annotated[
        list[str] | None,
        typer.Option(
            "--filter", help="NAAM=WAARDE, zoals bij POST /v1/…/zoeken: levering=gestart. Nooit een Bsn. Mag vaker."
        ),
    ] = None,
    sinds: Annotated[
        str | None, typer.Option("--sinds", help="Alleen wat daarna wijzigde: 'volgende' van een vorige keer.")
    ] = None,
    overschrijf: Annotated[
        bool, typer.Option("--overschrijf", help="Vervang bestanden met deze namen die er al zijn.")
    ] = False,
    als_json: AlsJson = False,
) -> None:
    """Haal een hele lijst op in bestanden, of wat er sinds de vorige keer veranderde. Wat al is opgehaald, wordt niet nog eens
    opgehaald."""
    from ..spel.deuren.deur import json_van

    vraag = {"wat": wat, "vorm": vorm, "sinds": sinds, "filters": dict(map(_filter, filters or ()))}
    maak_map(uit)
    with plek.klant() as klant:
        gevraagd = {naam: waarde for naam, waarde in vraag.items() if waarde}
        gemaakt = json_van(klant.post(_EXPORTS, json=gevraagd))
        pad = f"{_EXPORTS}/{gemaakt['id']}"
        while gemaakt["toestand"] in _ONDERWEG:
            time.sleep(_KIJK_ELKE)
            gemaakt = json_van(klant.get(pad))
        if gemaakt["toestand"] != _KLAAR:
            raise Zegbaar(
                "Het knooppunt kon deze export niet maken; vraag hem straks opnieuw aan, of meld het de beheerder."
            )
        doelen = [(bestand, uit / Path(bestand["naam"]).name) for bestand in gemaakt["bestanden"]]
        in_de_weg = [] if overschrijf else [doel for bestand, doel in doelen if _is_ander(doel, bestand["sha256"])]
        bestanden = [] if in_de_weg else [_haal_op(klant, bestand, doel) for bestand, doel in doelen]
        if (weg := klant.delete(pad)).status_code >= 400:
            json_van(weg)
    if in_de_weg:
        raise Zegbaar(
            f"{in_de_weg[0]} bestaat al en is anders; kies met --uit een andere map, of vervang wat er is met --overschrijf."
        )
    if als_json:
        toon_json({**gemaakt, "bestanden": [str(bestand) for bestand in bestanden]})
        return
    for bestand in bestanden:
        typer.echo(str(bestand))
    typer.echo(f"{gemaakt['aantal']} {wat}; de volgende keer alleen wat verandert: --sinds {gemaakt['volgende']}")
    if gemaakt["vervallen"]:
        typer.echo(f"Vervallen: {', '.join(gemaakt['vervallen'])}.")


def _filter(tekst: str) -> tuple[str, str]:
    naam, is_, waarde = tekst.partition("=")
    if not is_ or naam.strip() == "bsn":
        raise Zegbaar("Schrijf een filter als NAAM=WAARDE. Een Bsn kan niet: dat zien en bewaren anderen.")
    return naam.strip(), waarde.strip()


def _is_ander(doel: Path, sha256: str) -> bool:
    """Whether something else stands at this place. Raises ``Zegbaar`` when that cannot be seen."""
    try:
        with doel.open("rb") as bestand:
            return hashlib.file_digest(bestand, "sha256").hexdigest() != sha256
    except FileNotFoundError:
        return False
    except OSError:
        raise Zegbaar(f"{doel}: dit is niet te lezen; controleer de map en de rechten.") from None


def _haal_op(klant: "httpx.Client", bestand: Mapping[str, Any], doel: Path) -> Path:
    """A file, piece by piece; one that broke off goes on where it was. Raises ``Zegbaar`` when it is not what the node made."""
    from ..spel.deuren.deur import json_van

    half = doel.with_name(f"{doel.name}.{bestand['sha256'][:12]}")
    try:
        half.touch(ALLEEN_EIGENAAR)
        with half.open("ab") as uit:
            if (al := uit.tell()) < bestand["bytes"]:
                with klant.stream("GET", bestand["pad"], headers={"Range": f"bytes={al}-"}) as antwoord:
                    if antwoord.status_code >= 400:
                        antwoord.read()
                        json_van(antwoord)
                    for stuk in antwoord.iter_bytes():
                        uit.write(stuk)
        with half.open("rb") as gehaald:
            heel = hashlib.file_digest(gehaald, "sha256").hexdigest() == bestand["sha256"]
        if not heel:
            half.unlink()
            raise Zegbaar(f"{doel.name} is onderweg beschadigd; haal de export opnieuw op.")
        half.replace(doel)
    except OSError:
        raise Zegbaar(f"{doel}: hier is niet te schrijven; controleer de map en de rechten.") from None
    return doel
