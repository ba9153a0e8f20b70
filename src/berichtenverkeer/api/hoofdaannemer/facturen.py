"""Invoices of partners, checked and kept."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from ...bedrijfsbureau import facturen as bureau_
from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...hoofdaannemer.factuur import Factuurregel
from ..antwoord.problemen import antwoorden
from ..rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ..rondom.lichaam import als_onjuist, lees_bytes, verwijzing
from ..rondom.route import Router
from .bestand_in import CSV, XLSX, Bestand, beschrijving, eis_soort, lees_bestand, lees_tabel_uit, met_fouten
from .bureau import WORTEL, HetBureau
from .factuur_uit import FactuurControle, FactuurVraag, controle_uit, factuurregels

router = Router(prefix=f"{WORTEL}/facturen", tags=["hoofdaannemer facturen"])

_JSON = "application/json"


async def de_regels(request: Request, knooppunt: HetKnooppunt, bureau: HetBureau) -> list[Factuurregel]:
    """The lines of an invoice, in JSON or in a file. Raises problem 422 with every fault of a file."""
    if eis_soort(request, CSV, XLSX, _JSON) == _JSON:
        try:
            return factuurregels(FactuurVraag.model_validate_json(await lees_bytes(request)))
        except ValidationError as fout:
            raise als_onjuist(fout) from None
    return await regels_uit(await lees_bestand(request), knooppunt, bureau)


async def regels_uit(bestand: Bestand, knooppunt: Knooppunt, bureau: Bedrijfsbureau) -> list[Factuurregel]:
    """The lines in a file. Raises problem 400 for what cannot be read, and 422 with every fault."""
    regels, gevonden = bureau_.uit_tabel(await lees_tabel_uit(bestand, knooppunt, bureau.code))
    if gevonden:
        raise met_fouten(gevonden, "er is niets gecontroleerd", "bied het opnieuw aan")
    return regels


@router.post(
    "/controle",
    responses=antwoorden(400, 401, 404, 413, 415, 422),
    openapi_extra=beschrijving(json=verwijzing(FactuurVraag)),
)
async def controleer(
    regels: Annotated[list[Factuurregel], Depends(de_regels)],
    bureau: HetBureau,
    nu: Nu,
    bewaar: Annotated[bool, Query(description="bewaar de factuur onder haar nummer, in plaats van wat er was")] = False,
) -> FactuurControle:
    """Houd een factuur van een partner naast wat de maanden opleveren: regel voor regel, met wat er niet op staat.

    De regels komen als JSON (bedragen in eurocent), of als CSV of XLSX met de kolommen van `facturen`.
    """
    return await run_in_threadpool(controle_van, regels, bureau, nu, bewaar=bewaar)


def controle_van(
    regels: list[Factuurregel], bureau: Bedrijfsbureau, nu: datetime, *, bewaar: bool = False
) -> FactuurControle:
    """The same, of lines that were read. Raises ``Geweigerd`` when it is to be kept and names a partner that is not on the list."""
    controle, keuzes = bureau_.controleer(bureau, regels, nu, bewaar=bewaar)
    return controle_uit(controle, keuzes)
