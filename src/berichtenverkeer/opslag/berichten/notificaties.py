"""What webhooks are still to be told, in the database.

Nearly all of it is made from tables that are numbered (``nieuws``), so that whoever writes those does nothing for it. What has no
number of its own is put here by who writes it (``leg_klaar``): one statement, which finds nobody when no webhook wants to hear it.

Two clocks, as in ``bezorgingen``: attempts are planned by the clock of the node, ``bezig_tot`` is a matter of the machine.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from ...spoor import is_uuid
from ...woord import Woord
from .. import bulk
from ..tabellen.berichten import bericht
from ..tabellen.uitgaand import notificatie as n
from ..tabellen.uitgaand import webhook, webhook_soort


class Webhooktoestand(Woord):
    """Whether a webhook is called. ``UITGESCHAKELD``: its receiver said that it is gone (410), or could not be reached for a week."""

    ACTIEF = "actief", "hoort wat er gebeurt"
    GEPAUZEERD = "gepauzeerd", "hoort niets tot u hem hervat, en dan ook wat er intussen gebeurde"
    UITGESCHAKELD = (
        "uitgeschakeld",
        "de ontvanger antwoordde met 410 of was een week onbereikbaar; hoort niets tot u hem hervat",
    )


LANGSTE_PAUZE = timedelta(days=30)
"""So long after its last change a webhook that is paused is put no more here: nobody may ever resume it."""

LANGSTE_WACHT = timedelta(days=1)
"""The longest that an attempt is planned ahead. What stands further was planned by a clock that was set back since, and is due."""

_NAAMRUIMTE = uuid.UUID("5b0c9a3e-2f0b-4a53-9f5e-0d1f6f7f3a11")

_OPEN = n.c.opgegeven_op.is_(None)


@dataclass(frozen=True, slots=True)
class Notificatie:
    """Something that happened: which kind (``bericht.ontvangen``), about which id of ours, where that can be looked at, when."""

    id: str
    soort: str
    onderwerp: str
    pad: str | None
    moment: datetime


@dataclass(frozen=True, slots=True)
class Genomen:
    """What this process may tell now. ``poging`` is its number, from 1; who notes a failure names it. ``trace`` is the ``traceparent`` of the
    request with which the message came that it is about, if it is about one."""

    notificatie: Notificatie
    poging: int
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class Onbezorgd:
    """What a webhook was not told (yet), and why. ``volgende_op`` is None when it was given up."""

    notificatie: Notificatie
    pogingen: int
    volgende_op: datetime | None
    fout: str


def over_bericht(wat: str, id_: str, moment: datetime) -> Notificatie:
    """What happened to a message: ``ontvangen``, ``beoordeeld``, ``bezorgd`` or ``afgekeurd``."""
    soort = f"bericht.{wat}"
    return Notificatie(id_van(soort, id_), soort, id_, f"/v1/berichten/{id_}", moment)


def over_zending(wat: str, zender: str, traceer_id: str, moment: datetime) -> Notificatie:
    """The same of an envelope without a message. What it is about is its number if that is a UUID: anything else may be free text,
    and then it is an id that says nothing."""
    soort = f"bericht.{wat}"
    id_ = id_van(soort, zender, traceer_id)
    return Notificatie(id_, soort, traceer_id if is_uuid(traceer_id) else id_, None, moment)


def id_van(soort: str, *waarvan: object) -> str:
    """The id of what happened: the same each time that it is derived."""
    return str(uuid.uuid5(_NAAMRUIMTE, "/".join((soort, *map(str, waarvan)))))


def voeg_toe(verbinding: Connection, webhook_: str, nieuw: Iterable[Notificatie], nu: datetime) -> None:
    """Let a webhook be told of these. What it is to be told already, it is told once."""
    vast = {"webhook": webhook_, "pogingen": 0, "volgende_op": nu}
    rijen = {een.id: {**vast, **_velden(een)} for een in nieuw}
    for deel in bulk.batched(list(rijen.values()), 500):
        verbinding.execute(_insert(verbinding.dialect.name).on_conflict_do_nothing(), list(deel))


def leg_klaar(verbinding: Connection, partij: str, nieuw: Notificatie) -> None:
    """Let the webhooks of a party that want to hear it be told of this; not those that were switched off or are paused for
    long, for nobody may ever ask."""
    waarden = {**_velden(nieuw), "pogingen": 0, "volgende_op": nieuw.moment, "partij": partij}
    waarden["sinds"] = nieuw.moment - LANGSTE_PAUZE
    verbinding.execute(_leg_klaar(verbinding.dialect.name), waarden)


@cache
def _leg_klaar(database: str) -> Any:
    namen = ("id", "soort", "onderwerp", "pad", "moment", "pogingen", "volgende_op")
    wie = (
        select(webhook.c.id, *(bindparam(naam, type_=n.c[naam].type) for naam in namen))
        .join(webhook_soort, webhook_soort.c.webhook == webhook.c.id)
        .where(
            webhook.c.partij == bindparam("partij"),
            webhook.c.toestand != Webhooktoestand.UITGESCHAKELD,
            or_(
                webhook.c.toestand != Webhooktoestand.GEPAUZEERD,
                webhook.c.gewijzigd_op >= bindparam("sinds", type_=webhook.c.gewijzigd_op.type),
            ),
            webhook_soort.c.soort == bindparam("soort"),
        )
        .with_for_update(read=True, key_share=True, skip_locked=True, of=webhook)  # not one that is being taken away
    )
    return _insert(database).from_select(["webhook", *namen], wie, include_defaults=False).on_conflict_do_nothing()


def open_(verbinding: Connection, webhook_: str) -> int:
    """How many a webhook is still to be told."""
    vraag = select(func.count()).select_from(n).where(n.c.webhook == webhook_, _OPEN)
    return int(verbinding.execute(vraag).scalar_one())


def neem(
    verbinding: Connection, webhook_: str, nu: datetime, systeem: datetime, tot: datetime, hoogstens: int
) -> list[Genomen]:
    """Take what it may be told now, until the moment ``tot``, the oldest first. The webhook is locked in this transaction."""
    eerst = select(n.c.id).where(n.c.webhook == webhook_, vrij(literal(nu, n.c.volgende_op.type)))
    deze = (n.c.webhook == webhook_) & n.c.id.in_(eerst.order_by(n.c.volgende_op, n.c.id).limit(hoogstens))
    opdracht = update(n).where(deze).values(pogingen=n.c.pogingen + 1, bezig_tot=tot)
    opdracht = opdracht.returning(n.c.id, n.c.soort, n.c.onderwerp, n.c.pad, n.c.moment, n.c.pogingen)
    rijen = verbinding.execute(opdracht, {"verste": nu + LANGSTE_WACHT, "systeem": systeem})
    genomen = [Genomen(Notificatie(*rij), poging) for *rij, poging in rijen]
    traces = _traces(verbinding, {een.notificatie.onderwerp for een in genomen})
    return [replace(een, trace=traces.get(een.notificatie.onderwerp)) for een in genomen]


def _traces(verbinding: Connection, ids: Collection[str]) -> dict[str, str | None]:
    """With which request these messages came, as far as they are messages."""
    if not ids:
        return {}
    rijen = verbinding.execute(select(bericht.c.id, bericht.c.trace).where(bericht.c.id.in_(ids)))
    return {rij.id: rij.trace for rij in rijen}


def verteld(verbinding: Connection, webhook_: str, ids: Collection[str]) -> None:
    """The webhook was told of these, whoever holds the attempt by now."""
    verbinding.execute(delete(n).where(n.c.webhook == webhook_, n.c.id.in_(ids)))


def mislukt(
    verbinding: Connection, webhook_: str, genomen: Genomen, fout: str, nu: datetime, volgende_op: datetime | None
) -> None:
    """Note why an attempt failed and when the next may be; without a next one it is given up."""
    dan: dict[str, Any] = {"opgegeven_op": nu} if volgende_op is None else {"volgende_op": volgende_op}
    verbinding.execute(update(n).where(_deze(webhook_, genomen)).values(fout=fout, bezig_tot=None, **dan))


def laat_los(verbinding: Connection, webhook_: str, genomen: Collection[Genomen]) -> None:
    """Let these be tried again at once, as if this attempt was not made: it says nothing of them."""
    for een in genomen:
        waarden = {"bezig_tot": None, "pogingen": n.c.pogingen - 1}
        verbinding.execute(update(n).where(_deze(webhook_, een)).values(**waarden))


def vervroeg(verbinding: Connection, webhook_: str, nu: datetime) -> None:
    """Let all that waits for its next attempt be tried now."""
    wacht = n.c.volgende_op > nu
    verbinding.execute(update(n).where(n.c.webhook == webhook_, _OPEN, wacht).values(volgende_op=nu))


def ruim_op(verbinding: Connection, webhook_: str, tot: datetime) -> None:
    """Forget what was given up before this moment."""
    verbinding.execute(delete(n).where(n.c.webhook == webhook_, n.c.opgegeven_op < tot))


def onbezorgd(verbinding: Connection, webhook_: str, na: tuple[datetime, str] | None, limiet: int) -> list[Onbezorgd]:
    """What an attempt failed of, in order of when it happened, after this moment and id."""
    vraag = select(n).where(n.c.webhook == webhook_, n.c.fout.is_not(None))
    if na is not None:
        vraag = vraag.where(tuple_(n.c.moment, n.c.id) > tuple_(literal(na[0], n.c.moment.type), literal(na[1])))
    return [
        Onbezorgd(
            Notificatie(rij["id"], rij["soort"], rij["onderwerp"], rij["pad"], rij["moment"]),
            rij["pogingen"],
            None if rij["opgegeven_op"] else rij["volgende_op"],
            rij["fout"],
        )
        for rij in verbinding.execute(vraag.order_by(n.c.moment, n.c.id).limit(limiet)).mappings()
    ]


def opnieuw(verbinding: Connection, webhook_: str, ids: Collection[str] | None, nu: datetime, systeem: datetime) -> int:
    """Begin anew with what failed, all of it or these, but for what is being tried now. How many there are."""
    deze = and_(n.c.webhook == webhook_, n.c.fout.is_not(None), _los(systeem))
    if ids is not None:
        deze = and_(deze, n.c.id.in_(ids))
    waarden = {"pogingen": 0, "volgende_op": nu, "bezig_tot": None, "fout": None, "opgegeven_op": None}
    return verbinding.execute(update(n).where(deze).values(**waarden)).rowcount


def _velden(een: Notificatie) -> dict[str, Any]:
    return {"id": een.id, "soort": een.soort, "onderwerp": een.onderwerp, "pad": een.pad, "moment": een.moment}


def _insert(database: str) -> Any:
    return (pg_insert if database == "postgresql" else sqlite_insert)(n)


def _los(systeem: datetime) -> ColumnElement[bool]:
    return or_(n.c.bezig_tot.is_(None), n.c.bezig_tot <= systeem)


def vrij(nu: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether it may be told now; what is asked so has the parameters ``verste``, the furthest that an attempt is planned ahead, and
    ``systeem``."""
    verste, systeem = (bindparam(naam, type_=n.c.volgende_op.type) for naam in ("verste", "systeem"))
    los = or_(n.c.bezig_tot.is_(None), n.c.bezig_tot <= systeem)
    return and_(_OPEN, or_(n.c.volgende_op <= nu, n.c.volgende_op > verste), los)


def _deze(webhook_: str, genomen: Genomen) -> ColumnElement[bool]:
    return and_(n.c.webhook == webhook_, n.c.id == genomen.notificatie.id, n.c.pogingen == genomen.poging)
