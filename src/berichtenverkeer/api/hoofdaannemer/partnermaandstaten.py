"""What a partner may invoice over a month, as it sees that itself."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from ...bedrijfsbureau import maandstaten as bureau_
from ...hoofdaannemer.looptijd import Maand
from ...tabellen.model import kolommen
from ..antwoord.lijst import Camel
from ..rondom.route import Router
from ..tabel import DeGedaante, Gedaante, als_tabel, lijst_antwoorden
from .bureau import DeBalie
from .maandstaat_uit import MaandstaatrijBijPartner, MaandstatenBijPartner, als_rijen, maandstaat_bij_partner
from .velden import Maandtekst

router = Router(prefix="/maandstaten", tags=["maandstaten"])


class MaandstatenvraagPartner(Camel):
    """Which maandstaten."""

    maand: Maandtekst
    hoofdaannemer: str | None = Field(None, max_length=8)


@router.get("", response_model=MaandstatenBijPartner, responses=lijst_antwoorden(400, 401))
def lijst(
    balie: DeBalie, vraag: Annotated[MaandstatenvraagPartner, Query()], gedaante: DeGedaante
) -> MaandstatenBijPartner | Response:
    """Wat u over een maand bij een hoofdaannemer mag factureren, regel voor regel, met de berekening. Bedragen zijn eurocenten.

    Een concept kan nog anders worden: wacht met factureren tot het is vastgesteld en een nummer heeft. Een tabel heeft een rij voor iedere
    regel, correctie en bijdrage; hun bedragen tellen op tot het totaal.
    """
    staten = bureau_.voor_partner(balie, Maand.lees(vraag.maand), vraag.hoofdaannemer)
    uit = MaandstatenBijPartner(items=[maandstaat_bij_partner(code, staat) for code, staat in staten])
    if gedaante is Gedaante.JSON:
        return uit
    rijen = (
        MaandstaatrijBijPartner(hoofdaannemer=een.hoofdaannemer, **dict(rij))
        for een in uit.items
        for rij in als_rijen(een)
    )
    return als_tabel(gedaante, "maandstaten", kolommen(MaandstaatrijBijPartner), rijen)
