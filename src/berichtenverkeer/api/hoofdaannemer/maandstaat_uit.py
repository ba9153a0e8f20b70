"""Maandstaten as they are told: as JSON whole, as a table a row for each line, correction and contribution."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from ...hoofdaannemer.maandstaat import Maandstaat, Maandstaattoestand
from ...hoofdaannemer.tarief import Eenheid
from ...standaard.domein import Domein
from ...tabellen.model import Eurocent
from .velden import Getal, Keuzewaarden

_MAAND = Field(examples=["2026-07"])
Tariefeenheid = Annotated[str, Field(json_schema_extra={"enum": [str(een) for een in Eenheid]})]
"""By its words: the standard has another Eenheid."""


class MaandstaatRegel(BaseModel):
    """Days of one inzet in the month at one tariff."""

    inzet: str
    gemeente: str
    domein: Domein
    toewijzingnummer: int
    segment: str
    klasse: str
    eenheid: Tariefeenheid | None
    van: date
    tot: date
    dagen: int
    aantal: int | None
    tarief: Eurocent | None = Field(description="eurocent; leeg: er is geen tarief")
    bedrag: Eurocent = Field(description="eurocent")
    berekening: list[str]


class MaandstaatCorrectie(BaseModel):
    """What a fixed month comes to more or less for one inzet."""

    maand: str = _MAAND
    inzet: str
    bedrag: Eurocent = Field(description="eurocent")
    berekening: list[str]


class MaandstaatBijdrage(BaseModel):
    """The contribution over a month and segment; over an earlier month what it is more or less."""

    maand: str = _MAAND
    segment: str
    percentage: Getal | None
    grondslag: Eurocent = Field(description="eurocent")
    bedrag: Eurocent = Field(description="eurocent; gaat van het totaal af")


class MaandstaatUit(BaseModel):
    """What one partner may invoice over one month; amounts in eurocent."""

    maand: str = _MAAND
    partner: str
    toestand: Maandstaattoestand
    nummer: str | None = Field(description="van een vastgestelde", examples=["2026-07/dekker/1"])
    regels: list[MaandstaatRegel]
    correcties: list[MaandstaatCorrectie]
    subtotaal: Eurocent
    correctie: Eurocent
    bijdragen: list[MaandstaatBijdrage]
    totaal: Eurocent


class Maandstaten(BaseModel):
    """The maandstaten of a month."""

    items: list[MaandstaatUit]
    keuzes: Keuzewaarden


class MaandstaatBijPartner(MaandstaatUit):
    """The same as its partner sees it: beside it whose it is, and the settings that it rests on."""

    hoofdaannemer: str = Field(examples=["99990011"])
    keuzes: Keuzewaarden


class MaandstatenBijPartner(BaseModel):
    """The maandstaten of a month of one partner."""

    items: list[MaandstaatBijPartner]


class Maandstaatrij(BaseModel):
    """A maandstaat as rows of a table; ``maand`` is that of the maandstaat, ``over_maand`` the one it is about. ``bedrag`` adds up to
    the totaal: a contribution is negative."""

    maand: str
    partner: str
    toestand: Maandstaattoestand
    nummer: str | None
    soort: str
    over_maand: str
    inzet: str | None = None
    gemeente: str | None = None
    domein: Domein | None = None
    toewijzingnummer: int | None = None
    segment: str | None = None
    klasse: str | None = None
    eenheid: Tariefeenheid | None = None
    van: date | None = None
    tot: date | None = None
    dagen: int | None = None
    aantal: int | None = None
    tarief: Eurocent | None = None
    percentage: Getal | None = None
    grondslag: Eurocent | None = None
    bedrag: Eurocent
    berekening: list[str] = []


class MaandstaatrijBijPartner(Maandstaatrij):
    """The same as its partner sees it."""

    hoofdaannemer: str


def maandstaat_uit(staat: Maandstaat) -> MaandstaatUit:
    """A maandstaat as an answer."""
    return MaandstaatUit(
        maand=str(staat.maand),
        partner=staat.partner,
        toestand=staat.toestand,
        nummer=staat.nummer,
        regels=[
            MaandstaatRegel(**{naam: getattr(regel, naam) for naam in MaandstaatRegel.model_fields})
            for regel in staat.regels
        ],
        correcties=[
            MaandstaatCorrectie(
                maand=str(een.maand), inzet=een.inzet, bedrag=een.bedrag, berekening=list(een.berekening)
            )
            for een in staat.correcties
        ],
        subtotaal=staat.subtotaal,
        correctie=staat.correctie,
        bijdragen=[
            MaandstaatBijdrage(
                maand=str(een.maand),
                segment=een.segment,
                percentage=een.percentage,
                grondslag=een.grondslag,
                bedrag=een.bedrag,
            )
            for een in staat.bijdragen
        ],
        totaal=staat.totaal,
    )


def maandstaat_bij_partner(hoofdaannemer: str, staat: Maandstaat) -> MaandstaatBijPartner:
    """A maandstaat as an answer to its partner."""
    keuzes = {"deelmaand": str(staat.deelmaand)}
    return MaandstaatBijPartner(hoofdaannemer=hoofdaannemer, keuzes=keuzes, **dict(maandstaat_uit(staat)))


def als_rijen(staat: MaandstaatUit) -> Iterator[Maandstaatrij]:
    """The same as rows."""
    vast = {"maand": staat.maand, "partner": staat.partner, "toestand": staat.toestand, "nummer": staat.nummer}
    for regel in staat.regels:
        yield Maandstaatrij(**vast, soort="regel", over_maand=staat.maand, **dict(regel))
    for een in staat.correcties:
        velden = dict(een)
        yield Maandstaatrij(**vast, soort="correctie", over_maand=velden.pop("maand"), **velden)
    for bijdrage in staat.bijdragen:
        velden = dict(bijdrage) | {"bedrag": -bijdrage.bedrag}
        yield Maandstaatrij(**vast, soort="bijdrage", over_maand=velden.pop("maand"), **velden)
