"""What was delivered as a caller sends it: rows in JSON, or a file (CSV, XLSX) with the rest of the question in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from ..standaard.domein import Domein
from ..standaard.fouten import MAX_FOUTEN
from ..standaard.werkblad import is_werkmap
from ..voorstel.declaratievoorstel import Opdracht
from ..voorstel.declareren.cellen import OUTPUT, lees_maand
from ..voorstel.declareren.volumes import Volumefout, Volumes, lees_bestand, lees_namen, lees_rijen
from .lichaam import lees_bytes
from .problemen import Probleem, RijfoutUit
from .tekst import Invoer

Maand = Annotated[str, Field(pattern="^[1-9][0-9]{3}-(0[1-9]|1[0-2])$", examples=["2026-03"])]
Voorvoegsel = Annotated[
    str | None,
    Field(pattern="^[A-Za-z0-9]{1,8}$", description="begin van het DeclaratieNummer; anders volgt het uit de vraag"),
]
Gemeente = Annotated[str | None, Field(pattern="^[0-9]{4}$", description="van rijen die geen gemeente noemen")]
Wet = Annotated[Literal["iwmo", "ijw"] | None, Field(description="van rijen die geen wet noemen")]
AlleenGoed = Annotated[bool, Field(description="laat weg wat zou worden afgewezen")]
HeleUren = Annotated[bool, Field(description="rond minuten per prestatie af op hele uren (IV079)")]
TariefEenheid = Annotated[
    str | None, Field(pattern="^[0-9]{2}$", description="waarvoor een tarief is dat het niet zegt: 04 uur, 01 minuut")
]
Cel = str | int | None


class VolumeIn(Invoer):
    """A row, as in a file: a day, a stay of which the amount is for each day, or a whole month."""

    toewijzingnummer: Cel = Field(None, description="of bsn, of client, met het product")
    bsn: Cel = None
    client: Cel = Field(None, description="eigen nummer van de cliënt; `clienten` zegt het Bsn")
    datum: Cel = Field(None, examples=["2026-03-20"])
    tot: Cel = Field(None, description="laatste dag van een verblijf; de hoeveelheid is dan per dag")
    maand: Cel = Field(None, examples=["2026-03"])
    hoeveelheid: Cel = Field(
        None,
        description=f"getal, uren en minuten als 1:30, of {OUTPUT} voor wat de toewijzing in deze maand geeft (IV076)",
    )
    eenheid: Cel = None
    categorie: Cel = None
    code: Cel = None
    tarief: Cel = Field(None, description="eurocent, of euro's als € 54,00; anders dat van het contract")
    tarief_eenheid: Cel = None
    gemeente: Cel = None
    domein: Cel = None
    onderaannemer: Cel = None


class BestandVraag(Invoer):
    """Which month to declare, and how; the rows are in a file."""

    maand: Maand
    gemeente: Gemeente = None
    domein: Wet = None
    alleen_goed: AlleenGoed = False
    hele_uren: HeleUren = False
    voorvoegsel: Voorvoegsel = None
    tarief_eenheid: TariefEenheid = None


class DeclaratieVraag(BestandVraag):
    """The same with the rows."""

    clienten: Annotated[
        dict[str, Annotated[str, Field(pattern="^[0-9]{9}$")]],
        Field(
            default_factory=dict, max_length=100_000, description="het Bsn bij ieder eigen nummer in de kolom client"
        ),
    ]
    volumes: Annotated[list[VolumeIn], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Gevraagd:
    """A question that was not read yet: a file with the rest of the question in ``bij``, or JSON that has it all."""

    data: bytes
    bij: Mapping[str, Any] | None
    kolommen: tuple[str, ...]

    def is_zwaar(self, vanaf: int) -> bool:
        """Whether it may take long: it is larger than this, or a workbook, which says little of how large it is."""
        return len(self.data) > vanaf or (self.bij is not None and is_werkmap(self.data))


async def lees_vraag(
    request: Request,
    maand: Annotated[str | None, Query(description="bij een bestand: de DeclaratiePeriode, JJJJ-MM")] = None,
    gemeente: Annotated[str | None, Query(description="bij een bestand: van rijen die geen gemeente noemen")] = None,
    domein: Annotated[str | None, Query(description="bij een bestand: van rijen die geen wet noemen")] = None,
    alleen_goed: Annotated[bool, Query(description="bij een bestand")] = False,
    hele_uren: Annotated[bool, Query(description="bij een bestand")] = False,
    voorvoegsel: Annotated[str | None, Query(description="bij een bestand")] = None,
    tarief_eenheid: Annotated[str | None, Query(description="bij een bestand")] = None,
    kolom: Annotated[
        list[str] | None,
        Query(description="bij een bestand: 'naam=kolom' van een kolom met een eigen naam; 'naam=' laat haar weg"),
    ] = None,
) -> Gevraagd:
    """The question and the rows, in JSON or in a file, as they came."""
    soort = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if soort not in _SOORTEN:
        raise Probleem(
            415,
            "geen-volumes",
            "De inhoud is niet aangekondigd als CSV, XLSX of JSON.",
            f"Geef de header Content-Type mee: {', '.join(_SOORTEN)}.",
        )
    velden = {"maand": maand, "gemeente": gemeente, "domein": domein, "voorvoegsel": voorvoegsel}
    keuzes = {"alleen_goed": alleen_goed, "hele_uren": hele_uren, "tarief_eenheid": tarief_eenheid}
    return Gevraagd(await lees_bytes(request), velden | keuzes if soort != _JSON else None, tuple(kolom or ()))


def lees(gevraagd: Gevraagd) -> tuple[Opdracht, Volumes]:
    """The question and the rows. Raises problem 422, and ``RequestValidationError``."""
    try:
        if gevraagd.bij is not None:
            bij = BestandVraag.model_validate(gevraagd.bij)
            return _opdracht(bij), lees_bestand(gevraagd.data, lees_namen(gevraagd.kolommen))
        vraag = DeclaratieVraag.model_validate_json(gevraagd.data)
        return _opdracht(vraag, vraag.clienten), lees_rijen(rij.model_dump() for rij in vraag.volumes)
    except ValidationError as fout:
        fouten = fout.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([geval | {"loc": ("body", *geval["loc"])} for geval in fouten]) from None
    except Volumefout as fout:
        raise Probleem(
            422,
            "volumes-onjuist",
            str(fout),
            "Verbeter deze regels; er is niets gedeclareerd.",
            fouten=[
                RijfoutUit.model_validate(geval, from_attributes=True).model_dump()
                for geval in fout.fouten[:MAX_FOUTEN]
            ],
        ) from None


_JSON = "application/json"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SOORTEN = ("text/csv", _XLSX, _JSON)


def lichaam() -> dict[str, Any]:
    """What the API description says of the body; the form of the JSON in one piece."""
    vorm = DeclaratieVraag.model_json_schema()
    vorm["properties"]["volumes"]["items"] = vorm.pop("$defs")["VolumeIn"]
    binair = {"schema": {"type": "string", "format": "binary"}}
    inhoud = {_JSON: {"schema": vorm}, "text/csv": {"schema": {"type": "string"}}, _XLSX: binair}
    return {"requestBody": {"required": True, "content": inhoud}}


def _opdracht(vraag: BestandVraag, clienten: Mapping[str, str] | None = None) -> Opdracht:
    return Opdracht(
        maand=lees_maand(vraag.maand),
        gemeente=vraag.gemeente,
        domein=Domein(vraag.domein) if vraag.domein is not None else None,
        voorvoegsel=vraag.voorvoegsel,
        alleen_goed=vraag.alleen_goed,
        hele_uren=vraag.hele_uren,
        tarief_eenheid=vraag.tarief_eenheid,
        clienten=clienten or {},
    )
