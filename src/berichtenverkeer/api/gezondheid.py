"""For the operator: does the process live, and can it reach its database."""

from fastapi import APIRouter
from sqlalchemy import text

from .. import __version__
from .knooppunt import HetKnooppunt
from .problemen import antwoorden

router = APIRouter(tags=["beheer"])


@router.get("/gezondheid", responses=antwoorden())
def gezondheid(knooppunt: HetKnooppunt) -> dict[str, str]:
    """Antwoordt als het knooppunt en zijn database bereikbaar zijn: of het verzoeken kan krijgen."""
    with knooppunt.engine.connect() as verbinding:
        verbinding.execute(text("SELECT 1"))
    return {"status": "goed", "versie": __version__}


@router.get("/gezondheid/live", responses=antwoorden())
async def leeft() -> dict[str, str]:
    """Antwoordt zolang het proces leeft, ook als de database weg is: zolang helpt opnieuw starten niet."""
    return {"status": "leeft", "versie": __version__}
