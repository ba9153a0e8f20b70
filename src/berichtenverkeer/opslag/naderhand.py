"""What was seen without anything being written, put in the log by itself."""

from sqlalchemy import Engine

from ..optreden import gaande
from . import logboek
from .database import schrijvend


def noteer_gezienen(engine: Engine) -> None:
    """Note who was seen in what is under way here and is not noted yet; to be called before it is shown."""
    nu = gaande()
    if nu is None or not nu.gezien:
        return
    personen = nu.gezien
    with schrijvend(engine, noteer=False) as verbinding:
        logboek.schrijf(verbinding, logboek.INZAGE, logboek.regels_van(nu, personen, logboek.GELUKT))
    nu.noteer(personen)
