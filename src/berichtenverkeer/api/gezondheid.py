"""For the operator: does the process live, and can it reach its database."""

from fastapi import APIRouter

from .. import __version__
from ..versleuteling.bestand import sleutelbos
from .knooppunt import HetKnooppunt
from .problemen import antwoorden

router = APIRouter(tags=["beheer"])


@router.get("/gezondheid", responses=antwoorden())
async def gezondheid(knooppunt: HetKnooppunt) -> dict[str, str]:
    """Antwoordt als het knooppunt en zijn database bereikbaar zijn: of het verzoeken kan krijgen. `versleuteld` zegt of
    persoonsgegevens versleuteld in de database staan."""
    await knooppunt.register.straks()
    versleuteld = "nee" if sleutelbos() is None else "ja"
    return {"status": "goed", "versie": __version__, "versleuteld": versleuteld}


@router.get("/gezondheid/live", responses=antwoorden())
async def leeft() -> dict[str, str]:
    """Antwoordt zolang het proces leeft, ook als de database weg is: opnieuw starten helpt dan niet."""
    return {"status": "leeft", "versie": __version__}
