"""What partners may invoice over a month, and fixing it."""

from typing import Annotated

from fastapi import Path, Query, Response
from pydantic import Field

from ...bedrijfsbureau import maandstaten as bureau_
from ...hoofdaannemer.looptijd import Maand
from ...tabellen.model import kolommen
from ..antwoord.lijst import Camel
from ..antwoord.problemen import antwoorden
from ..rondom.knooppunt import Nu
from ..rondom.route import Router
from ..tabel import DeGedaante, Gedaante, als_tabel, lijst_antwoorden
from .bureau import WORTEL, BureauOfNiets, HetBureau
from .maandstaat_uit import Maandstaatrij, MaandstaatUit, Maandstaten, als_rijen, maandstaat_uit
from .velden import Maandtekst, Partnercode

router = Router(prefix=f"{WORTEL}/maandstaten", tags=["hoofdaannemer maandstaten"])


class Maandstatenvraag(Camel):
    """Which maandstaten."""

    maand: Maandtekst
    partner: str | None = Field(None, max_length=8)


@router.get("", response_model=Maandstaten, responses=lijst_antwoorden(400, 401))
def lijst(
    bureau: BureauOfNiets, vraag: Annotated[Maandstatenvraag, Query()], gedaante: DeGedaante
) -> Maandstaten | Response:
    """Wat uw partners over een maand mogen factureren, regel voor regel, met de berekening. Bedragen zijn eurocenten.

    Wat nog niet is vastgesteld, is een concept: zo komt de maand nu uit. Een tabel heeft een rij voor iedere regel, correctie en
    bijdrage; hun bedragen tellen op tot het totaal.
    """
    uit = Maandstaten(items=[], keuzes={})
    if bureau is not None:
        staten, keuzes = bureau_.maandstaten(bureau, Maand.lees(vraag.maand), vraag.partner)
        uit = Maandstaten(items=[maandstaat_uit(staat) for staat in staten], keuzes=keuzes)
    if gedaante is Gedaante.JSON:
        return uit
    rijen = (rij for staat in uit.items for rij in als_rijen(staat))
    return als_tabel(gedaante, "maandstaten", kolommen(Maandstaatrij), rijen)


@router.post("/{maand}/{partner}/vaststellen", responses=antwoorden(400, 401, 404, 409, 422))
def stel_vast(
    maand: Annotated[Maandtekst, Path()], partner: Annotated[Partnercode, Path()], bureau: HetBureau, nu: Nu
) -> MaandstaatUit:
    """Stel de maandstaat van een partner vast. Zij krijgt een nummer en verandert nooit meer; wat later anders uitkomt, is een correctie."""
    return maandstaat_uit(bureau_.stel_vast(bureau, Maand.lees(maand), partner, bureau.code, nu))
