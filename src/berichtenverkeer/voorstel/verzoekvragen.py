"""The questions that a request of an aanbieder answers, declared as the others (``vragen``)."""

from dataclasses import fields
from typing import Annotated

from pydantic import Field

from ..invoer import Bedrag, Bsn, Dag, Gemeentecode, Nummer, TweeCijfers
from ..standaard.domein import Domein
from .opstellen.aanvraag import Aangevraagd, Persoon
from .opstellen.wijziging import Wens
from .vragen import MetIdentificatie, OpToewijzing

Naamdeel = Annotated[str, Field(min_length=1, max_length=200)]


class Verzoekvraag(MetIdentificatie):
    """What a request says of a product, and of itself."""

    referentie: Annotated[str, Field(pattern="^[A-Za-z0-9_.-]{1,20}$")] | None = Field(
        None, description="ReferentieAanbieder, hoogstens 20 letters en cijfers; anders volgt zij uit de vraag"
    )
    vanaf: Dag | None = Field(None, description="vanaf welke dag u het vraagt")
    einddatum: Dag | None = Field(None, description="tot en met welke dag u het vraagt")
    volume: Bedrag | None = Field(None, description="hoeveel, per `frequentie`")
    eenheid: TweeCijfers | None = Field(None, description="waarin `volume` telt, zoals 04 uur (WJ756)")
    frequentie: Annotated[str, Field(pattern="^[0-9]$")] | None = Field(
        None, description="per wat `volume` is, zoals 2 week of 6 hele looptijd (WMO757)"
    )
    budget: Bedrag | None = Field(None, description="eurocent")
    categorie: TweeCijfers | None = Field(None, description="productcategorie")
    code: Annotated[str, Field(min_length=1, max_length=5)] | None = Field(None, description="productcode")


class WijzigingVraag(Verzoekvraag, OpToewijzing):
    """What a 317 asks of a toewijzing; what is not said stays as it is."""

    reden: Annotated[str, Field(pattern="^[0-9]$")] | None = Field(None, description="RedenVerzoek (WJ758)")
    open_einde: bool = Field(False, description="vraag een toewijzing zonder einddatum")

    @property
    def wens(self) -> Wens:
        """What is asked to be otherwise."""
        return Wens(**{veld.name: getattr(self, veld.name) for veld in fields(Wens)})


class Productvraag(Verzoekvraag):
    """What a 315 asks for a client."""

    verwijzer: TweeCijfers | None = Field(None, description="wie verwees (COD327)")
    verwijzer_naam: Annotated[str, Field(min_length=1, max_length=64)] | None = Field(
        None, description="naam van wie verwees, als er geen `zorgverlener` is"
    )
    zorgverlener: Annotated[str, Field(pattern="^[0-9]{8}$")] | None = Field(
        None, description="AGB-code van wie verwees"
    )
    beschikkingnummer: Nummer | None = Field(None, description="BeschikkingNummer, als er een beschikking is")
    beschikking_ingangsdatum: Dag | None = Field(None, description="met `beschikkingnummer`")
    raamcontract: Annotated[str, Field(pattern="^[12]$")] | None = Field(
        None, description="valt het onder een raamcontract: 1 ja, 2 nee"
    )
    gezagsdrager_bekend: Annotated[str, Field(pattern="^[12]$")] | None = Field(
        None, description="weet wie het gezag heeft ervan: 1 ja, 2 nee (alleen iJw)"
    )
    commentaar: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        None, description="toelichting voor de gemeente"
    )

    @property
    def aangevraagd(self) -> Aangevraagd:
        """What is asked for."""
        return Aangevraagd(**{veld.name: getattr(self, veld.name) for veld in fields(Aangevraagd)})


class AanvraagVraag(Productvraag, OpToewijzing):
    """What a 315 asks for the client of a toewijzing."""


class NieuweClientVraag(Productvraag):
    """What a 315 asks for a client of whom the aanbieder has no toewijzing, and who that is."""

    domein: Domein = Field(description="de wet")
    gemeente: Gemeentecode = Field(description="CBS-code van de gemeente waar u het vraagt", examples=["0344"])
    bsn: Bsn = Field(description="van de cliënt")
    geslachtsnaam: Naamdeel | None = Field(None, description="van de cliënt, zonder voorvoegsel")
    voorvoegsel: Annotated[str, Field(min_length=1, max_length=10)] | None = Field(
        None, description="van de geslachtsnaam, zoals van der"
    )
    voornamen: Naamdeel | None = Field(None, description="van de cliënt")
    voorletters: Annotated[str, Field(min_length=1, max_length=6)] | None = Field(
        None, description="van de cliënt, zonder punten"
    )
    geboortedatum: Dag | None = Field(None, description="van de cliënt")
    geslacht: Annotated[str, Field(pattern="^[0-9]$")] | None = Field(None, description="van de cliënt (COD046)")

    @property
    def persoon(self) -> Persoon:
        """Who it is asked for."""
        return Persoon(**{veld.name: getattr(self, veld.name) for veld in fields(Persoon)})
