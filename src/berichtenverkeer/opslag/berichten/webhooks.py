"""Webhooks in the database: where a party wants to be told of what, and how far it was told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from .. import bulk, teller
from ..lijst import Plek
from ..tabellen.berichten import teller as tellertabel
from ..tabellen.uitgaand import notificatie, webhook, webhook_plek, webhook_soort
from .nieuws import DAG
from .notificaties import LANGSTE_WACHT, vrij
from .notificaties import Webhooktoestand as Webhooktoestand


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook. Its ``geheimen`` are what a call is signed with, the newest first; ``vorig_tot``: until when the second counts.

    ``mislukt_achtereen``: how many times after each other nothing could be delivered; until ``rust_tot`` it is left alone.
    """

    id: str
    partij: str
    url: str
    soorten: frozenset[str]
    toestand: Webhooktoestand
    aangemaakt_op: datetime
    gewijzigd_op: datetime
    vorig_tot: datetime | None
    mislukt_achtereen: int
    rust_tot: datetime | None
    geheim: str = field(repr=False)
    vorig_geheim: str | None = field(repr=False)

    def geheimen(self, nu: datetime) -> list[str]:
        """What a call is signed with at this moment."""
        vorig = self.vorig_geheim if self.vorig_tot is not None and nu < self.vorig_tot else None
        return [self.geheim] if vorig is None else [self.geheim, vorig]


def bewaar(verbinding: Connection, rij: Mapping[str, Any], soorten: Collection[str]) -> None:
    """Store a new webhook that wants to be told these kinds."""
    verbinding.execute(insert(webhook).values(**rij, mislukt_achtereen=0))
    verbinding.execute(insert(webhook_soort), [{"webhook": rij["id"], "soort": soort} for soort in sorted(soorten)])


def van_partij(verbinding: Connection, partij: str) -> list[Webhook]:
    """Those of a party, the oldest first."""
    vraag = select(webhook).where(webhook.c.partij == partij).order_by(webhook.c.aangemaakt_op, webhook.c.id)
    return _webhooks(verbinding, verbinding.execute(vraag).mappings().all())


def geef(verbinding: Connection, id_: str, partij: str | None = None, *, vast: bool = False) -> Webhook | None:
    """One webhook; of this party only, if one is named. ``vast``: no other transaction may have it until this one ends, and when
    another has it, it is None."""
    vraag = select(webhook).where(webhook.c.id == id_)
    if partij is not None:
        vraag = vraag.where(webhook.c.partij == partij)
    if vast:
        vraag = vraag.with_for_update(key_share=True, skip_locked=True)
    return next(iter(_webhooks(verbinding, verbinding.execute(vraag).mappings().all())), None)


class Werk(NamedTuple):
    """A webhook that may be called: whether there is something that it may be told now, and whether there is news for it."""

    id: str
    partij: str
    aan_de_beurt: bool
    nieuws: bool


Werkvraag = Select[tuple[str, str, bool, bool]]


def werkvraag(nieuws: Mapping[str, ColumnElement[bool]]) -> Werkvraag:
    """The question what there is to do; ``nieuws`` has by source whether there is news after the place in it."""
    plekken_ = [
        exists().where(webhook_plek.c.webhook == webhook.c.id, webhook_plek.c.bron == bron, is_er)
        for bron, is_er in nieuws.items()
    ]
    nu = bindparam("nu", type_=webhook.c.rust_tot.type)
    rust = (webhook.c.rust_tot > nu) & (webhook.c.rust_tot <= bindparam("verste", type_=webhook.c.rust_tot.type))
    klaar = exists().where(notificatie.c.webhook == webhook.c.id, vrij(nu))
    vraag = select(webhook.c.id, webhook.c.partij, klaar, or_(*plekken_))
    return vraag.where(webhook.c.toestand == Webhooktoestand.ACTIEF, or_(webhook.c.rust_tot.is_(None), ~rust))


def werk(
    verbinding: Connection, vraag: Werkvraag, nu: datetime, systeem: datetime, dag: int, id_: str | None = None
) -> list[Werk]:
    """What there is to do for each webhook that may be called, or for this one."""
    if id_ is not None:
        vraag = vraag.where(webhook.c.id == id_)
    waarden = {"nu": nu, "verste": nu + LANGSTE_WACHT, "systeem": systeem, DAG: dag}
    return [Werk._make(rij) for rij in verbinding.execute(vraag, waarden)]


def zet(verbinding: Connection, id_: str, **waarden: Any) -> None:
    """Note these columns of a webhook."""
    verbinding.execute(update(webhook).where(webhook.c.id == id_).values(**waarden))


def verwijder(verbinding: Connection, id_: str) -> None:
    """Let a webhook be gone, with all that it was still to be told. First it is locked, so that nothing is added meanwhile."""
    verbinding.execute(select(webhook.c.id).where(webhook.c.id == id_).with_for_update())
    for tabel in (notificatie, webhook_plek, webhook_soort):
        verbinding.execute(delete(tabel).where(tabel.c.webhook == id_))
    verbinding.execute(delete(webhook).where(webhook.c.id == id_))


def tel(verbinding: Connection, partij: str) -> int:
    """How many a party has."""
    vraag = select(func.count()).select_from(webhook).where(webhook.c.partij == partij)
    return int(verbinding.execute(vraag).scalar_one())


def stand(verbinding: Connection) -> int:
    """The last number that was given out: what comes later has a higher one."""
    vraag = select(tellertabel.c.waarde).where(tellertabel.c.naam == teller.STAND)
    return int(verbinding.execute(vraag).scalar_one())


def plekken(verbinding: Connection, id_: str) -> dict[str, Plek]:
    """How far a webhook was told of each source."""
    vraag = select(webhook_plek.c.bron, webhook_plek.c.nummer, webhook_plek.c.id).where(webhook_plek.c.webhook == id_)
    return {bron: Plek(nummer, rij) for bron, nummer, rij in verbinding.execute(vraag)}


def zet_plekken(verbinding: Connection, id_: str, plekken_: Mapping[str, Plek]) -> None:
    """Note how far a webhook was told of these sources."""
    van_deze = (webhook_plek.c.webhook == id_) & webhook_plek.c.bron.in_(plekken_)
    verbinding.execute(delete(webhook_plek).where(van_deze))
    rijen = [{"webhook": id_, "bron": bron, "nummer": plek.nummer, "id": plek.id} for bron, plek in plekken_.items()]
    bulk.voeg_toe(verbinding, webhook_plek, rijen)


def _webhooks(verbinding: Connection, rijen: Collection[RowMapping]) -> list[Webhook]:
    soorten: dict[str, set[str]] = {rij["id"]: set() for rij in rijen}
    if rijen:
        vraag = select(webhook_soort.c.webhook, webhook_soort.c.soort).where(webhook_soort.c.webhook.in_(soorten))
        for id_, soort in verbinding.execute(vraag):
            soorten[id_].add(soort)
    return [
        Webhook(**{**rij, "toestand": Webhooktoestand(rij["toestand"])}, soorten=frozenset(soorten[rij["id"]]))
        for rij in rijen
    ]
