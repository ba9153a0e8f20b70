"""Exports: a whole list, or what changed in it, as files that are made in the background."""

import uuid
from datetime import timedelta
from functools import partial
from typing import Annotated, Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import AfterValidator, BaseModel, Field, ValidationError

from ...invoer import Invoer
from ...opslag.berichten import uitvoeren
from ...opslag.berichten.uitvoeren import Exporttoestand, Uitvoerrij
from ...opslag.database import schrijvend
from ...opslag.omroep import WERK
from ...tabellen import parquet_uit
from ..antwoord import cursor
from ..antwoord.lijst import Vraag, lees_plek
from ..antwoord.moment import Moment
from ..antwoord.problemen import Probleem, antwoorden, niet_gevonden
from ..rondom.aanmelding import DePartij
from ..rondom.knooppunt import HetKnooppunt, Knooppunt, Nu, eis_id
from ..rondom.route import Router
from ..tabel import DeGedaante, in_gedaante, lijst_antwoorden
from . import deel, kluis
from .bronnen import BRONNEN
from .opruimen import wis
from .vormen import VORMEN, Bestand, Exportvorm

router = Router(prefix="/exports", tags=["exports"])

HOOGSTENS = 10
"""Exports of one party at a time."""

_NA = {"Retry-After": "2"}


def _bekende_lijst(wat: str) -> str:
    if wat not in BRONNEN:
        raise ValueError(f"kies uit {', '.join(BRONNEN)}")
    return wat


class Exportvraag(Invoer):
    """Which list, in which form."""

    wat: Annotated[str, AfterValidator(_bekende_lijst)] = Field(
        description="welke lijst", json_schema_extra={"enum": list(BRONNEN)}, examples=["toewijzingen"]
    )
    filters: dict[str, Any] = Field(
        {}, description="de filters van die lijst, zoals bij zoeken", examples=[{"domein": "iwmo"}]
    )
    sinds: str | None = Field(
        None, description="alleen wat daarna wijzigde: `volgende` van een eerder antwoord of een eerdere export"
    )
    vorm: Exportvorm = Exportvorm.NDJSON


class Exportbestand(BaseModel):
    """A file that is there."""

    naam: str = Field(examples=["toewijzingen-00001.ndjson"])
    aantal: int = Field(description="hoeveel er in staan")
    bytes: int
    sha256: str = Field(description="hexadecimaal")
    pad: str = Field(examples=["/v1/exports/7d444840-9dc0-5ad1-a5b8-0f1f3a1c2e11/bestanden/toewijzingen-00001.ndjson"])


class ExportUit(BaseModel):
    """How far it is, and when it is ready what there is."""

    id: str
    wat: str
    filters: dict[str, Any]
    sinds: str | None
    vorm: Exportvorm
    toestand: Exporttoestand
    aangevraagd_op: Moment
    moment: Moment | None = Field(description="alles van voor dit moment staat erin")
    klaar_op: Moment | None
    verloopt_op: Moment | None = Field(description="dan worden de bestanden weggehaald")
    aantal: int = Field(description="hoeveel er in de bestanden staan die af zijn")
    bestanden: list[Exportbestand] = Field(description="die af zijn; u kunt ze al ophalen")
    hervat: int = Field(
        description="zo vaak is na een onderbreking verder gegaan; komt een id dan twee keer voor, dan telt de laatste"
    )
    vervallen: list[str] = Field(description="ids die sinds `sinds` uit de lijst verdwenen")
    volgende: str | None = Field(description="als hij klaar is: geef mee als `sinds` voor wat later wijzigt")


class Exportlijst(BaseModel):
    items: list[ExportUit]


@router.post("", status_code=202, responses=antwoorden(400, 401, 429))
def vraag_aan(vraag: Exportvraag, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, antwoord: Response) -> ExportUit:
    """Zet een lijst klaar als bestanden. `Location` wijst waar u ziet hoe ver het is en wat er klaarligt."""
    bron = BRONNEN[vraag.wat]
    filters = _filters(bron.vraag, vraag.filters)
    sinds = lees_plek(vraag.sinds, "sinds", bron.naam)
    if vraag.vorm is Exportvorm.PARQUET and not parquet_uit.is_er():
        raise Probleem(
            400,
            "vorm-niet-beschikbaar",
            "Dit knooppunt kan geen Parquet schrijven.",
            "Vraag ndjson of csv, of vraag de beheerder om 'pip install berichtenverkeer[parquet]'.",
        )
    with schrijvend(knooppunt.engine) as verbinding:
        if uitvoeren.aantal_van(verbinding, partij.code) >= HOOGSTENS:
            raise Probleem(
                429,
                "te-veel-exports",
                f"Er zijn al {HOOGSTENS} exports.",
                "Verwijder er een die u niet meer nodig hebt.",
            )
        rij = uitvoeren.vraag_aan(
            verbinding,
            id=str(uuid.uuid4()),
            partij=partij.code,
            wat=bron.naam,
            filters=filters,
            sinds=None if sinds is None else sinds.nummer,
            sinds_id=None if sinds is None else sinds.id,
            vorm=vraag.vorm,
            sleutel=kluis.nieuwe_sleutel(),
            aangevraagd_op=nu,
        )
    knooppunt.omroep.roep({WERK})
    antwoord.headers.update({"Location": _pad(rij.id), **_NA})
    return _uit(rij, knooppunt)


@router.get("", response_model=Exportlijst, responses=lijst_antwoorden(400, 401))
def overzicht(knooppunt: HetKnooppunt, partij: DePartij, gedaante: DeGedaante) -> Exportlijst | Response:
    """Uw exports, de nieuwste eerst."""
    with knooppunt.engine.connect() as verbinding:
        rijen = uitvoeren.van(verbinding, partij.code)
    return in_gedaante(gedaante, "exports", Exportlijst(items=[_uit(rij, knooppunt) for rij in rijen]))


@router.get("/{id}", responses=antwoorden(400, 401, 404))
def bekijk(id: str, knooppunt: HetKnooppunt, partij: DePartij, antwoord: Response) -> ExportUit:
    """Hoe ver een export is, en als hij klaar is: welke bestanden, hoeveel erin staat, en wat uit de lijst verdween."""
    rij = _geef(knooppunt, partij.code, id)
    if rij.toestand in (Exporttoestand.WACHT, Exporttoestand.BEZIG):
        antwoord.headers.update(_NA)
    return _uit(rij, knooppunt)


@router.get(
    "/{id}/bestanden/{naam}", responses=antwoorden(400, 401, 404, 416) | {200: {}, 206: {}}, response_class=Response
)
def haal(id: str, naam: str, verzoek: Request, knooppunt: HetKnooppunt, partij: DePartij) -> StreamingResponse:
    """Eén bestand van een export. Met `Range` krijgt u een deel, zodat u kunt verdergaan waar het ophalen stopte."""
    rij = _geef(knooppunt, partij.code, id)
    bestand = next((een for een in map(_bestand, rij.bestanden) if een.naam == naam), None)
    if bestand is None:
        raise niet_gevonden("Dit bestand")
    pad = knooppunt.instellingen.uitvoer_map / rij.id / bestand.op_schijf
    if not pad.is_file():
        raise niet_gevonden("Dit bestand")
    mediatype = VORMEN[Exportvorm(rij.vorm)].mediatype
    lees = partial(kluis.lees, pad, rij.sleutel)
    return deel.antwoord(verzoek, lees, bestand.bytes, bestand.sha256, mediatype, bestand.naam)


@router.delete("/{id}", status_code=204, responses=antwoorden(400, 401, 404))
def verwijder(id: str, knooppunt: HetKnooppunt, partij: DePartij) -> None:
    """Haal een export weg, met zijn bestanden; is hij nog bezig, dan stopt hij."""
    eis_id(id, "Deze export")
    if not wis(knooppunt.engine, knooppunt.instellingen.uitvoer_map, id, partij.code):
        raise niet_gevonden("Deze export")


def _geef(knooppunt: Knooppunt, partij: str, id_: str) -> Uitvoerrij:
    eis_id(id_, "Deze export")
    with knooppunt.engine.connect() as verbinding:
        rij = uitvoeren.geef(verbinding, id_, partij)
    if rij is None:
        raise niet_gevonden("Deze export")
    return rij


def _filters(vorm: type[BaseModel], filters: dict[str, Any]) -> dict[str, Any]:
    """The filters as they are kept. What is no filter of this list is refused, at its place in the body."""
    bekend = {info.alias or naam for naam, info in vorm.model_fields.items() if naam not in Vraag.model_fields}
    onjuist: list[dict[str, Any]] = [
        {"loc": (naam,), "type": "extra_forbidden"} for naam in filters if naam not in bekend
    ]
    try:
        gelezen = vorm.model_validate({naam: waarde for naam, waarde in filters.items() if naam in bekend})
    except ValidationError as fout:
        onjuist += [dict(geval) for geval in fout.errors(include_url=False, include_input=False)]
    if onjuist:
        raise RequestValidationError([geval | {"loc": ("body", "filters", *geval["loc"])} for geval in onjuist])
    return gelezen.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def _bestand(een: dict[str, Any]) -> Bestand:
    return Bestand(**een)


def _uit(rij: Uitvoerrij, knooppunt: Knooppunt) -> ExportUit:
    bewaren = timedelta(hours=knooppunt.instellingen.uitvoer_uren)
    bestanden = [_bestand(een) for een in rij.bestanden]
    klaar = rij.toestand == Exporttoestand.KLAAR
    return ExportUit(
        id=rij.id,
        wat=rij.wat,
        filters=rij.filters,
        sinds=None if rij.vanaf is None else cursor.schrijf(rij.wat, *rij.vanaf),
        vorm=Exportvorm(rij.vorm),
        toestand=Exporttoestand(rij.toestand),
        aangevraagd_op=rij.aangevraagd_op,
        moment=rij.moment,
        klaar_op=rij.klaar_op,
        verloopt_op=None if rij.klaar_op is None else rij.klaar_op + bewaren,
        aantal=sum(een.aantal for een in bestanden),
        bestanden=[
            Exportbestand(
                naam=een.naam,
                aantal=een.aantal,
                bytes=een.bytes,
                sha256=een.sha256,
                pad=f"{_pad(rij.id)}/bestanden/{een.naam}",
            )
            for een in bestanden
        ],
        hervat=rij.hervat,
        vervallen=rij.vervallen,
        volgende=cursor.schrijf(rij.wat, *(rij.gekomen_tot or ())) if klaar else None,
    )


def _pad(id_: str) -> str:
    return f"/v1/exports/{id_}"
