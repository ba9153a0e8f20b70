"""What lies ready for a gemeente, as envelopes of StUF: Di01, Du01 and Fo01."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import Connection

from ...opslag.berichten import enveloppen
from ...partijen.partij import Partij
from ..envelop.stuf import StufBerichtcode, schrijf, schrijf_tijdstip
from ..envelop.vsp import Berichtstatus, Statusmelding
from ..zendingen.poststuk import van_bericht
from ..zendingen.status import standen

_HOOGSTENS = 250


class GgkItem(BaseModel):
    """An envelope that lies ready. ``functie`` of a Fo01 is that of what it refuses."""

    referentienummer: str
    crossRefnummer: str | None = None
    berichtcode: StufBerichtcode
    functie: str = Field(examples=["WMO305"])
    zender: str
    ontvangenOp: datetime
    url: str


class GgkStatus(BaseModel):
    """How far a message has come, and all that was found wrong with it."""

    referentienummer: str
    crossRefnummer: str | None = None
    functie: str = Field(examples=["WMO301", "Fo01"])
    status: Berichtstatus
    meldingen: list[Statusmelding]


def wachtend(
    verbinding: Connection, partij: str, limiet: int, basis_url: str, antwoord_325: StufBerichtcode
) -> list[GgkItem]:
    """The oldest of what lies ready for a party and was not acknowledged, at most ``limiet``. ``antwoord_325`` is the
    envelope of a 325."""
    items = [
        _item(rij, van_bericht(rij).berichtcode(antwoord_325), rij["berichtsoort"], rij["verzender"], basis_url)
        for rij in enveloppen.wachtend(verbinding, partij, limiet)
    ]
    items += [
        _item(rij, StufBerichtcode.FO01, rij["functie"], rij["zender"], basis_url)
        for rij in enveloppen.foutberichten(verbinding, partij, limiet, met_inhoud=False)
    ]
    return sorted(items, key=lambda item: item.ontvangenOp)[:limiet]


def envelop(
    verbinding: Connection, partij: str, nummer: str, bevestigd_na: datetime, antwoord_325: StufBerichtcode
) -> bytes | None:
    """The envelope that lies ready under this number, unless it was acknowledged before this moment.

    Its tijdstipBericht is the moment at which the message came in, so that who fetches it twice gets the same (afgeleid).
    """
    post = enveloppen.in_postvak(verbinding, (partij,), nummer)
    data = post and enveloppen.inhoud(verbinding, post, bevestigd_na)
    if post is None or data is None or post.bericht is None:
        return data
    stuk = van_bericht(enveloppen.van_bericht(verbinding, post.bericht))
    return schrijf(stuk.stuf(schrijf_tijdstip(stuk.ontvangen_op), data, antwoord_325))


def status(verbinding: Connection, partij: Partij, nummer: str) -> GgkStatus | None:
    """The status of the message with this number, if the party may see it: what it sent comes before what it received."""
    gezien = standen(verbinding, (partij,), _HOOGSTENS, traceer_id=nummer)
    zelf = (stand for stand in gezien if stand.traceer_id == nummer)
    stand = min(zelf, key=lambda een: een.zender != partij.code, default=None)
    if stand is None:
        return None
    return GgkStatus(
        referentienummer=stand.traceer_id,
        crossRefnummer=stand.als_antwoord_op,
        functie=stand.subtype,
        status=stand.status,
        meldingen=stand.meldingen(hoogstens=None),
    )


def _item(rij: Mapping[Any, Any], soort: StufBerichtcode, functie: str, zender: str, basis_url: str) -> GgkItem:
    return GgkItem(
        referentienummer=rij["traceer_id"],
        crossRefnummer=rij["als_antwoord_op"] if soort is not StufBerichtcode.DI01 else None,
        berichtcode=soort,
        functie=functie,
        zender=zender,
        ontvangenOp=rij["ontvangen_op"],
        url=f"{basis_url}/{rij['traceer_id']}",
    )
