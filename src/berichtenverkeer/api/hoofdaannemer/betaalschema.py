"""What a gemeente pays in a year, and paid."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field

from ...bedrijfsbureau.betaalschema import betaalschema
from ...tabellen.model import Eurocent, kolommen
from ..antwoord.lijst import GEMEENTECODE, Camel
from ..rondom.route import Router
from ..tabel import DeGedaante, Gedaante, als_tabel, lijst_antwoorden
from .bureau import WORTEL, HetBureau

router = Router(prefix=f"{WORTEL}/betaalschema", tags=["hoofdaannemer betaalschema"])


class Betaalvraag(Camel):
    """Of which gemeente and year."""

    gemeente: str = Field(pattern=GEMEENTECODE, description="CBS-code")
    jaar: int = Field(ge=1, le=9999, examples=[2026])


class BetaalschemaSegment(BaseModel):
    """A month of one segment, in eurocent."""

    segment: str
    bedrag: Eurocent
    betaald: Eurocent


class Betaalrij(BetaalschemaSegment):
    """The same as a row of a table."""

    gemeente: str
    jaar: int
    maand: str


class BetaalschemaMaand(BaseModel):
    """A month, in eurocent."""

    maand: str = Field(examples=["2026-07"])
    bedrag: Eurocent
    betaald: Eurocent
    segmenten: list[BetaalschemaSegment]


class BetaalschemaUit(BaseModel):
    """The twelve months of a gemeente and year, in eurocent."""

    gemeente: str
    jaar: int = Field(examples=[2026])
    maanden: list[BetaalschemaMaand]
    bedrag: Eurocent
    betaald: Eurocent


@router.get("", response_model=BetaalschemaUit, responses=lijst_antwoorden(400, 401, 404))
def schema(
    bureau: HetBureau, vraag: Annotated[Betaalvraag, Query()], gedaante: DeGedaante
) -> BetaalschemaUit | Response:
    """Wat een gemeente in een jaar betaalt, in twaalf delen, en wat zij betaalde. Bedragen zijn eurocenten.

    Een tabel heeft een rij voor ieder segment in iedere maand.
    """
    schema_ = betaalschema(bureau, vraag.gemeente, vraag.jaar)
    uit = BetaalschemaUit(
        gemeente=schema_.gemeente,
        jaar=schema_.jaar,
        maanden=[
            BetaalschemaMaand(
                maand=str(maand.maand),
                bedrag=maand.bedrag,
                betaald=maand.betaald,
                segmenten=[
                    BetaalschemaSegment(segment=deel.segment, bedrag=deel.bedrag, betaald=deel.betaald)
                    for deel in maand.segmenten
                ],
            )
            for maand in schema_.maanden
        ],
        bedrag=schema_.bedrag,
        betaald=schema_.betaald,
    )
    if gedaante is Gedaante.JSON:
        return uit
    rijen = [
        Betaalrij(gemeente=uit.gemeente, jaar=uit.jaar, maand=maand.maand, **dict(deel))
        for maand in uit.maanden
        for deel in maand.segmenten
    ]
    return als_tabel(gedaante, "betaalschema", kolommen(Betaalrij), rijen)
