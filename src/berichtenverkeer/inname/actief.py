"""Whether what comes without an envelope takes part now. One check for all doors that take it."""

from sqlalchemy import Engine

from ..oordeel.weigering import Reden, Weigering
from ..opslag import berichten
from ..opslag.database import lees
from ..partijen.schakelaar import NietActief, Schakelbord
from .aanname import Aangeboden


def eis_actief(engine: Engine, bord: Schakelbord, a: Aangeboden) -> None:
    """See whether a message without an envelope may come in now. Raises ``Weigering``.

    One that was taken in before is answered again, whatever is switched since.
    """
    try:
        bord.keur(a.soort, a.nu)
    except NietActief as fout:
        if not lees(engine, lambda verbinding: berichten.bekend(verbinding, a.id)):
            raise Weigering(Reden.FUNCTIE_NIET_ACTIEF, fout.melding, fout.advies) from None
