"""For the operator: is the node up, and can it reach its database."""

from fastapi import APIRouter
from sqlalchemy import text

from .. import __version__
from .knooppunt import HetKnooppunt
from .problemen import antwoorden

router = APIRouter(tags=["beheer"])


@router.get("/gezondheid", responses=antwoorden())
def gezondheid(knooppunt: HetKnooppunt) -> dict[str, str]:
    """Antwoordt als het knooppunt en zijn database bereikbaar zijn."""
    with knooppunt.engine.connect() as verbinding:
        verbinding.execute(text("SELECT 1"))
    return {"status": "goed", "versie": __version__}
