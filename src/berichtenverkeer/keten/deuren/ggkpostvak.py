"""What lies ready for a gemeente, as envelopes of StUF: Di01, Du01 and Fo01."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import Connection

from ...opslag import enveloppen
from ..envelop.stuf import Berichtcode, schrijf, schrijf_tijdstip
from ..envelop.vsp import Melding, Status
from ..zendingen.enveloppe import berichtcode_van, stuf
from .vspstatus import statussen

_HOOGSTENS = 250


class GgkItem(BaseModel):
    """An envelope that lies ready. ``functie`` of a Fo01 is that of what it refuses."""

    referentienummer: str
    crossRefnummer: str | None = None
    berichtcode: Berichtcode
    functie: str = Field(examples=["WMO305"])
    zender: str
    ontvangenOp: datetime
    url: str


class GgkStatus(BaseModel):
    """How far a message has come, and what was found wrong with it."""

    referentienummer: str
    crossRefnummer: str | None = None
    functie: str = Field(examples=["WMO301", "Fo01"])
    status: Status
    meldingen: list[Melding]


def wachtend(
    verbinding: Connection, partij: str, limiet: int, basis_url: str, antwoord_325: Berichtcode
) -> list[GgkItem]:
    """The oldest of what lies ready for a party and was not acknowledged, at most ``limiet``. ``antwoord_325`` is the
    envelope of a 325."""
    berichten = enveloppen.wachtend(verbinding, partij, limiet)
    fouten = enveloppen.foutberichten(verbinding, partij, limiet)
    items = [_item(rij, basis_url, antwoord_325) for rij in (*berichten, *fouten)]
    return sorted(items, key=lambda item: item.ontvangenOp)[:limiet]


def envelop(
    verbinding: Connection, partij: str, nummer: str, bevestigd_na: datetime, antwoord_325: Berichtcode
) -> bytes | None:
    """The envelope that lies ready under this number, unless it was acknowledged before this moment.

    Its tijdstipBericht is the moment at which the message came in, so that who fetches it twice gets the same (afgeleid).
    """
    data = enveloppen.inhoud(verbinding, partij, nummer, bevestigd_na)
    if data is None:
        return None
    for rij in enveloppen.van_traceer(verbinding, partij, nummer, _HOOGSTENS):
        if rij["traceer_id"] == nummer and rij["bestemming"] == partij and rij["aangeboden"]:
            return schrijf(stuf(rij, schrijf_tijdstip(rij["ontvangen_op"]), data, antwoord_325=antwoord_325))
    los = enveloppen.zonder_bericht(verbinding, partij, _HOOGSTENS, nummer)
    is_fout = any(r["foutbericht"] and r["traceer_id"] == nummer and r["ontvanger"] == partij for r in los)
    return data if is_fout else None


def status(verbinding: Connection, partij: str, nummer: str) -> GgkStatus | None:
    """The status of the message with this number, if the party may see it: what it sent comes before what it received."""
    for een in statussen(verbinding, (partij,), _HOOGSTENS, traceer_id=nummer):
        if een.traceerId == nummer:
            return GgkStatus(
                referentienummer=een.traceerId,
                crossRefnummer=een.alsAntwoordOp,
                functie=een.berichtsubtype,
                status=een.status,
                meldingen=een.meldingen,
            )
    return None


def _item(rij: Mapping[Any, Any], basis_url: str, antwoord_325: Berichtcode) -> GgkItem:
    is_bericht = "berichtsoort" in rij
    soort = berichtcode_van(rij, antwoord_325) if is_bericht else Berichtcode.FO01
    return GgkItem(
        referentienummer=rij["traceer_id"],
        crossRefnummer=rij["als_antwoord_op"] if soort is not Berichtcode.DI01 else None,
        berichtcode=soort,
        functie=rij["berichtsoort"] if is_bericht else rij["functie"],
        zender=rij["verzender"] if is_bericht else rij["zender"],
        ontvangenOp=rij["ontvangen_op"],
        url=f"{basis_url}/{rij['traceer_id']}",
    )
