"""What was delivered as a caller sends it: rows in JSON, or a file (CSV, XLSX) with the rest of the question in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from fastapi import Query, Request
from pydantic import ConfigDict, Field, ValidationError, create_model

from ..invoer import Invoer
from ..standaard.fouten import MAX_FOUTEN
from ..tabellen.lezen import is_werkmap
from ..voorstel.declareren.cellen import OUTPUT
from ..voorstel.declareren.volumes import Volumefout, Volumes, lees_bestand, lees_clienten, lees_namen, lees_rijen
from ..voorstel.vragen import Declaratiewijze
from .antwoord.lijst import Camel
from .antwoord.problemen import Probleem, RijfoutUit
from .rondom.lichaam import BYTES, als_onjuist, lees_bytes, mediatype, verwijzing

Cel = str | int | None


class Volumeregel(Invoer):
    """A row, as in a file: a day, a stay of which the amount is for each day, or a whole month."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"toewijzingnummer": 1001, "datum": "2026-03-20", "hoeveelheid": "1:30", "eenheid": "uur"}]
        }
    )

    regel: int | None = Field(
        None, ge=1, description="op welke regel van uw bestand dit staat; anders telt de plaats in de lijst"
    )
    toewijzingnummer: Cel = Field(None, description="of bsn, of client, met het product")
    bsn: Cel = None
    client: Cel = Field(None, description="eigen nummer van de cliënt; `clienten` zegt het Bsn")
    datum: Cel = Field(None, examples=["2026-03-20"], json_schema_extra={"format": "date"})
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


class DeclaratieVraag(Declaratiewijze):
    """The question with the rows."""

    clienten: Annotated[
        dict[str, Annotated[str, Field(pattern="^[0-9]{9}$")]],
        Field(
            default_factory=dict, max_length=100_000, description="het Bsn bij ieder eigen nummer in de kolom client"
        ),
    ]
    volumes: Annotated[list[Volumeregel], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Gevraagd:
    """A question that was not read yet: a file with the rest of the question in ``bij``, or JSON that has it all. ``clienten`` is a
    second file, with the Bsn of each own number of a client."""

    data: bytes
    bij: Mapping[str, Any] | None
    kolommen: tuple[str, ...]
    clienten: bytes = b""

    def is_zwaar(self, vanaf: int) -> bool:
        """Whether it may take long: it is larger than this, or a workbook, which says little of how large it is."""
        return len(self.data) + len(self.clienten) > vanaf or (self.bij is not None and is_werkmap(self.data))


class Levering(NamedTuple):
    """What was delivered, and how to declare it; ``clienten`` has the Bsn by the own number of a client."""

    vraag: Declaratiewijze
    volumes: Volumes
    clienten: Mapping[str, str]


class Kolommen(Camel):
    """What only a file needs."""

    kolom: list[str] = Field(
        [], description="bij een bestand: 'naam=kolom' van een kolom met een eigen naam; 'naam=' laat haar weg"
    )


_VELDEN: Any = {
    naam: (
        bool if veld.annotation is bool else str | None,
        Field(veld.default if not veld.is_required() else None, description=f"bij een bestand: {veld.description}"),
    )
    for naam, veld in Declaratiewijze.model_fields.items()
}
InAdres = create_model("InAdres", __base__=Kolommen, **_VELDEN)
"""The question in an address. It is judged as the question it is: with rows in JSON it stands there, and nothing here counts."""


async def lees_vraag(request: Request, adres: Annotated[InAdres, Query()]) -> Gevraagd:
    """The question and the rows, in JSON or in a file, as they came."""
    soort = mediatype(request.headers)
    if soort not in _SOORTEN:
        raise Probleem(
            415,
            "geen-volumes",
            "De inhoud is niet aangekondigd als CSV, XLSX of JSON.",
            f"Geef de header Content-Type mee: {', '.join(_SOORTEN)}.",
        )
    bij = adres.model_dump(exclude={"kolom"}) if soort != _JSON else None
    return Gevraagd(await lees_bytes(request), bij, tuple(adres.kolom))


def lees(gevraagd: Gevraagd) -> Levering:
    """The question and the rows. Raises problem 422, and ``RequestValidationError``."""
    try:
        if gevraagd.bij is not None:
            bij = Declaratiewijze.model_validate(gevraagd.bij)
            clienten = lees_clienten(gevraagd.clienten) if gevraagd.clienten else {}
            return Levering(bij, lees_bestand(gevraagd.data, lees_namen(gevraagd.kolommen)), clienten)
        vraag = DeclaratieVraag.model_validate_json(gevraagd.data)
        return Levering(vraag, lees_rijen(rij.model_dump() for rij in vraag.volumes), vraag.clienten)
    except ValidationError as fout:
        raise als_onjuist(fout) from None
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


_CSV = "toewijzingnummer;datum;hoeveelheid;eenheid\n1001;2026-03-02;1:30;uur\n"


def lichaam() -> dict[str, Any]:
    """What the API description says of the body."""
    inhoud = {
        _JSON: {"schema": verwijzing(DeclaratieVraag)},
        "text/csv": {"schema": BYTES, "example": _CSV},
        _XLSX: {"schema": BYTES},
    }
    return {"requestBody": {"required": True, "content": inhoud}}
