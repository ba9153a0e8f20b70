"""The questions that a proposal answers. What can be asked is declared here only: HTTP takes a question as it is, the command line
asks an option a field, and the descriptions are what both say of it."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, WithJsonSchema
from pydantic_core.core_schema import (
    CoreSchema,
    plain_serializer_function_ser_schema,
    with_info_plain_validator_function,
)

from ..invoer import EIS_DAG, GETYPT, Bedrag, Bsn, Dag, Gemeentecode, Invoer, Nummer, TweeCijfers
from ..levensloop.rekenen.periode import Periode
from ..standaard.berichten.basis import Omvang, Product
from ..standaard.berichten.toewijzing import Contact
from ..standaard.domein import Domein
from .declareren.cellen import lees_maand
from .declareren.herstel import Prestatieherstel
from .declareren.verbetering import Correctie
from .opstellen.conversie import CONTRACTWIJZIGING
from .opstellen.vot import Afwijking

Reden = Annotated[str, Field(pattern="^[0-9]{1,2}$")]
_MAAND = "^[1-9][0-9]{3}-(0[1-9]|1[0-2])$"


def _maand(waarde: Any, info: ValidationInfo) -> Periode:
    if isinstance(waarde, str) and (info.context == GETYPT or re.fullmatch(_MAAND, waarde)):
        return lees_maand(waarde)
    raise ValueError("Dit is geen maand; schrijf JJJJ-MM, zoals 2026-03.")


def _als_maand(periode: Periode) -> str:
    return f"{periode.begin:%Y-%m}"


class _Lezer:
    """Reads and writes a month; what pydantic itself makes of a Periode would stand in the description of the API, unused."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: Any) -> CoreSchema:
        return with_info_plain_validator_function(
            _maand, serialization=plain_serializer_function_ser_schema(_als_maand)
        )


Maand = Annotated[
    Periode,
    _Lezer,
    WithJsonSchema({"type": "string", "pattern": _MAAND, "examples": ["2026-03"]}),
]
"""A month; who types it may write it as in a file of volumes."""

Wet = Annotated[Domein, WithJsonSchema({"type": "string", "enum": [str(domein) for domein in Domein]})]
"""A law, of which the description has no name of its own."""


class MetIdentificatie(Invoer):
    """A question that one message answers."""

    identificatie: Annotated[str, Field(min_length=1, max_length=12)] | None = Field(
        None, description="van het bericht, hoogstens 12 tekens; anders volgt zij uit de vraag"
    )


class VerzoekToekenning(Invoer):
    """A request to honour. Of a VOT the gemeente may assign otherwise (IV094): name only what differs; null empties."""

    verzoek: str = Field(description="ReferentieAanbieder, of id zoals bij /v1/verzoeken")
    product: Product | None = None
    ingangsdatum: Dag | None = None
    einddatum: Dag | None = None
    omvang: Omvang | None = None
    budget: Bedrag | None = Field(None, description="eurocent")

    @property
    def anders(self) -> Afwijking:
        """What is assigned otherwise than was asked, with the names of the 301."""
        genoemd: dict[str, Any] = {
            naam.capitalize(): getattr(self, naam) for naam in type(self).model_fields if naam in self.model_fields_set
        }
        del genoemd["Verzoek"]
        anders: Afwijking = Afwijking(**genoemd)  # type: ignore[typeddict-item]
        return anders


class Honorering(MetIdentificatie):
    """How requests are honoured."""

    vanaf: Dag | Literal["gewenst"] | None = Field(
        None,
        description="alleen bij een VOW: vanaf welke dag u toewijst wat vanaf een voorbije dag is gevraagd, of gewenst (IV093)",
    )
    contactgegevens: Annotated[list[Contact], Field(max_length=10)] = Field(
        [], description="van de cliënt, in de vorm van het 301; nodig als er nog geen toewijzingsbericht is"
    )
    nummers: Annotated[list[Nummer], Field(max_length=1000)] = Field(
        [], description="ToewijzingNummers voor nieuwe toewijzingen; daarna het eerste vrije nummer van de gemeente"
    )


class ToewijzingVraag(Honorering):
    """Which requests a 301 honours."""

    verzoeken: Annotated[list[VerzoekToekenning], Field(min_length=1, max_length=100)] = Field(
        description="per verzoek wat u anders toekent: product, ingangsdatum, einddatum, omvang of budget (alleen VOT)"
    )


class VerzoekAntwoordVraag(MetIdentificatie):
    """What a 319 says of a request."""

    verzoek: str = Field(description="ReferentieAanbieder, of id zoals bij /v1/verzoeken")
    antwoord: Literal["afwijzen", "onderzoek"]
    reden: Reden | None = Field(None, description="RedenAfwijzingVerzoek (WJ759)")
    gemeente: Gemeentecode | None = Field(
        None, description="CBS-code van wie verantwoordelijk is, alleen bij reden 8 (iJw)"
    )


class OpToewijzing(MetIdentificatie):
    """A question about one toewijzing."""

    toewijzing: str = Field(
        description="ToewijzingNummer, of id zoals bij /v1/toewijzingen", coerce_numbers_to_str=True
    )
    gemeente: Gemeentecode | None = Field(None, description="CBS-code, als meer gemeenten dit nummer hebben")
    domein: Domein | None = Field(None, description="de wet, als het nummer onder beide wetten voorkomt")


class StartVraag(OpToewijzing):
    """What a 305 says."""

    begindatum: Dag | None = Field(None, description="de dag waarop de levering begon")
    corrigeert: Dag | None = Field(
        None, description="Begindatum van een gemelde start die fout is: die wordt teruggenomen"
    )


class StopVraag(OpToewijzing):
    """What a 307 says."""

    einddatum: Dag | None = Field(None, description="anders de Einddatum van de toewijzing, zodra die is bereikt")
    reden: Reden | None = Field(None, description="RedenBeeindiging; anders wat uit de toewijzing volgt")
    corrigeert: bool = Field(False, description="neem de laatste stop terug, en meld haar opnieuw als u iets verbetert")


class Declaratiewijze(Invoer):
    """Which month to declare, and how; what was delivered comes with it."""

    maand: Maand = Field(description="de DeclaratiePeriode, zoals 2026-02")
    gemeente: Gemeentecode | None = Field(None, description="CBS-code (4 cijfers) van rijen die geen gemeente noemen")
    domein: Wet | None = Field(None, description="de wet van rijen die er geen noemen")
    alleen_goed: bool = Field(False, description="laat weg wat zou worden afgewezen")
    hele_uren: bool = Field(False, description="rond minuten per prestatie af op hele uren (IV079)")
    voorvoegsel: Annotated[str, Field(pattern="^[A-Za-z0-9]{1,8}$")] | None = Field(
        None, description="begin van elk DeclaratieNummer, tot 8 letters en cijfers; anders volgt het uit de vraag"
    )
    tarief_eenheid: TweeCijfers | None = Field(
        None, description="waarvoor een tarief is dat het niet zegt: 04 uur, 01 minuut"
    )


class PrestatieVraag(MetIdentificatie):
    """Which Prestatie to put right, how, and what to change in it; what is not said follows from toewijzing and contract."""

    declaratie: Annotated[str, Field(min_length=1, max_length=36)] = Field(
        description="DeclaratieNummer, of id zoals bij /v1/declaraties"
    )
    referentienummer: Annotated[str, Field(min_length=1, max_length=20)] = Field(
        description="ReferentieNummer van de prestatie"
    )
    wat: Prestatieherstel = Field(description="wat er moet gebeuren")
    maand: Maand | None = Field(
        None, description="DeclaratiePeriode, zoals 2026-02; anders de laatst gedeclareerde maand (IV090)"
    )
    toewijzingnummer: Nummer | None = Field(None, description="een andere toewijzing")
    categorie: TweeCijfers | None = Field(None, description="een andere productcategorie")
    code: Annotated[str, Field(min_length=1, max_length=5)] | None = Field(None, description="een andere productcode")
    geleverd_volume: Bedrag | None = Field(None, description="een ander GeleverdVolume")
    eenheid: TweeCijfers | None = Field(None, description="een andere eenheid")
    tarief: Bedrag | None = Field(None, description="een ander tarief, in eurocent")
    tarief_eenheid: TweeCijfers | None = Field(None, description="waarvoor `tarief` is: 04 uur, 01 minuut")

    @property
    def correctie(self) -> Correctie:
        """What is to be otherwise."""
        return Correctie(
            self.toewijzingnummer,
            self.categorie,
            self.code,
            self.geleverd_volume,
            self.eenheid,
            self.tarief,
            self.tarief_eenheid,
        )


class Conversiewijze(Invoer):
    """From when product codes are converted, and how; the table comes with it."""

    domein: Domein = Field(description="de wet")
    per: Annotated[date, Field(ge=date(1900, 1, 1)), EIS_DAG] = Field(
        description="de eerste dag van de nieuwe toewijzingen"
    )
    reden: TweeCijfers = Field(CONTRACTWIJZIGING, description="RedenWijziging van wat eindigt; 03 is contractwijziging")
    vanaf_nummer: Nummer = Field(1, description="nieuwe ToewijzingNummers zijn minstens dit, en nog niet gebruikt")


class Herindelingsvraag(Invoer):
    """What the gemeente that asks takes over of one that became a part of it, and of whom."""

    domein: Domein = Field(description="de wet")
    oud: Gemeentecode = Field(description="CBS-code van de gemeente die in u opgaat", examples=["0501"])
    vanaf_nummer: Nummer = Field(1, description="nieuwe ToewijzingNummers zijn minstens dit, en nog niet gebruikt")
    clienten: Annotated[list[Bsn], Field(max_length=10_000)] = Field(
        [], description="de Bsn’s van wie naar u gaat, als de oude gemeente is verdeeld; leeg is iedereen"
    )
