"""Values that more nouns of the back-office have, as they are asked for and told."""

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, PlainSerializer, WithJsonSchema

from ...hoofdaannemer.bezetting import Kwartaal
from ...hoofdaannemer.looptijd import Looptijd, Maand
from ...opslag.bureau.inzetten import Inzetrij
from ..antwoord.problemen import LooptijdUit


def _maand(tekst: str) -> str:
    """The text of a month. What is none is not told again: anything can stand in it."""
    with suppress(ValueError):
        Maand.lees(tekst)
        return tekst
    raise ValueError("Dit is geen maand; schrijf haar als 2026-07.")


def _kwartaal(tekst: str) -> str:
    """The same of a quarter."""
    with suppress(ValueError):
        Kwartaal.lees(tekst)
        return tekst
    raise ValueError("Dit is geen kwartaal; schrijf het als 2026-Q3.")


Maandtekst = Annotated[str, AfterValidator(_maand), Field(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$", examples=["2026-07"])]
"""A month in a question."""

Kwartaaltekst = Annotated[str, AfterValidator(_kwartaal), Field(pattern="^[0-9]{4}-Q[1-4]$", examples=["2026-Q3"])]
"""A quarter in a question."""

Id = Annotated[str, Field(max_length=64, examples=["7d444840-9dc0-4ad1-a5b8-0f1f3a1c2e11"])]
Partnercode = Annotated[str, Field(min_length=1, max_length=8, examples=["dekker"])]
Segmentnaam = Annotated[str, Field(min_length=1, max_length=100, examples=["begeleiding"])]
Klassenaam = Annotated[str, Field(min_length=1, max_length=100, examples=["licht"])]
Redentekst = Annotated[str, Field(max_length=1000, examples=["De cliënt verhuist."])]

Getal = Annotated[
    Decimal,
    PlainSerializer(float, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number", "examples": [15]}),
]
"""A number that need not be whole, in an answer."""

Keuzewaarden = Annotated[
    Mapping[str, str],
    Field(
        description="de instellingen van de hoofdaannemer waarop de cijfers berusten",
        examples=[{"deelmaand": "naar-rato"}],
    ),
]


def looptijd_uit(looptijd: Looptijd | None) -> LooptijdUit | None:
    """A period as an answer."""
    return None if looptijd is None else LooptijdUit(van=looptijd.van, tot=looptijd.tot)


def effectief(rij: Inzetrij) -> LooptijdUit | None:
    """The days of an inzet that count."""
    return looptijd_uit(rij.effectief)
