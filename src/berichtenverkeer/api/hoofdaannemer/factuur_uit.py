"""Invoices of partners as they are asked about and told."""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from ...hoofdaannemer.factuur import Beoordeeld, Controle, Factuurregel, Ontbreekt, Post, Uitkomst
from ...hoofdaannemer.looptijd import Maand
from ...hoofdaannemer.toegewezen import Kenmerk
from ...invoer import Gemeentecode, Invoer
from ...standaard.domein import Domein
from ...tabellen.model import Eurocent
from .velden import Keuzewaarden, Klassenaam, Maandtekst, Partnercode


class TeControlerenFactuurregel(Invoer):
    """One line of an invoice."""

    factuurnummer: str = Field(min_length=1, max_length=100, examples=["F-2026-07"])
    partner: Partnercode
    maand: Maandtekst
    gemeente: Gemeentecode
    toewijzingnummer: int = Field(ge=0, le=999_999_999)
    domein: Domein
    klasse: Klassenaam
    bedrag: int = Field(ge=-999_999_999, le=999_999_999, description="eurocent; een credit onder nul", examples=[36300])


class FactuurVraag(Invoer):
    """An invoice to check."""

    regels: list[TeControlerenFactuurregel] = Field(min_length=1, max_length=100_000)


class FactuurregelUit(BaseModel):
    """A line with what is said of it; amounts in eurocent."""

    factuurnummer: str
    partner: str
    maand: str = Field(examples=["2026-07"])
    gemeente: str
    toewijzingnummer: int
    domein: Domein
    klasse: str
    bedrag: Eurocent
    uitkomst: str = Field(json_schema_extra={"enum": [str(een) for een in Uitkomst]})
    verwacht: Eurocent | None = Field(description="wat er over deze maand nog te factureren is; leeg: onbekend")
    gefactureerd: Eurocent
    eerder: list[str] = Field(
        [], description="nummers waarop het al stond, de oudste eerst", exclude_if=lambda n: not n
    )
    uitleg: str


class NietGefactureerd(BaseModel):
    """What is not on the invoice, while its partner and month are."""

    partner: str
    maand: str = Field(examples=["2026-07"])
    gemeente: str
    toewijzingnummer: int
    domein: Domein
    klasse: str
    verwacht: Eurocent


class FactuurTotaal(BaseModel):
    """All of it; ``verwacht`` with what is missing."""

    verwacht: Eurocent
    gefactureerd: Eurocent
    verschil: Eurocent = Field(description="gefactureerd min verwacht")


class FactuurControle(BaseModel):
    """An invoice as it was checked."""

    regels: list[FactuurregelUit]
    niet_gefactureerd: list[NietGefactureerd]
    totaal: FactuurTotaal
    keuzes: Keuzewaarden


def factuurregels(vraag: FactuurVraag) -> list[Factuurregel]:
    """The lines of a question."""
    return [
        Factuurregel(
            rij.factuurnummer,
            Post(
                rij.partner, Maand.lees(rij.maand), Kenmerk(rij.gemeente, rij.domein, rij.toewijzingnummer), rij.klasse
            ),
            rij.bedrag,
        )
        for rij in vraag.regels
    ]


def controle_uit(controle: Controle, keuzes: dict[str, str]) -> FactuurControle:
    """A checked invoice as an answer."""
    return FactuurControle(
        regels=[_regel(een) for een in controle.regels],
        niet_gefactureerd=_ontbreekt(controle.niet_gefactureerd),
        totaal=FactuurTotaal(
            verwacht=controle.verwacht, gefactureerd=controle.gefactureerd, verschil=controle.verschil
        ),
        keuzes=keuzes,
    )


def _post(post: Post) -> dict[str, object]:
    return {"partner": post.partner, "maand": str(post.maand), "klasse": post.klasse, **post.toewijzing._asdict()}


def _regel(een: Beoordeeld) -> FactuurregelUit:
    return FactuurregelUit.model_validate(
        _post(een.regel.post)
        | {
            "factuurnummer": een.regel.factuurnummer,
            "bedrag": een.regel.bedrag,
            "uitkomst": een.uitkomst,
            "verwacht": een.verwacht,
            "gefactureerd": een.gefactureerd,
            "eerder": list(een.eerder),
            "uitleg": een.uitleg,
        }
    )


def _ontbreekt(alle: Sequence[Ontbreekt]) -> list[NietGefactureerd]:
    return [NietGefactureerd.model_validate(_post(een.post) | {"verwacht": een.verwacht}) for een in alle]
