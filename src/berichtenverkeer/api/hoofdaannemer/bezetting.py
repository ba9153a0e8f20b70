"""How full the awarded places are in a quarter."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import AfterValidator, BaseModel, Field

from ...bedrijfsbureau import bezetting as bureau_
from ...hoofdaannemer.bezetting import PER, Bezetting, Bezettingsignaal, Cijfers, Groep, Kwartaal
from ..antwoord.lijst import Camel
from ..rondom.knooppunt import Nu
from ..rondom.route import Router
from ..tabel import DeGedaante, in_gedaante, lijst_antwoorden
from .bureau import WORTEL, BureauOfNiets
from .velden import Getal, Keuzewaarden, Kwartaaltekst

router = Router(prefix=f"{WORTEL}/bezetting", tags=["hoofdaannemer bezetting"])


def _per(tekst: str) -> str:
    if not set(tekst.split(",")) <= set(Groep._fields):
        raise ValueError(f"noem er van {', '.join(Groep._fields)}, met komma's ertussen")
    return tekst


class Bezettingsvraag(Camel):
    """Over which quarter, and by what."""

    kwartaal: Kwartaaltekst
    per: Annotated[str, AfterValidator(_per)] = Field(
        ",".join(PER), max_length=40, description="waarover de rijen gaan: gemeente, segment, partner of enkele daarvan"
    )


class BezettingCijfers(BaseModel):
    """Occupancy over a number of days."""

    dagen: int
    clientdagen: int = Field(description="dagen maal cliënten waarop een plek bezet was")
    bezetting: Getal
    plekken: Getal
    graad: Getal | None = Field(description="bezetting gedeeld door plekken; leeg: er zijn geen plekken")
    signaal: Bezettingsignaal | None


class BezettingUit(BezettingCijfers):
    """One row: up to and including today; what was taken together is empty."""

    gemeente: str | None
    segment: str | None
    partner: str | None
    kwartaal: str = Field(examples=["2026-Q3"])
    prognose: BezettingCijfers | None = Field(description="het hele kwartaal; leeg: dat is voorbij")


class Bezettingen(BaseModel):
    """The rows of a quarter."""

    items: list[BezettingUit]
    keuzes: Keuzewaarden


@router.get("", response_model=Bezettingen, responses=lijst_antwoorden(400, 401))
def lijst(
    bureau: BureauOfNiets, nu: Nu, vraag: Annotated[Bezettingsvraag, Query()], gedaante: DeGedaante
) -> Bezettingen | Response:
    """Hoe vol de toegekende plekken in een kwartaal zijn, tot en met vandaag, met een prognose voor het hele kwartaal."""
    uit = Bezettingen(items=[], keuzes={})
    if bureau is not None:
        rijen, keuzes = bureau_.bezetting(bureau, Kwartaal.lees(vraag.kwartaal), nu.date(), vraag.per.split(","))
        uit = Bezettingen(items=[_uit(rij) for rij in rijen], keuzes=keuzes)
    return in_gedaante(gedaante, "bezetting", uit)


def _uit(rij: Bezetting) -> BezettingUit:
    return BezettingUit(
        **rij.groep._asdict(),
        kwartaal=str(rij.kwartaal),
        **dict(_cijfers(rij.cijfers)),
        prognose=_cijfers(rij.prognose) if rij.prognose is not None else None,
    )


def _cijfers(cijfers: Cijfers) -> BezettingCijfers:
    return BezettingCijfers.model_validate(cijfers, from_attributes=True)
