"""One attempt: the request as it is sent each time, to an endpoint, and what came of it."""

import asyncio
from typing import NamedTuple

import structlog

from ...opslag.berichten.bezorgingen import Genomen
from ...spoor import spoor
from ...standaard.fouten import Berichtfout
from ..envelop.stuf import SOAPACTIES, StufBerichtcode, lees_stuf, schrijf_soap, schrijf_tijdstip
from ..envelop.stuf.schrijven import Bericht
from ..zendingen.poststuk import van_bericht
from .kanaal import Kanaal, KanaalFout
from .uitkomst import Gevolg, Uitkomst, beoordeel, mislukt

log = structlog.get_logger()


class Verzoek(NamedTuple):
    """A request: the bytes, the SOAPAction that goes with them, and the referentienummer in them."""

    data: bytes
    soapactie: str
    nummer: str


def verzoek(genomen: Genomen, antwoord_325: StufBerichtcode) -> Verzoek:
    """The request that pushes this: the same each time, for a receiver knows a repeat by its number. Its tijdstipBericht
    is the moment at which the message came in, as in the postvak. ``antwoord_325`` is the envelope of a 325. Raises ``Berichtfout`` when no envelope can be made."""
    if genomen.foutbericht is None:
        tijdstip = schrijf_tijdstip(genomen.rij["ontvangen_op"])
        bericht: Bericht = van_bericht(genomen.rij).stuf(tijdstip, genomen.inhoud, antwoord_325)
    else:
        bericht = lees_stuf(genomen.inhoud).inhoud()
    stuur = bericht.stuurgegevens
    return Verzoek(schrijf_soap(bericht), SOAPACTIES[StufBerichtcode(stuur.berichtcode)], stuur.referentienummer)


async def probeer(genomen: Genomen, kanaal: Kanaal, geduld: float, antwoord_325: StufBerichtcode) -> Uitkomst:
    """Push it once, within so many seconds. Raises nothing but that it was cancelled."""
    try:
        data, soapactie, nummer = await asyncio.to_thread(verzoek, genomen, antwoord_325)
    except Berichtfout:
        return Uitkomst(Gevolg.AFGEBROKEN, "Van dit bericht is geen geldige envelop te maken.")
    try:
        async with asyncio.timeout(geduld):
            antwoord = await kanaal(genomen.eindpunt, data, soapactie)
        return await asyncio.to_thread(beoordeel, antwoord, nummer)
    except KanaalFout as fout:
        return mislukt(str(fout))
    except TimeoutError:
        return mislukt(f"Het eindpunt antwoordde niet binnen {geduld:g} seconden.")
    except Exception as fout:
        log.error("poging liep onverwacht stuk", partij=genomen.partij, nummer=nummer, fout=spoor(fout))
        return mislukt("De poging liep onverwacht stuk in het knooppunt; het logboek zegt waar.")
