"""Pushing to endpoints, in the database. The postvak is the queue: what lies ready for a party with an endpoint and was not
acknowledged. ``bezorging`` has a row for what was tried or is being tried, and says when it may be tried again.

Two clocks: attempts are planned by the clock of the node, but how long a process may hold one (``bezig_tot``) is a matter
of the machine.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from ..tabellen.berichten import bericht
from ..tabellen.keten import bezorging, zending
from ..tabellen.partijen import partij
from .enveloppen import MET_ENVELOP, bevestig_bericht, bevestig_foutbericht
from .zendingen import Zendingsleutel, sleutel_van_foutbericht

LANGSTE_WACHT = timedelta(hours=1)
"""The longest that an attempt is planned after the one before. What stands further ahead was planned by a clock that was set
back since, and may be tried now."""

_LIGT_KLAAR = text("bericht.aangeboden AND bericht.bevestigd_op IS NULL")
_FOUT_LIGT_KLAAR = text("zending.foutbericht AND zending.bezorgd_op IS NULL")
"""In the words of the indexes."""


class Genomen(NamedTuple):
    """What this process may try now. ``rij`` is that of ``opslag.berichten.enveloppen``, or of a foutbericht that of ``zending``.

    ``poging`` is its number, from 1; who notes something names it, so that a process that was thought dead spoils nothing.
    """

    sleutel: str
    partij: str
    eindpunt: str
    poging: int
    eerste_poging_op: datetime
    rij: RowMapping
    inhoud: bytes
    foutbericht: Zendingsleutel | None


def eindpunten(verbinding: Connection, nu: datetime, systeem: datetime) -> dict[str, bool]:
    """The code of each party with an endpoint, and whether there is something to push to it."""
    vrij = _vrij(nu, systeem)
    berichten = (
        select(bericht.c.id)
        .outerjoin(bezorging, bezorging.c.sleutel == bericht.c.id)
        .where(bericht.c.bestemming == partij.c.code, _LIGT_KLAAR, vrij)
        .correlate(partij)
    )
    fouten = (
        select(zending.c.traceer_id)
        .outerjoin(bezorging, bezorging.c.sleutel == sleutel_van_foutbericht())
        .where(zending.c.ontvanger == partij.c.code, _FOUT_LIGT_KLAAR, vrij)
        .correlate(partij)
    )
    werk = or_(exists(berichten), exists(fouten))
    vraag = select(partij.c.code, werk).where(partij.c.eindpunt.is_not(None))
    return {code: bool(heeft) for code, heeft in verbinding.execute(vraag)}


def neem(verbinding: Connection, code: str, nu: datetime, systeem: datetime, tot: datetime) -> Genomen | None:
    """Take the oldest that may be pushed to this party, until the moment ``tot``; None when there is nothing."""
    while (eindpunt := _eindpunt(verbinding, code)) and (kandidaat := _oudste(verbinding, code, nu, systeem)):
        sleutel = kandidaat if isinstance(kandidaat, str) else "/".join(kandidaat)
        if (gekregen := _claim(verbinding, sleutel, code, nu, systeem, tot)) is not None:
            vraag = _bericht(kandidaat) if isinstance(kandidaat, str) else _foutbericht(kandidaat)
            rij = verbinding.execute(vraag).mappings().one()
            fout = None if isinstance(kandidaat, str) else kandidaat
            return Genomen(sleutel, code, eindpunt, *gekregen, rij, rij["inhoud"], fout)
    return None


def bezorgd(verbinding: Connection, genomen: Genomen, nu: datetime) -> None:
    """The party has it, whoever holds the attempt by now. What was acknowledged by another door keeps its moment."""
    if genomen.foutbericht is None:
        bevestig_bericht(verbinding, genomen.sleutel, nu)
    else:
        bevestig_foutbericht(verbinding, genomen.foutbericht, nu)


def mislukt(verbinding: Connection, genomen: Genomen, fout: str, nu: datetime, volgende_op: datetime | None) -> bool:
    """Note why an attempt failed and when the next may be; without a next one it is broken off. False when it was
    acknowledged in the meantime, or when another process has taken it over."""
    eerder = func.coalesce(bezorging.c.mislukt_op, literal(nu, bezorging.c.mislukt_op.type))
    anders = {"mislukt_op": eerder, **({"afgebroken_op": nu} if volgende_op is None else {"volgende_op": volgende_op})}
    opdracht = update(bezorging).where(_deze_poging(genomen)).values(fout=fout, bezig_tot=None, **anders)
    return verbinding.execute(opdracht).rowcount == 1


def laat_los(verbinding: Connection, genomen: Genomen) -> None:
    """Let another process try what this one could not finish."""
    verbinding.execute(update(bezorging).where(_deze_poging(genomen)).values(bezig_tot=None))


def lijst(verbinding: Connection) -> list[RowMapping]:
    """What could not be pushed (yet), by party, the oldest first; ``traceer_id`` is that of a message with an envelope."""
    vraag = select(bezorging, zending.c.traceer_id).outerjoin(zending, zending.c.bericht == bezorging.c.sleutel)
    vraag = vraag.where(bezorging.c.fout.is_not(None)).order_by(bezorging.c.partij, bezorging.c.eerste_poging_op)
    return list(verbinding.execute(vraag).mappings())


def opnieuw(verbinding: Connection, code: str, systeem: datetime) -> int:
    """Forget the failed attempts at this party, but for what is being tried now: all begins again. How many there were."""
    los = or_(bezorging.c.bezig_tot.is_(None), bezorging.c.bezig_tot <= systeem)
    return verbinding.execute(delete(bezorging).where(bezorging.c.partij == code, los)).rowcount


def _vrij(nu: datetime, systeem: datetime) -> ColumnElement[bool]:
    """Whether something was never tried, or may be tried again."""
    return or_(bezorging.c.sleutel.is_(None), _weer_vrij(nu, systeem))


def _weer_vrij(nu: datetime, systeem: datetime) -> ColumnElement[bool]:
    los = or_(bezorging.c.bezig_tot.is_(None), bezorging.c.bezig_tot <= systeem)
    aan_de_beurt = or_(bezorging.c.volgende_op <= nu, bezorging.c.volgende_op > nu + LANGSTE_WACHT)
    return and_(bezorging.c.afgebroken_op.is_(None), aan_de_beurt, los)


def _eindpunt(verbinding: Connection, code: str) -> str | None:
    eindpunt: str | None = verbinding.execute(select(partij.c.eindpunt).where(partij.c.code == code)).scalar()
    return eindpunt


def _oudste(verbinding: Connection, code: str, nu: datetime, systeem: datetime) -> str | Zendingsleutel | None:
    """The id of the oldest message, or the key of a foutbericht that is older. Its row is locked until the transaction ends,
    so that it is not acknowledged between here and the claim; what another process has locked is passed by."""
    slot: dict[str, Any] = {"skip_locked": True, "key_share": True}
    berichten = (
        select(bericht.c.ontvangen_op, bericht.c.id)
        .outerjoin(bezorging, bezorging.c.sleutel == bericht.c.id)
        .where(bericht.c.bestemming == code, _LIGT_KLAAR, _vrij(nu, systeem))
        .order_by(bericht.c.volgnummer)
        .limit(1)
        .with_for_update(of=bericht, **slot)
    )
    fouten = (
        select(zending.c.ontvangen_op, zending.c.zender, zending.c.traceer_id)
        .outerjoin(bezorging, bezorging.c.sleutel == sleutel_van_foutbericht())
        .where(zending.c.ontvanger == code, _FOUT_LIGT_KLAAR, _vrij(nu, systeem))
        .order_by(zending.c.ontvangen_op)
        .limit(1)
        .with_for_update(of=zending, **slot)
    )
    eerste, fout = verbinding.execute(berichten).first(), verbinding.execute(fouten).first()
    if fout is not None and (eerste is None or fout.ontvangen_op < eerste.ontvangen_op):
        return Zendingsleutel(fout.zender, fout.traceer_id)
    return eerste.id if eerste is not None else None


def _claim(
    verbinding: Connection, sleutel: str, code: str, nu: datetime, systeem: datetime, tot: datetime
) -> tuple[int, datetime] | None:
    """The number of the attempt and the moment of the first; None when another process was first."""
    soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
    eerste = case(
        (bezorging.c.eerste_poging_op > nu, literal(nu, bezorging.c.eerste_poging_op.type)),
        else_=bezorging.c.eerste_poging_op,
    )
    nieuw = {"sleutel": sleutel, "partij": code, "eerste_poging_op": nu, "volgende_op": nu}
    opdracht = (
        soort_insert(bezorging)
        .values(**nieuw, pogingen=1, bezig_tot=tot)
        .on_conflict_do_update(
            index_elements=[bezorging.c.sleutel],
            set_={"pogingen": bezorging.c.pogingen + 1, "bezig_tot": tot, "eerste_poging_op": eerste},
            where=_weer_vrij(nu, systeem),
        )
        .returning(bezorging.c.pogingen, bezorging.c.eerste_poging_op)
    )
    rij = verbinding.execute(opdracht).first()
    return (rij.pogingen, rij.eerste_poging_op) if rij is not None else None


def _bericht(id_: str) -> Any:
    return MET_ENVELOP.add_columns(bericht.c.inhoud).where(bericht.c.id == id_)


def _foutbericht(sleutel: Zendingsleutel) -> Any:
    return select(zending).where(zending.c.zender == sleutel.zender, zending.c.traceer_id == sleutel.traceer_id)


def _deze_poging(genomen: Genomen) -> ColumnElement[bool]:
    return and_(bezorging.c.sleutel == genomen.sleutel, bezorging.c.pogingen == genomen.poging)
