"""What waits in the database: how much there is of it, and since when the oldest does."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select, text

from ..tabellen.berichten import bericht
from ..tabellen.keten import bezorging
from ..tabellen.uitgaand import notificatie, webhook

_OPEN = text("bericht.oordeel IN ('voorlopig', 'in_verwerking')")
"""In the words of the index."""


class Aantal(NamedTuple):
    """So many, the oldest since this moment; None when there is nothing."""

    aantal: int
    oudste: datetime | None


def in_verwerking(verbinding: Connection, partij: str | None) -> Aantal:
    """Large declaraties that were stored and are still to be judged; of a party those it sent or is to get."""
    return _tel(verbinding, bericht.c.oordeel == "in_verwerking", partij)


def voorlopig(verbinding: Connection, partij: str | None) -> Aantal:
    """Messages that were delivered and wait for the retourbericht of their receiver."""
    return _tel(verbinding, bericht.c.oordeel == "voorlopig", partij)


def in_postvak(verbinding: Connection, partij: str | None) -> Aantal:
    """Messages that lie ready and that nobody said to have; of a party those for it."""
    waar = [bericht.c.aangeboden, bericht.c.bevestigd_op.is_(None)]
    if partij is not None:
        waar.append(bericht.c.bestemming == partij)
    rij = verbinding.execute(select(func.count(), func.min(bericht.c.ontvangen_op)).where(*waar)).one()
    return Aantal(rij[0], rij[1])


def te_bezorgen(verbinding: Connection, partij: str | None) -> Aantal:
    """Messages of which an attempt to push them failed, and that are not pushed yet; of a party those for it."""
    waar: list[ColumnElement[bool]] = [bezorging.c.fout.is_not(None)]
    if partij is not None:
        waar.append(bezorging.c.partij == partij)
    rij = verbinding.execute(select(func.count(), func.min(bezorging.c.eerste_poging_op)).where(*waar)).one()
    return Aantal(rij[0], rij[1])


def te_vertellen(verbinding: Connection, partij: str | None) -> Aantal:
    """What webhooks are still to be told and was not given up."""
    vraag = select(func.count(), func.min(notificatie.c.moment)).where(notificatie.c.opgegeven_op.is_(None))
    if partij is not None:
        vraag = vraag.join(webhook, webhook.c.id == notificatie.c.webhook).where(webhook.c.partij == partij)
    rij = verbinding.execute(vraag).one()
    return Aantal(rij[0], rij[1])


def _tel(verbinding: Connection, waar: ColumnElement[bool], partij: str | None) -> Aantal:
    vraag = select(func.count(), func.min(bericht.c.ontvangen_op)).where(_OPEN, waar)
    if partij is not None:
        vraag = vraag.where((bericht.c.afzender == partij) | (bericht.c.ontvanger == partij))
    rij = verbinding.execute(vraag).one()
    return Aantal(rij[0], rij[1])
