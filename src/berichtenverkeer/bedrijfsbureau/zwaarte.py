"""The questionnaire, and filling it in for a toewijzing (contract, Weight of a case)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from ..hoofdaannemer.fouten import NietGevonden
from ..hoofdaannemer.zwaarte import Beoordeling, Vragenlijst, beoordeel, lees_vragenlijst
from ..opslag import teller
from ..opslag.bureau import hoofdaannemers, inzetten
from .bureau import Bedrijfsbureau, handelend, kijkend


def vragenlijst(bureau: Bedrijfsbureau) -> Vragenlijst:
    """The questionnaire that was loaded. Raises ``NietGevonden``."""
    with kijkend(bureau.engine, bureau.code) as zitting:
        return _lijst(zitting.verbinding, bureau.code)


def vul_in(
    bureau: Bedrijfsbureau, antwoorden: Mapping[str, object], toewijzing: str | None, wie: str, nu: datetime
) -> Beoordeling:
    """What answers come to; kept on a toewijzing, when one is given by its id. Raises ``Geweigerd`` with the questions that lack, and
    ``NietGevonden`` without a questionnaire, or for a toewijzing of others."""
    if toewijzing is None:
        return beoordeel(vragenlijst(bureau), antwoorden)
    with handelend(bureau.engine, bureau.code) as zitting:
        if inzetten.toewijzing(zitting.verbinding, bureau.code, toewijzing) is None:
            raise NietGevonden("Deze toewijzing")
        uitkomst = beoordeel(_lijst(zitting.verbinding, bureau.code), antwoorden)
        nummer = teller.volgnummers(zitting.verbinding, 1)
        hoofdaannemers.bewaar_zwaarte(zitting.verbinding, bureau.code, nummer, toewijzing, uitkomst, wie, nu)
        return uitkomst


def ingevuld(verbinding: Connection, code: str, toewijzing: str) -> list[tuple[datetime, str, Beoordeling]]:
    """What was filled in on a toewijzing of this hoofdaannemer, oldest first: when, by whom, and what it came to."""
    return hoofdaannemers.zwaartes(verbinding, code, toewijzing)


def _lijst(verbinding: Connection, code: str) -> Vragenlijst:
    inhoud = hoofdaannemers.vragenlijst(verbinding, code)
    if inhoud is None:
        raise NietGevonden("De vragenlijst")
    return lees_vragenlijst(inhoud)
