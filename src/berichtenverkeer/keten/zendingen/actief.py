"""Whether a functie takes part at the moment at which a message comes in, in the code of the chain."""

from datetime import datetime

from ...partijen.schakelaar import NietActief, Schakelbord
from ...standaard.berichtsoort import Berichtsoort
from ..envelop.fouten import Afgekeurd


def eis_actief(bord: Schakelbord, soort: Berichtsoort, moment: datetime, ontvanger: str = "") -> None:
    """Raises ``Afgekeurd`` IB023 for what is switched off or frozen, for who receives it."""
    try:
        bord.keur(soort, moment, ontvanger)
    except NietActief as fout:
        raise Afgekeurd("IB023", fout.melding, fout.advies) from None
