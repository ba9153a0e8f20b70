"""The objects of VECOZO's REST interface: metadata of a message, statuses, problems. Names are those of its JSON.

A field that VSP does not know is refused. UUIDs are taken in capitals too and written in small letters, as StUF asks;
traceerId and alsAntwoordOp become numbers of StUF, so those are of version 4 (afgeleid).
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from ...woord import Woord

_HEX = "[0-9a-fA-F]"
Uuid = Annotated[str, StringConstraints(pattern=f"^{_HEX}{{8}}(-{_HEX}{{4}}){{3}}-{_HEX}{{12}}$", to_lower=True)]
Uuid4 = Annotated[
    str,
    StringConstraints(
        pattern=f"^{_HEX}{{8}}-{_HEX}{{4}}-4{_HEX}{{3}}-[89abAB]{_HEX}{{3}}-{_HEX}{{12}}$", to_lower=True
    ),
]


def _zonder_nul(tekst: str) -> str:
    if "\x00" in tekst:
        raise ValueError("a database cannot keep it")
    return tekst


Naam = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=100)]
HOOGSTE_VERSIE = 999
"""The highest version that VSP has a word for; StUF goes on to 9999."""

Versienummer = Annotated[int, Field(strict=True, ge=0, le=HOOGSTE_VERSIE)]

GEMEENTE = "Gemeente"
"""The rol of a gemeente."""

ROLLEN_AANBIEDER = ("Instelling", "Praktijk", "Zorgverlener")
"""The rollen that an AGB-code can have; the register says which."""


class _Object(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Relatie(_Object):
    """A party: an AGB-code or gemeentecode and the rol it has."""

    rol: Code
    code: Code | None = None


class Berichtstroom(_Object):
    """What kind of message it is: type ``JW``, subtype ``JW307``, version 3, subversion 2, actie ``StopZorg``."""

    berichttype: Naam
    berichtsubtype: Naam | None = None
    berichtversie: Versienummer
    berichtsubversie: Versienummer
    actie: Naam


class Routeringgegevens(_Object):
    afzender: Relatie
    geadresseerden: Annotated[tuple[Relatie, ...], Field(max_length=100)]
    berichtstroom: Berichtstroom


class Referentiegegevens(_Object):
    """``traceerId`` is this message, ``conversatieId`` the exchange it is part of, ``alsAntwoordOp`` the traceerId of the
    message that it answers, ``referentieId`` what the sender calls it."""

    conversatieId: Uuid
    traceerId: Uuid4
    alsAntwoordOp: Uuid4 | None = None
    referentieId: (
        Annotated[str, StringConstraints(min_length=1, max_length=150), AfterValidator(_zonder_nul)] | None
    ) = None


class Context(_Object):
    """One key of the verwerkingscontext with its values."""

    sleutel: Code
    waarde: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1, max_length=250)], ...], Field(min_length=1, max_length=100)
    ]


class BerichtMetadata(_Object):
    """What goes with a payload when it is submitted."""

    routeringgegevens: Routeringgegevens
    referentiegegevens: Referentiegegevens
    verwerkingscontext: Annotated[tuple[Context, ...], Field(min_length=1, max_length=100)] | None = None


class Checksum(_Object):
    algoritme: Annotated[str, StringConstraints(min_length=1, max_length=10)]
    waarde: Annotated[str, StringConstraints(min_length=1, max_length=250)]


class Payload(_Object):
    """Where the payload can be fetched, its size in bytes and its checksum."""

    url: str
    grootte: Annotated[int, Field(strict=True, ge=1)]
    checksum: Checksum


class Basisgegevens(_Object):
    ontvangenOp: AwareDatetime
    payload: Payload


class PostvakMetadata(BerichtMetadata):
    """What lies in a postvak: the metadata with the moment of receipt and where the payload is."""

    basisgegevens: Basisgegevens


class Berichtstatus(Woord):
    """How far a message has come. ``VerwerkingVoltooid`` and those above it come before it is offered. The two of messages in
    parts are VECOZO's; this node takes none in."""

    ONTVANGEN = "Ontvangen", "binnen, en nog niet verwerkt"
    DEELS_ONTVANGEN = "DeelsOntvangen", "nog niet alle delen zijn binnen"
    DEELBERICHT_AFGEKEURD = "DeelberichtAanleveringAfgekeurd", "een van de delen is afgekeurd"
    WORDT_VERWERKT = "WordtVerwerkt", "wordt beoordeeld"
    AFGEKEURD_DOOR_DIENST = "AfgekeurdDoorDienst", "afgekeurd, en niet aangeboden aan de ontvanger"
    VERWERKING_VOLTOOID = "VerwerkingVoltooid", "beoordeeld, en niet aangeboden aan de ontvanger"
    WORDT_AANGEBODEN = "WordtAangeboden", "ligt klaar voor de ontvanger"
    AANBIEDEN_MISLUKT = "AanbiedenMislukt", "kon nog niet worden bezorgd; dat wordt nog eens geprobeerd"
    BEZORGING_AFGEBROKEN = "BezorgingAfgebroken", "kon niet worden bezorgd; het ligt klaar om op te halen"
    BEZORGD = "Bezorgd", "de ontvanger heeft het"


class Statusmelding(_Object):
    """Why a message was refused: a code, its meaning, and what there is to say besides."""

    code: Annotated[str, StringConstraints(min_length=1)]
    omschrijving: Annotated[str, StringConstraints(min_length=1)]
    toelichting: Annotated[str, StringConstraints(min_length=1)] | None = None


MEESTE_MELDINGEN = 100
"""The most meldingen with one status."""


class Statusreferentie(Referentiegegevens):
    """The same of a message of StUF that was refused: its number may be any UUID."""

    traceerId: Uuid
    alsAntwoordOp: Uuid | None = None


class BerichtstatusGegevens(_Object):
    """How far a message has come, and what was found wrong with it; without ``meldingen`` nothing was."""

    referentiegegevens: Statusreferentie
    berichtstroom: Berichtstroom
    berichtstatus: Berichtstatus
    berichtstatusGewijzigdOp: AwareDatetime
    berichtOntvangenOp: AwareDatetime
    meldingen: Annotated[tuple[Statusmelding, ...], Field(min_length=1, max_length=MEESTE_MELDINGEN)] | None = None


class ZoekpadOpBerichtstroom(_Object):
    zoekpadType: Literal["ZoekpadOpBerichtstroom"]
    berichttype: Naam
    berichtsubtype: Naam | None = None
    berichtversie: Versienummer | None = None
    berichtsubversie: Versienummer | None = None
    actie: Naam | None = None
    geadresseerdeRol: Code | None = None
    geadresseerdeCode: Code | None = None


class ZoekpadOpConversatieId(_Object):
    zoekpadType: Literal["ZoekpadOpConversatieId"]
    conversatieId: Uuid


class ZoekpadOpAlsAntwoordOp(_Object):
    zoekpadType: Literal["ZoekpadOpAlsAntwoordOp"]
    alsAntwoordOp: Uuid4


Zoekpad = Annotated[
    ZoekpadOpBerichtstroom | ZoekpadOpConversatieId | ZoekpadOpAlsAntwoordOp, Field(discriminator="zoekpadType")
]
"""What ``POST /berichten/zoeken`` asks for."""

ZOEKPADEN = tuple(
    klasse.__name__ for klasse in (ZoekpadOpBerichtstroom, ZoekpadOpConversatieId, ZoekpadOpAlsAntwoordOp)
)
"""The values of zoekpadType."""


class ValidationProblemDetails(BaseModel):
    """The body of a 400 or 422. ``errors`` has texts by field, or by code when the code is the matter."""

    model_config = ConfigDict(extra="allow", frozen=True)

    type: str | None = None
    title: str | None = None
    status: int | None = None
    detail: str | None = None
    instance: str | None = None
    errors: dict[str, list[str]] = Field(default_factory=dict)


class OngeldigeMetadata(Exception):
    """The metadata is not what VSP asks. ``problem`` names every field at fault, without its value."""

    def __init__(self, problem: ValidationProblemDetails) -> None:
        super().__init__(problem.title)
        self.problem = problem


def lees_metadata(data: bytes | str) -> BerichtMetadata:
    """The metadata of a submitted message. Raises ``OngeldigeMetadata`` for a 400."""
    try:
        return BerichtMetadata.model_validate_json(data)
    except ValidationError as fout:
        gevonden = fout.errors(include_url=False, include_input=False)
        problem = ValidationProblemDetails(title="De metadata is ongeldig", status=400, errors=per_veld(gevonden))
        raise OngeldigeMetadata(problem) from None


def per_veld(fouten: Sequence[ErrorDetails], vanaf: int = 0) -> dict[str, list[str]]:
    """What is wrong, in Dutch, by the path of the field: ``referentiegegevens.traceerId``. The path begins at step ``vanaf``."""
    alle = fouten[:_MAX_FOUTEN]
    paden = [_pad(een, vanaf) for een in alle]
    zinnen: dict[str, list[str]] = {}
    for pad, een in zip(paden, alle, strict=True):
        # pydantic counts the items that are right, so a list with one wrong item is "too short" besides
        if een["type"] != "too_short" or not any(ander.startswith(f"{pad}.") for ander in paden):
            zinnen.setdefault(pad, []).append(_zin(een))
    return zinnen


def _pad(fout: ErrorDetails, vanaf: int) -> str:
    """The field at fault. Which zoekpad is asked is no step of the path, and is itself a field that may be wrong."""
    stappen = [str(stap)[:80] for stap in fout["loc"][vanaf:] if stap not in ZOEKPADEN]
    return ".".join([*stappen, _SOORT] if fout["type"].startswith("union_tag") else stappen)


_MAX_FOUTEN = 100

_SOORT = "zoekpadType"
_KEUZE = ", ".join(ZOEKPADEN)

_ZINNEN = {
    "missing": "Dit veld is verplicht.",
    "extra_forbidden": "Dit veld bestaat niet.",
    "json_invalid": "Dit is geen geldige JSON.",
    "string_pattern_mismatch": "Dit veld is geen UUID van de gevraagde versie.",
    "string_too_short": "Dit veld is te kort: minstens {min_length} teken.",
    "string_too_long": "Dit veld is te lang: hoogstens {max_length} tekens.",
    "string_type": "Dit veld is geen tekst.",
    "int_type": "Dit veld is geen geheel getal.",
    "int_parsing": "Dit veld is geen geheel getal.",
    "union_tag_invalid": f"Dit zoekpad bestaat niet; kies {_KEUZE}.",
    "union_tag_not_found": f"Kies een zoekpad: {_KEUZE}.",
    "greater_than_equal": "Dit getal is te klein: minstens {ge}.",
    "less_than_equal": "Dit getal is te groot: hoogstens {le}.",
    "too_short": "Deze lijst is te kort: minstens {min_length}.",
    "too_long": "Deze lijst is te lang: hoogstens {max_length}.",
}


def _zin(fout: ErrorDetails) -> str:
    context: dict[str, Any] = fout.get("ctx", {})
    return _ZINNEN.get(fout["type"], "Dit veld heeft niet de juiste vorm.").format(**context)


def als_json(object_: BaseModel) -> dict[str, Any]:
    """An object as JSON, without the fields that are not there."""
    return object_.model_dump(mode="json", exclude_none=True)
