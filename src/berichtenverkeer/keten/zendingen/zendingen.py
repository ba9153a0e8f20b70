"""Zendingen: envelopes that come in through a door of the chain, VSP or the GGK.

The door answers once a zending is stored: that promises safe keeping and good addressing, nothing more. What is in it is
looked at afterwards (``zendingverwerker``), and what comes of that is its status.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine

from ...opslag import zendingen as tabel
from ...opslag.database import schrijvend
from ...opslag.zendingen import Zendingsleutel
from ..envelop.vsp import Melding, Status, als_json


class Deur(StrEnum):
    """Through which door a zending came: that of the aanbieders or that of the gemeenten."""

    VSP = "vsp"
    GGK = "ggk"


class Opname(StrEnum):
    """What came of storing a zending."""

    NIEUW = "nieuw"
    HERHAALD = "herhaald"
    ANDERE_INHOUD = "andere-inhoud"


@dataclass(frozen=True, slots=True)
class Zending:
    """An envelope and what is in it, as a door takes it in.

    ``traceer_id`` is the referentienummer of StUF and ``als_antwoord_op`` its crossRefnummer. ``indiener`` is who handed it
    in. A ``foutbericht`` is a Fo01, and ``functie`` that of what it refuses. ``hash`` is equal for a repeat of the same
    zending: SHA-256, hexadecimal. ``inhoud`` is the payload, raw XML or a ZIP with one; of the GGK the StUF message.
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

    @property
    def sleutel(self) -> Zendingsleutel:
        """What it is known by."""
        return Zendingsleutel(self.zender, self.traceer_id)


def eerder(engine: Engine, sleutel: Zendingsleutel, hash_: str) -> Opname | None:
    """Whether a zending of this zender with this traceerId came before: the same one, or another."""
    with engine.connect() as verbinding:
        rij = tabel.geef(verbinding, sleutel)
    if rij is None:
        return None
    return Opname.HERHAALD if rij["hash"] == hash_ else Opname.ANDERE_INHOUD


def bewaar(
    engine: Engine,
    zending: Zending,
    nu: datetime,
    meldingen: Collection[Melding] = (),
) -> Opname:
    """Store a zending, with what is already known to be wrong with it: then it is refused and not looked at any more.

    A foutbericht lies ready for its receiver at once; its meldingen are what it says of the message that it refuses.
    """
    status = Status.AFGEKEURD_DOOR_DIENST if meldingen else Status.ONTVANGEN
    if zending.foutbericht:
        status = Status.WORDT_AANGEBODEN
    rij: dict[str, Any] = asdict(zending) | {
        "door": str(zending.door),
        "ontvangen_op": nu,
        "status": str(status),
        "meldingen": [als_json(melding) for melding in meldingen],
    }
    with schrijvend(engine) as verbinding:
        if tabel.bewaar(verbinding, rij):
            return Opname.NIEUW
    return eerder(engine, zending.sleutel, zending.hash) or Opname.ANDERE_INHOUD


def keur_af(engine: Engine, sleutel: Zendingsleutel, meldingen: Collection[Melding]) -> None:
    """Refuse a zending that was stored."""
    with schrijvend(engine) as verbinding:
        tabel.keur_af(verbinding, sleutel, [als_json(melding) for melding in meldingen])
