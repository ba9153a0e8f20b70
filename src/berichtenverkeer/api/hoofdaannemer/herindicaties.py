"""What is to be done before toewijzingen end."""

from dataclasses import fields
from datetime import date

from fastapi import Response
from pydantic import BaseModel, Field

from ...bedrijfsbureau import herindicaties as bureau_
from ...hoofdaannemer.herindicatie import Herindicatie, HerindicatieWachtOp, Stap
from ...standaard.domein import Domein
from ..rondom.knooppunt import Nu
from ..rondom.route import Router
from ..tabel import DeGedaante, in_gedaante, lijst_antwoorden
from .bureau import WORTEL, BureauOfNiets
from .velden import Keuzewaarden

router = Router(prefix=f"{WORTEL}/herindicaties", tags=["hoofdaannemer herindicaties"])


class HerindicatieStap(BaseModel):
    """A step that was done: the day on which it came in, and who did it."""

    op: date
    wie: str


class HerindicatieStappen(BaseModel):
    """The five steps, each empty while it is open."""

    stop_37: HerindicatieStap | None
    evaluatie: HerindicatieStap | None
    opvolger: HerindicatieStap | None
    start: HerindicatieStap | None
    inzorgmelding: HerindicatieStap | None


class HerindicatieUit(BaseModel):
    """A toewijzing that ends about now, and what is done and to be done for what follows it."""

    toewijzing: str
    gemeente: str
    domein: Domein
    toewijzingnummer: int
    client: str = Field(description="Bsn", examples=["999900006"])
    partner: str | None
    einddatum: date
    uiterlijk: date = Field(description="dan is de partner klaar met zijn stappen")
    stappen: HerindicatieStappen
    wacht_op: HerindicatieWachtOp
    te_laat: bool
    opvolger: str | None = Field(description="het id van de toewijzing die erop volgt; leeg: die is er nog niet")


class Herindicaties(BaseModel):
    """The list of today."""

    items: list[HerindicatieUit]
    keuzes: Keuzewaarden


@router.get("", response_model=Herindicaties, responses=lijst_antwoorden(400, 401))
def lijst(bureau: BureauOfNiets, nu: Nu, gedaante: DeGedaante) -> Herindicaties | Response:
    """Toewijzingen die binnenkort eindigen of net voorbij zijn, met hun vijf stappen; wat het eerst eindigt, staat vooraan."""
    uit = Herindicaties(items=[], keuzes={})
    if bureau is not None:
        rijen, keuzes = bureau_.herindicaties(bureau, nu.date())
        uit = Herindicaties(items=[_uit(rij) for rij in rijen], keuzes=keuzes)
    return in_gedaante(gedaante, "herindicaties", uit)


def _uit(rij: Herindicatie) -> HerindicatieUit:
    gemeente, domein, nummer = rij.toegewezen.kenmerk
    return HerindicatieUit(
        toewijzing=rij.toegewezen.id,
        gemeente=gemeente,
        domein=domein,
        toewijzingnummer=nummer,
        client=rij.toegewezen.bsn,
        partner=rij.partner,
        einddatum=rij.einddatum,
        uiterlijk=rij.uiterlijk,
        stappen=HerindicatieStappen(
            **{stap.name: _stap(getattr(rij.stappen, stap.name)) for stap in fields(rij.stappen)}
        ),
        wacht_op=rij.wacht_op,
        te_laat=rij.te_laat,
        opvolger=rij.opvolger,
    )


def _stap(stap: Stap | None) -> HerindicatieStap | None:
    return None if stap is None else HerindicatieStap(op=stap.op, wie=stap.wie)
