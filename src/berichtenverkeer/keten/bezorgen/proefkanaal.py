"""Proefmodus: the way to an endpoint on which goes wrong what was asked for."""

import uuid
from dataclasses import dataclass, replace

from ...klok import Klok
from ..envelop.stuf import (
    MAX_SOAP,
    Bevestiging,
    Foutbericht,
    Stuurgegevens,
    bevestig,
    lees_soap,
    schrijf_soap,
    weiger,
)
from .kanaal import Antwoord, Kanaal, KanaalFout
from .proef import Storing, Storingen

_GOED, _MIS = 200, 500


@dataclass(frozen=True)
class Storingskanaal:
    """The way ``kanaal``, with what is to go wrong on it. Who it goes to stands on the envelope: more parties may share an
    endpoint."""

    kanaal: Kanaal
    storingen: Storingen
    klok: Klok

    async def __call__(self, url: str, data: bytes, soapactie: str) -> Antwoord:
        """Send a request, as ``kanaal`` does. Raises ``KanaalFout``, and ``TimeoutError`` when that was asked for."""
        stuur = lees_soap(data, MAX_SOAP).stuurgegevens
        assert stuur is not None  # we wrote it
        storing = self.storingen.bij_bezorgen(stuur.ontvanger.organisatie)
        if storing is None:
            return await self.kanaal(url, data, soapactie)
        if storing.soort in ("antwoord_kwijt", "verkeerd_crossrefnummer"):
            await self.kanaal(url, data, soapactie)
        return self._antwoord(storing, stuur)

    def _antwoord(self, storing: Storing, stuur: Stuurgegevens) -> Antwoord:
        match storing.soort:
            case "http":
                return Antwoord(storing.status, b"")
            case "time_out":
                raise TimeoutError
            case "verkeerd_crossrefnummer":
                ander = replace(stuur, referentienummer=_nummer())
                return _soap(_GOED, bevestig(ander, _nummer, self.klok(), stuur.ontvanger))
            case "fo03":
                return _soap(_MIS, weiger("StUF046", stuur, _nummer, self.klok(), zender=stuur.ontvanger))
        raise KanaalFout("Er was geen antwoord: een storing van de proefmodus.")


def _nummer() -> str:
    return str(uuid.uuid4())


def _soap(status: int, bericht: Bevestiging | Foutbericht) -> Antwoord:
    return Antwoord(status, schrijf_soap(bericht))
