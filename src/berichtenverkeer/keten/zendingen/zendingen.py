"""Zendingen: envelopes that come in through a door of the chain, VSP or the GGK.

The door answers once a zending is stored: that promises safe keeping and good addressing, nothing more. What is in it is
looked at afterwards (``verwerker``), and what comes of that is its status.
"""

from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine

from ...oordeel.weigering import Weigering
from ...opslag.berichten import zendingen as tabel
from ...opslag.berichten.zendingen import Zendingsleutel
from ...opslag.database import schrijvend, vergrendel
from ...trace import huidige_kop
from ..envelop.fouten import Afgekeurd
from ..envelop.vsp import Berichtstatus, Statusmelding, als_json
from .deur import Deur
from .fo01 import leg_fo01_klaar
from .meldingen import Afkeuring, afkeuring


class Opname(StrEnum):
    """What came of storing a zending."""

    NIEUW = "nieuw"
    HERHAALD = "herhaald"
    ANDERE_INHOUD = "andere-inhoud"
    BEZET = "bezet"
    """Its number is that of something else in the postvak of its receiver: nothing was stored."""


@dataclass(frozen=True, slots=True)
class Zending:
    """An envelope and what is in it, as a door takes it in.

    ``traceer_id`` is the referentienummer of StUF and ``als_antwoord_op`` its crossRefnummer. ``indiener`` is who handed it
    in. A ``foutbericht`` is a Fo01, and ``functie`` that of what it refuses. ``hash`` is equal for a repeat of the same
    zending: SHA-256, hexadecimal. ``inhoud`` is the payload, raw XML or a ZIP with one; of the GGK ``omslag`` is the StUF
    message around it. Of a foutbericht, and of what the GGK refuses for its envelope, ``inhoud`` is the StUF message itself.
    """

    zender: str
    traceer_id: str
    ontvanger: str
    indiener: str
    door: Deur
    functie: str
    versie: int
    subversie: int
    applicatie: str
    applicatie_versie: str
    applicatie_subversie: str
    conversatie_id: str
    hash: str
    inhoud: bytes
    als_antwoord_op: str | None = None
    referentie_id: str | None = None
    administratie: str | None = None
    gebruiker: str | None = None
    foutbericht: bool = False
    omslag: bytes | None = None

    @property
    def sleutel(self) -> Zendingsleutel:
        """What it is known by."""
        return Zendingsleutel(self.zender, self.traceer_id)


_VELDEN = tuple(veld.name for veld in fields(Zending))


def eerder(engine: Engine, sleutel: Zendingsleutel, hash_: str) -> Opname | None:
    """Whether a zending of this zender with this traceerId came before: the same one, or another."""
    with engine.connect() as verbinding:
        rij = tabel.geef(verbinding, sleutel)
    if rij is None:
        return None
    return Opname.HERHAALD if rij["hash"] == hash_ else Opname.ANDERE_INHOUD


class _Teruggedraaid(Exception):
    """The transaction must leave nothing."""


def bewaar(engine: Engine, zending: Zending, nu: datetime) -> Opname:
    """Store a zending that is to be looked at."""
    return _bewaar(engine, zending, rij_van(zending, nu, Berichtstatus.ONTVANGEN))


def bewaar_foutbericht(engine: Engine, zending: Zending, nu: datetime, zegt: Statusmelding) -> Opname:
    """Store a Fo01 of a gemeente: it lies ready for its receiver at once. ``zegt`` is what it says of the message that it
    refuses."""
    return _bewaar(engine, zending, rij_van(zending, nu, Berichtstatus.WORDT_AANGEBODEN, [zegt]))


def bewaar_afgekeurd(engine: Engine, zending: Zending, nu: datetime, waarom: Afkeuring, *, met_fo01: bool) -> Opname:
    """Store a zending that is refused already and is not looked at any more; with the Fo01 that says so to a gemeente."""
    rij = rij_van(zending, nu, Berichtstatus.AFGEKEURD_DOOR_DIENST, [waarom.melding])
    rij |= {"bevindingen": list(waarom.bevindingen), "bekeken_op": nu}
    return _bewaar(engine, zending, rij, waarom if met_fo01 else None)


def rij_van(
    zending: Zending, nu: datetime, status: Berichtstatus, meldingen: "list[Statusmelding] | tuple[()]" = ()
) -> dict[str, Any]:
    """A zending as it is stored."""
    return {naam: getattr(zending, naam) for naam in _VELDEN} | {
        "door": str(zending.door),
        "ontvangen_op": nu,
        "status": str(status),
        "meldingen": [als_json(melding) for melding in meldingen],
        "trace": huidige_kop(),
    }


def _bewaar(engine: Engine, zending: Zending, rij: dict[str, Any], fo01: Afkeuring | None = None) -> Opname:
    with suppress(_Teruggedraaid), schrijvend(engine) as verbinding:
        if rij["status"] != Berichtstatus.AFGEKEURD_DOOR_DIENST and _is_bezet(verbinding, zending):
            return Opname.BEZET
        if fo01 is not None:
            leg_fo01_klaar(verbinding, rij, fo01)  # first: who takes messages in locks the numbers, then the zending
        if tabel.bewaar(verbinding, rij):
            return Opname.NIEUW
        raise _Teruggedraaid
    return eerder(engine, zending.sleutel, zending.hash) or Opname.ANDERE_INHOUD


def _is_bezet(verbinding: Connection, zending: Zending) -> bool:
    """Whether the postvak of its receiver has another zender's message under this number: VSP names a message by its number
    alone, so the second could not be fetched, nor acknowledged without acknowledging what one did not see."""
    vergrendel(verbinding, {tabel.plek_in_postvak(zending.ontvanger, zending.traceer_id)})
    return tabel.is_bezet(verbinding, zending.ontvanger, zending.sleutel)


def keur_af(engine: Engine, sleutel: Zendingsleutel, fout: Afgekeurd | Weigering, nu: datetime) -> None:
    """Refuse a zending that was stored, and lay the Fo01 ready that says so to a gemeente, in one transaction; what was looked at
    already stays as it is."""
    with suppress(_Teruggedraaid), schrijvend(engine) as verbinding:
        rij = tabel.te_verwerken(verbinding, sleutel)
        if rij is None:
            return
        waarom = afkeuring(fout, rij["door"])
        if rij["door"] == Deur.GGK:
            leg_fo01_klaar(verbinding, rij, waarom)
        if not tabel.keur_af(verbinding, sleutel, als_json(waarom.melding), waarom.bevindingen, nu):
            raise _Teruggedraaid
