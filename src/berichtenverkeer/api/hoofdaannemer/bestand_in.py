"""A file in a body: a table (CSV, XLSX), or a questionnaire (YAML). A large one is read where it keeps nobody waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from ...hoofdaannemer.laden.lezen import Fout
from ...hoofdaannemer.laden.vragenlijst import GeenVragenlijst, lees_yaml
from ...inname.tuig import Tuig
from ...tabellen import xlsx_uit
from ...tabellen.fouten import GeenTabel
from ...tabellen.lezen import STRENG, Tabel, is_werkmap, lees_tabel
from ..antwoord.problemen import LaadfoutUit, Probleem
from ..rondom.knooppunt import Knooppunt
from ..rondom.lichaam import BYTES, lees_bytes, mediatype

CSV, XLSX, YAML = "text/csv", xlsx_uit.MEDIATYPE, "application/yaml"

MEESTE_FOUTEN = 10_000
"""More faults are not told at once: a file of nothing but faults would give an answer of a hundred times its size."""

_CSV_VOORBEELD = "segment;klasse;eenheid;euro;van;tot\nbegeleiding;licht;maand;363,00;2026-01-01;\n"
_YAML_VOORBEELD = (
    "versie: 1\nvragen:\n  - {code: W1, vraag: 'Woont de cliënt alleen?', antwoorden: {Ja: 1, Nee: 0}}\n"
    "klassen:\n  - {klasse: licht, tot: 0}\n  - {klasse: midden}\n"
)


def beschrijving(*meer: str, voorbeeld: str = _CSV_VOORBEELD, json: Any = None) -> dict[str, Any]:
    """What OpenAPI is told of such a body; ``voorbeeld`` is a CSV, ``json`` the schema when it may be JSON too."""
    inhoud: dict[str, Any] = {
        CSV: {"schema": BYTES, "example": voorbeeld},
        XLSX: {"schema": BYTES},
    }
    if YAML in meer:
        inhoud[YAML] = {"schema": BYTES, "example": _YAML_VOORBEELD}
    if json is not None:
        inhoud["application/json"] = {"schema": json}
    return {"requestBody": {"required": True, "content": inhoud}}


def eis_soort(request: Request, *soorten: str) -> str:
    """The media type of a body. Raises problem 415 for another than these."""
    soort = mediatype(request.headers)
    if soort not in soorten:
        raise Probleem(
            415,
            "ander-bestand",
            "De inhoud is niet aangekondigd als een bestand dat hier kan.",
            f"Geef de header Content-Type mee: {', '.join(soorten)}.",
        )
    return soort


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file that was sent; ``als_werkmap`` is whether it was said to be a workbook, None where nothing was said."""

    data: bytes
    als_werkmap: bool | None = None


async def lees_bestand(request: Request) -> Bestand:
    """The file in a body."""
    return Bestand(await lees_bytes(request), mediatype(request.headers) == XLSX)


async def lees_tabel_uit(bestand: Bestand, knooppunt: Knooppunt, van: str) -> Tabel:
    """The table in a file, of this party. Raises problem 400 for what is no table, or not of the kind that was said."""
    data, als_werkmap = bestand.data, bestand.als_werkmap
    if is_werkmap(data) or len(data) > knooppunt.instellingen.direct_tot_bytes:
        uit = await knooppunt.kinderen.groot.laat_doen(_lees_elders, data, als_werkmap, van=van)
    else:
        uit = await run_in_threadpool(_lees, data, als_werkmap)
    if isinstance(uit, str):
        raise onleesbaar(uit)
    return uit


def lees_vragenlijst_uit(data: bytes) -> object:
    """The values in a questionnaire. Raises problem 400."""
    try:
        return lees_yaml(data)
    except GeenVragenlijst as fout:
        raise onleesbaar(str(fout)) from None


def onleesbaar(melding: str) -> Probleem:
    """What cannot be read as a file of its kind."""
    return Probleem(400, "bestand-onleesbaar", melding, "Bewaar het bestand anders, en probeer het opnieuw.")


def met_fouten(gevonden: Sequence[Fout], gevolg: str, daarna: str, **rest: Any) -> Probleem:
    """What is wrong in a file: every fault, of a file that is wrong throughout the first ``MEESTE_FOUTEN``; ``rest`` stands beside it."""
    aantal = len(gevonden)
    eerste = f" Hier staan de eerste {MEESTE_FOUTEN}." if aantal > MEESTE_FOUTEN else ""
    return Probleem(
        422,
        "bestand-met-fouten",
        f"Het bestand heeft {aantal} fout{'en' if aantal > 1 else ''}; {gevolg}.{eerste}",
        f"Verbeter de cellen die bij 'fouten' staan, en {daarna}.",
        **rest,
        fouten=[
            LaadfoutUit.model_validate(fout, from_attributes=True).model_dump() for fout in gevonden[:MEESTE_FOUTEN]
        ],
    )


def _lees(data: bytes, als_werkmap: bool | None) -> Tabel | str:
    """The table, or why it is none."""
    try:
        return lees_tabel(data, STRENG, als_werkmap=als_werkmap)
    except GeenTabel as fout:
        return str(fout)


def _lees_elders(_: Tuig, data: bytes, als_werkmap: bool | None) -> Tabel | str:
    return _lees(data, als_werkmap)
