"""What stands on the envelope of a stored message.

A message that came in a zending has the traceerId, conversatieId and alsAntwoordOp of that zending. Without one (it came by
``POST /v1/berichten``, or the node made it as an answer) its traceerId is its id; an answer then has the conversatieId of what
it answers and that traceerId as alsAntwoordOp.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    union,
    update,
)

from ..personen import lengte
from ..tabellen.berichten import bericht
from ..tabellen.keten import bezorging, zending
from .notificaties import leg_klaar, over_bericht
from .zendingen import ZONDER_INHOUD, Zendingsleutel, foutbericht_voor, sleutel_van_foutbericht

_heen = bericht.alias("heen")
_heenzending = zending.alias("heenzending")
_eigenzending = zending.alias("eigenzending")

_traceer = func.coalesce(zending.c.traceer_id, bericht.c.id)
_conversatie = func.coalesce(zending.c.conversatie_id, _heenzending.c.conversatie_id, _heen.c.id, bericht.c.id)
_antwoord_op = func.coalesce(zending.c.als_antwoord_op, _heenzending.c.traceer_id, _heen.c.id)

_ZONDER_INHOUD = [kolom for kolom in bericht.c if kolom.name != "inhoud"]
_VAN_ZENDING = (
    "referentie_id", "applicatie", "applicatie_versie", "applicatie_subversie", "administratie", "gebruiker",
)  # fmt: skip
_VAN_BEZORGING = (bezorging.c.fout.label("bezorgfout"), bezorging.c.mislukt_op, bezorging.c.afgebroken_op)
MET_ENVELOP: Select[Any] = (
    select(
        *_ZONDER_INHOUD,
        lengte(bericht.c.inhoud).label("grootte"),
        _traceer.label("traceer_id"),
        _conversatie.label("conversatie_id"),
        _antwoord_op.label("als_antwoord_op"),
        *(zending.c[naam] for naam in _VAN_ZENDING),
        zending.c.status.label("zendingstatus"),
        zending.c.meldingen.label("zendingmeldingen"),
        zending.c.bekeken_op,
        *_VAN_BEZORGING,
    )
    .outerjoin(zending, zending.c.bericht == bericht.c.id)
    .outerjoin(bezorging, bezorging.c.sleutel == bericht.c.id)
    .outerjoin(_heen, _heen.c.id == bericht.c.antwoord_op)
    .outerjoin(_heenzending, _heenzending.c.bericht == _heen.c.id)
)
"""Messages with their envelope, the size of their bytes and how pushing them fared, without those bytes."""


def foutbericht_op_bericht() -> ColumnElement[bool]:
    """Whether its receiver refused a message with a foutbericht, after it was delivered."""
    eigen = select(_eigenzending.c.traceer_id).where(_eigenzending.c.bericht == bericht.c.id).correlate(bericht)
    return exists().where(
        zending.c.foutbericht,
        zending.c.als_antwoord_op == func.coalesce(eigen.scalar_subquery(), bericht.c.id),
        zending.c.zender == bericht.c.bestemming,
        zending.c.ontvanger == bericht.c.verzender,
    )


Versie = tuple[int | None, int | None]
"""The version and subversion that are asked for; None leaves one free."""


def wachtend(
    verbinding: Connection,
    partij: str,
    limiet: int,
    soorten: Collection[str] | None = None,
    conversatie_id: str | None = None,
    als_antwoord_op: str | None = None,
    versie: Versie = (None, None),
) -> list[RowMapping]:
    """What lies ready for a party and was not acknowledged, oldest first; of these kinds, in this conversation, on this
    message, of a release with this version and subversion."""
    vraag = MET_ENVELOP.where(
        bericht.c.bestemming == partij,
        text("bericht.aangeboden AND bericht.bevestigd_op IS NULL"),  # in the words of the index
    )
    if soorten is not None:
        vraag = vraag.where(bericht.c.berichtsoort.in_(soorten))
    if conversatie_id is not None:
        vraag = vraag.where(_conversatie == conversatie_id)
    if als_antwoord_op is not None:
        vraag = vraag.where(_antwoord_op == als_antwoord_op)
    if versie != (None, None):
        hoofd, sub = ("%" if deel is None else str(deel) for deel in versie)
        vraag = vraag.where(bericht.c.versie.like(f"{hoofd}.{sub}"))
    return list(verbinding.execute(vraag.order_by(bericht.c.volgnummer).limit(limiet)).mappings())


def foutberichten(
    verbinding: Connection,
    partij: str,
    limiet: int,
    functies: Collection[str] | None = None,
    conversatie_id: str | None = None,
    als_antwoord_op: str | None = None,
    versie: Versie = (None, None),
    *,
    met_inhoud: bool = True,
) -> list[RowMapping]:
    """The same of foutberichten, by the functie of what they refuse; with their bytes, if wanted."""
    vraag = select(*(zending.c if met_inhoud else ZONDER_INHOUD)).where(
        foutbericht_voor(partij),
        text("zending.foutbericht AND zending.bezorgd_op IS NULL"),  # in the words of the index
    )
    if functies is not None:
        vraag = vraag.where(zending.c.functie.in_(functies))
    if conversatie_id is not None:
        vraag = vraag.where(zending.c.conversatie_id == conversatie_id)
    if als_antwoord_op is not None:
        vraag = vraag.where(zending.c.als_antwoord_op == als_antwoord_op)
    for kolom, deel in zip((zending.c.versie, zending.c.subversie), versie, strict=True):
        if deel is not None:
            vraag = vraag.where(kolom == deel)
    return list(verbinding.execute(vraag.order_by(zending.c.ontvangen_op).limit(limiet)).mappings())


def foutberichten_na(verbinding: Connection, partij: str, na: int, limiet: int) -> list[RowMapping]:
    """The foutberichten in a postvak after this number, oldest first, acknowledged or not; with their bytes and how pushing
    them fared."""
    vraag = select(zending, *_VAN_BEZORGING).outerjoin(bezorging, bezorging.c.sleutel == sleutel_van_foutbericht())
    vraag = vraag.where(foutbericht_voor(partij), zending.c.volgnummer > na)
    return list(verbinding.execute(vraag.order_by(zending.c.volgnummer).limit(limiet)).mappings())


def aantal_foutberichten(verbinding: Connection, partij: str) -> int:
    """How many foutberichten lie in a postvak, acknowledged or not."""
    vraag = select(func.count()).select_from(zending).where(foutbericht_voor(partij), zending.c.volgnummer.is_not(None))
    return verbinding.execute(vraag).scalar_one()


class InPostvak(NamedTuple):
    """Something in a postvak: a message, by its id, or a foutbericht."""

    partij: str
    bericht: str | None
    foutbericht: Zendingsleutel | None
    bevestigd_op: datetime | None


def in_postvak(verbinding: Connection, partijen: Collection[str], traceer_id: str) -> InPostvak | None:
    """What was delivered to one of these parties under this traceerId; a message goes by its id as well.

    A number is in one postvak once. Where more have it, for these parties are many or it is from before that was held, what was
    not acknowledged goes first, the oldest first: so each of them can be had.
    """
    ids = union(
        select(zending.c.bericht).where(zending.c.traceer_id == traceer_id, zending.c.ontvanger.in_(partijen)),
        select(bericht.c.id).where(bericht.c.id == traceer_id),
    ).subquery()
    berichten = select(bericht.c.bestemming, bericht.c.id, bericht.c.bevestigd_op).join(ids, bericht.c.id == ids.c[0])
    berichten = berichten.where(bericht.c.bestemming.in_(partijen), bericht.c.aangeboden).order_by(bericht.c.volgnummer)
    fouten = select(zending.c.ontvanger, zending.c.zender, zending.c.bezorgd_op).where(
        zending.c.traceer_id == traceer_id, zending.c.ontvanger.in_(partijen), text("zending.foutbericht")
    )
    gevonden = [InPostvak(partij, id_, None, op) for partij, id_, op in verbinding.execute(berichten)]
    if not gevonden:
        gevonden = [
            InPostvak(partij, None, Zendingsleutel(zender, traceer_id), op)
            for partij, zender, op in verbinding.execute(fouten)
        ]
    return min(gevonden, key=lambda post: post.bevestigd_op is not None, default=None)


def inhoud(verbinding: Connection, post: InPostvak, bevestigd_na: datetime) -> bytes | None:
    """Its bytes, unless it was acknowledged before this moment."""
    if post.bevestigd_op is not None and post.bevestigd_op <= bevestigd_na:
        return None
    if post.foutbericht is not None:
        vraag = select(zending.c.inhoud).where(
            zending.c.zender == post.foutbericht.zender, zending.c.traceer_id == post.foutbericht.traceer_id
        )
    else:
        vraag = select(bericht.c.inhoud).where(bericht.c.id == post.bericht)
    bytes_: bytes | None = verbinding.execute(vraag).scalar()
    return bytes_


def van_bericht(verbinding: Connection, id_: str) -> RowMapping:
    """One message with its envelope."""
    return verbinding.execute(MET_ENVELOP.where(bericht.c.id == id_)).mappings().one()


def traceer_id(verbinding: Connection, id_: str) -> str:
    """What the message with this id goes by on its envelope."""
    vraag = select(zending.c.traceer_id).where(zending.c.bericht == id_)
    return verbinding.execute(vraag).scalar() or id_


def id_van(verbinding: Connection, partij: str, traceer_id: str) -> str | None:
    """The id of the message with this traceerId on its envelope that this party sent or handed in, or else that it received."""
    eigen = or_(zending.c.zender == partij, zending.c.indiener == partij)
    vraag = (
        select(zending.c.bericht)
        .join(bericht, bericht.c.id == zending.c.bericht)
        .where(zending.c.traceer_id == traceer_id, or_(eigen, (zending.c.ontvanger == partij) & bericht.c.aangeboden))
        .order_by(case((eigen, 0), else_=1), bericht.c.volgnummer)
    )
    id_: str | None = verbinding.execute(vraag.limit(1)).scalar()
    return id_


def zending_zonder_bericht(verbinding: Connection, partij: str, traceer_id: str) -> RowMapping | None:
    """The envelope with this traceerId of which no message came (yet), that this party sent or handed in. Without its bytes."""
    vraag = select(*ZONDER_INHOUD).where(
        zending.c.traceer_id == traceer_id,
        or_(zending.c.zender == partij, zending.c.indiener == partij),
        zending.c.bericht.is_(None),
        ~zending.c.foutbericht,
    )
    return (
        verbinding.execute(vraag.order_by(case((zending.c.zender == partij, 0), else_=1)).limit(1)).mappings().first()
    )


def meldingen_bij(verbinding: Connection, id_: str) -> list[Mapping[str, str]]:
    """What the door said of the message with this id that came in an envelope."""
    meldingen: list[Mapping[str, str]] | None = verbinding.execute(
        select(zending.c.meldingen).where(zending.c.bericht == id_)
    ).scalar()
    return meldingen or []


def _zichtbaar(partij: str) -> ColumnElement[bool]:
    """What a party sent or handed in, and what was delivered to it."""
    return or_(
        bericht.c.verzender == partij,
        zending.c.indiener == partij,
        (bericht.c.bestemming == partij) & bericht.c.aangeboden,
    )


def van_traceer(verbinding: Connection, partij: str, traceer_id: str, limiet: int) -> list[RowMapping]:
    """The message with this traceerId and those that answer it, as far as a party may see them."""
    gevraagd = or_(zending.c.traceer_id == traceer_id, zending.c.als_antwoord_op == traceer_id)
    rijen = _met_antwoorden(verbinding, partij, traceer_id, gevraagd, limiet)
    return [rij for rij in rijen if traceer_id in (rij["traceer_id"], rij["als_antwoord_op"])]


def van_conversatie(verbinding: Connection, partij: str, conversatie_id: str, limiet: int) -> list[RowMapping]:
    """The messages of this conversation, as far as a party may see them."""
    gevraagd = zending.c.conversatie_id == conversatie_id
    rijen = _met_antwoorden(verbinding, partij, conversatie_id, gevraagd, limiet)
    return [rij for rij in rijen if conversatie_id == rij["conversatie_id"]]


def _met_antwoorden(
    verbinding: Connection, partij: str, id_: str, gevraagd: ColumnElement[bool], limiet: int
) -> list[RowMapping]:
    van_zendingen = select(zending.c.bericht).where(gevraagd, zending.c.bericht.is_not(None)).limit(limiet)
    ids = {id_, *verbinding.execute(van_zendingen).scalars()}
    vraag = MET_ENVELOP.where(or_(bericht.c.id.in_(ids), bericht.c.antwoord_op.in_(ids)), _zichtbaar(partij))
    return list(verbinding.execute(vraag.order_by(bericht.c.volgnummer).limit(limiet)).mappings())


def zonder_bericht(
    verbinding: Connection, partij: str, limiet: int, traceer_id: str | None = None, conversatie_id: str | None = None
) -> list[RowMapping]:
    """The envelopes of which no message came (yet) with this traceerId, answering it, or in this conversation: those that
    a party sent or handed in, and the foutberichten that were delivered to it. Without their bytes."""
    vraag = select(*ZONDER_INHOUD, *_VAN_BEZORGING)
    vraag = vraag.outerjoin(bezorging, bezorging.c.sleutel == sleutel_van_foutbericht()).where(
        zending.c.bericht.is_(None),
        or_(zending.c.zender == partij, zending.c.indiener == partij, foutbericht_voor(partij)),
    )
    if traceer_id is not None:
        vraag = vraag.where(or_(zending.c.traceer_id == traceer_id, zending.c.als_antwoord_op == traceer_id))
    if conversatie_id is not None:
        vraag = vraag.where(zending.c.conversatie_id == conversatie_id)
    return list(verbinding.execute(vraag.order_by(zending.c.ontvangen_op).limit(limiet)).mappings())


def bevestig(verbinding: Connection, partijen: Collection[str], traceer_id: str, nu: datetime) -> InPostvak | None:
    """Mark what lies ready for one of these parties as safely received. None when it is not there; a repeat keeps the first
    moment."""
    post = in_postvak(verbinding, partijen, traceer_id)
    if post is not None and post.bericht is not None:
        bevestig_bericht(verbinding, post.bericht, nu)
    elif post is not None and post.foutbericht is not None:
        bevestig_foutbericht(verbinding, post.foutbericht, nu)
    return post


def bevestig_bericht(verbinding: Connection, id_: str, nu: datetime) -> None:
    """Mark a message in a postvak as safely received: nothing is pushed any more, and who sent it may hear so. A repeat keeps the
    first moment."""
    open_ = (bericht.c.id == id_) & bericht.c.bevestigd_op.is_(None)
    bevestigd = update(bericht).where(open_).values(bevestigd_op=nu).returning(bericht.c.verzender)
    verzender = verbinding.execute(bevestigd).scalar()
    if verzender is not None:
        leg_klaar(verbinding, verzender, over_bericht("bezorgd", id_, nu))
    verbinding.execute(delete(bezorging).where(bezorging.c.sleutel == id_))


def bevestig_foutbericht(verbinding: Connection, sleutel: Zendingsleutel, nu: datetime) -> None:
    """The same of a foutbericht."""
    deze = (zending.c.zender == sleutel.zender) & (zending.c.traceer_id == sleutel.traceer_id)
    open_ = deze & text("zending.foutbericht") & zending.c.bezorgd_op.is_(None)
    verbinding.execute(update(zending).where(open_).values(status="Bezorgd", bezorgd_op=nu))
    verbinding.execute(delete(bezorging).where(bezorging.c.sleutel == "/".join(sleutel)))
