"""Files of a hoofdaannemer: loaded, and taken out again in the same columns."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...bedrijfsbureau.laden.laden import Rapport, laad, laad_vragenlijst, soort_met
from ...bedrijfsbureau.laden.uitnemen import neem_uit
from ...hoofdaannemer.laden.soorten import SOORTEN, VRAGENLIJST
from ...hoofdaannemer.laden.uitkolom import uitkolom
from ..antwoord.problemen import LaadfoutUit, antwoorden
from ..rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ..rondom.route import Router
from ..tabel import DeGedaante, Gedaante, als_tabel, lijst_antwoorden
from .bestand_in import (
    CSV,
    XLSX,
    YAML,
    Bestand,
    beschrijving,
    eis_soort,
    lees_bestand,
    lees_tabel_uit,
    lees_vragenlijst_uit,
    met_fouten,
)
from .bureau import WORTEL, BureauOfNiets, HetBureau

router = Router(prefix=f"{WORTEL}/laden", tags=["hoofdaannemer laden"])

SOORTNAMEN = (*SOORTEN, VRAGENLIJST)

Soortnaam = Annotated[str, Path(description="Het soort bestand", json_schema_extra={"enum": list(SOORTNAMEN)})]
Tabelnaam = Annotated[str, Path(description="Het soort bestand", json_schema_extra={"enum": list(SOORTEN)})]


class LaadRapport(BaseModel):
    """What became of a file."""

    soort: str = Field(examples=["tarieven"])
    proef: bool
    rijen: int
    nieuw: int
    gewijzigd: int
    gelijk: int
    fouten: list[LaadfoutUit] = Field(description="leeg: met een fout is het antwoord 422", examples=[[]])


class GeladenLijst(BaseModel):
    """What is stored of a kind of file: a row an item, by the columns of the file. ``euro`` is ``bedrag``, in eurocent."""

    soort: str = Field(examples=["segmenten"])
    items: list[dict[str, str | int | bool | None]] = Field(
        examples=[[{"segment": "begeleiding", "categorie": "02", "code": None}]]
    )


@router.post(
    "/{soort}",
    response_model=LaadRapport,
    responses=antwoorden(400, 401, 404, 413, 415, 422),
    openapi_extra=beschrijving(YAML),
)
async def laad_bestand(
    soort: Soortnaam,
    request: Request,
    knooppunt: HetKnooppunt,
    bureau: HetBureau,
    nu: Nu,
    proef: Annotated[bool, Query(description="zeg alleen wat er zou gebeuren; er wordt niets bewaard")] = False,
) -> LaadRapport:
    """Laad een bestand: CSV of XLSX, een vragenlijst als YAML. Alles wat eraan mankeert staat in één antwoord, met rij en kolom.

    Een rij vervangt de rij die er al was met dezelfde sleutel; wat niet in het bestand staat, blijft. Met een fout wordt niets bewaard.
    Hetzelfde bestand nog eens laden verandert niets.
    """
    if soort == VRAGENLIJST:
        eis_soort(request, YAML)
    else:
        soort_met(soort, VRAGENLIJST)
        eis_soort(request, CSV, XLSX)
    return await laad_data(soort, await lees_bestand(request), knooppunt, bureau, nu, proef=proef)


async def laad_data(
    soort: str, bestand: Bestand, knooppunt: Knooppunt, bureau: Bedrijfsbureau, nu: datetime, *, proef: bool
) -> LaadRapport:
    """The same, of a file that was read. Raises problem 400 for what cannot be read and 422 with every fault, and ``Geweigerd`` for what is
    wrong in a questionnaire."""
    if soort == VRAGENLIJST:
        waarde = lees_vragenlijst_uit(bestand.data)
        lijst = await run_in_threadpool(laad_vragenlijst, bureau, waarde, proef=proef)
        return LaadRapport(
            soort=soort, proef=proef, rijen=len(lijst.vragen), nieuw=len(lijst.vragen), gewijzigd=0, gelijk=0, fouten=[]
        )
    soort_met(soort, VRAGENLIJST)
    tabel = await lees_tabel_uit(bestand, knooppunt, bureau.code)
    return rapport_uit(await run_in_threadpool(laad, bureau, soort, tabel, nu, proef=proef))


@router.get("/{soort}", response_model=GeladenLijst, responses=lijst_antwoorden(400, 401, 404))
def neem(soort: Tabelnaam, bureau: BureauOfNiets, gedaante: DeGedaante) -> GeladenLijst | Response:
    """Wat er van een soort bestand is bewaard, in dezelfde kolommen: opnieuw geladen verandert het niets."""
    kolommen = soort_met(soort).kolommen
    rijen = neem_uit(bureau, soort)[1] if bureau is not None else []
    if gedaante is not Gedaante.JSON:
        return als_tabel(gedaante, soort, [uitkolom(kolom) for kolom in kolommen], rijen)
    return GeladenLijst(soort=soort, items=[_als_json(rij) for rij in rijen])


def rapport_uit(rapport: Rapport) -> LaadRapport:
    """What became of a file, as an answer. Raises problem 422 with its faults."""
    if rapport.fouten:
        rest = {naam: getattr(rapport, naam) for naam in LaadRapport.model_fields if naam != "fouten"}
        raise met_fouten(rapport.fouten, "er is niets bewaard", "laad het opnieuw", **rest)
    return LaadRapport.model_validate(rapport, from_attributes=True)


def _als_json(rij: Any) -> dict[str, Any]:
    return {("bedrag" if naam == "euro" else naam): _waarde(waarde) for naam, waarde in rij.items()}


def _waarde(waarde: object) -> object:
    return waarde if waarde is None or isinstance(waarde, (str, int)) else str(waarde)
