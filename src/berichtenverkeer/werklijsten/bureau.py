"""Rows of a hoofdaannemer's back-office on a work list: all reckoned, for a hoofdaannemer and, where it must act, for its partner.

Who is neither is asked one question a source, and no more.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ..bedrijfsbureau.bureau import Zitting
from ..hoofdaannemer.toegewezen import Toegewezen
from ..opslag.bureau import hoofdaannemers, inzetten
from .lijst import Peil, Rekenbron, Rij, Taak, Voorstelvraag

_RUIMTE = uuid.UUID("f1b1f3d0-5b6e-5a52-9b0d-0d6d8c9f5f11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureaurij(Rij):
    """A row with its sentence; ``vanaf`` is the last day of the term."""

    regel: str
    waarom: str
    voorstel: Voorstelvraag | None = None


VanHoofdaannemer = Callable[[Zitting, Peil], Iterable[Bureaurij]]
VanPartner = Callable[[Zitting, str, Peil], Iterable[Bureaurij]]


def van_hoofdaannemer(reken: VanHoofdaannemer) -> Rekenbron[Bureaurij]:
    """The rows that a hoofdaannemer sees."""

    def rijen(verbinding: Connection, partij: str, peil: Peil) -> Iterable[Bureaurij]:
        return reken(Zitting(verbinding, partij), peil) if hoofdaannemers.geeft_door(verbinding, partij) else ()

    return Rekenbron(rijen=rijen, taak=_taak)


def van_partner(reken: VanPartner) -> Rekenbron[Bureaurij]:
    """The rows that a partner sees, of each hoofdaannemer that passed something on to it."""

    def rijen(verbinding: Connection, partij: str, peil: Peil) -> Iterator[Bureaurij]:
        for code in inzetten.hoofdaannemers_van(verbinding, partij):
            yield from reken(Zitting(verbinding, code), partij, peil)

    return Rekenbron(rijen=rijen, taak=_taak)


def _taak(rij: Bureaurij, _: Peil) -> Taak:
    return Taak(rij.regel, rij.waarom, rij.voorstel)


def over_toewijzing(zitting: Zitting, rij: Any, wie: str, uiterlijk: date, **rest: Any) -> Bureaurij:
    """A row about a toewijzing, from the row of one (``opslag.bureau.inzetten.toewijzingen``)."""
    return Bureaurij(
        id=_id(rij.id, rest.get("inzet"), rest["regel"]), wie=wie, vanaf=uiterlijk, domein=rij.domein, gemeente=rij.gemeente,
        aanbieder=zitting.code, bsn=rij.bsn, toewijzingnummer=rij.toewijzingnummer, toewijzing=rij.id, **rest,
    )  # fmt: skip


def over_inzet(rij: inzetten.Inzetrij, wie: str, uiterlijk: date, *, voor_partner: bool, **rest: Any) -> Bureaurij:
    """A row about an inzet. A partner sees the inzet, and not the toewijzing it lies on."""
    return Bureaurij(
        id=_id(rij.id, rest["regel"]), wie=wie, vanaf=uiterlijk, domein=rij.domein, gemeente=rij.gemeente, aanbieder=rij.hoofdaannemer,
        bsn=rij.bsn, toewijzingnummer=rij.toewijzingnummer, toewijzing=None if voor_partner else rij.toewijzing, inzet=rij.id, **rest,
    )  # fmt: skip


def over_herindicatie(
    zitting: Zitting, toegewezen: Toegewezen, wie: str, uiterlijk: date, *, voor_partner: bool, **rest: Any
) -> Bureaurij:
    """A row about the renewal of a toewijzing, which a partner does not see itself."""
    gemeente, domein, nummer = toegewezen.kenmerk
    return Bureaurij(
        id=_id(toegewezen.id, rest["regel"]), wie=wie, vanaf=uiterlijk, domein=str(domein), gemeente=gemeente, aanbieder=zitting.code,
        bsn=toegewezen.bsn, toewijzingnummer=nummer, toewijzing=None if voor_partner else toegewezen.id, **rest,
    )  # fmt: skip


def over_afspraak(
    zitting: Zitting, wat: tuple[object, ...], uiterlijk: date, gemeente: str | None = None, **rest: Any
) -> Bureaurij:
    """A row about no client: ``wat`` tells it from others."""
    return Bureaurij(
        id=_id(zitting.code, *wat, rest["regel"]), wie=zitting.code, vanaf=uiterlijk, domein=None, gemeente=gemeente,
        aanbieder=zitting.code, bsn=None, **rest,
    )  # fmt: skip


def _id(*delen: object) -> str:
    """The place of a row in a cursor, which holds no code of its own."""
    return str(uuid.uuid5(_RUIMTE, "/".join(map(str, delen))))
