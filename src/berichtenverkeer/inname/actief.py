"""Whether what comes without an envelope takes part now. One check for all doors that take it."""

from sqlalchemy import Engine

from ..oordeel.weigering import Reden, Weigering
from ..opslag.berichten import berichten
from ..opslag.database import lees
from ..partijen.schakelaar import NietActief, Schakelbord
from .aanname import Aangeboden


def niet_actief(bord: Schakelbord, a: Aangeboden) -> Weigering | None:
    """Why a message without an envelope may not come in now, unless it did so before; None when it may."""
    try:
        bord.keur(a.soort, a.nu, a.wie.ontvanger)
    except NietActief as fout:
        return Weigering(Reden.FUNCTIE_NIET_ACTIEF, fout.melding, fout.advies)
    return None


def kwam_eerder(engine: Engine, a: Aangeboden) -> bool:
    """Whether it was taken in before: then it is answered again, whatever is switched since."""
    return lees(engine, lambda verbinding: berichten.bekend(verbinding, a.id))
