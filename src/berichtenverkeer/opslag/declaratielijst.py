"""Looking up declaraties and Prestaties, for one party: what it may see is part of every query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, RowMapping, select, tuple_

from .eigenaar import van_partij
from .tabellen import declaratie as d
from .tabellen import prestatie as p


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; None is no condition. ``maand`` is the first day of a DeclaratiePeriode. ``na`` is the place of the
    last declaratie seen: (wijziging, id)."""

    domein: str | None = None
    gemeente: str | None = None
    aanbieder: str | None = None
    declaratienummer: str | None = None
    maand: date | None = None
    toestand: str | None = None
    na: tuple[int, str] | None = None


def zoek(verbinding: Connection, partij: str, filter_: Filter, limiet: int) -> Sequence[RowMapping]:
    """The declaraties of a party in order of their last change, so that a cursor never misses one."""
    gelijk = {
        d.c.domein: filter_.domein,
        d.c.gemeente: filter_.gemeente,
        d.c.aanbieder: filter_.aanbieder,
        d.c.declaratienummer: filter_.declaratienummer,
        d.c.begin: filter_.maand,
        d.c.toestand: filter_.toestand,
    }
    voorwaarden = [kolom == waarde for kolom, waarde in gelijk.items() if waarde is not None]
    if filter_.na is not None:
        voorwaarden.append(tuple_(d.c.wijziging, d.c.id) > filter_.na)
    vraag = select(d).where(van_partij(d, partij), *voorwaarden).order_by(d.c.wijziging, d.c.id).limit(limiet)
    return verbinding.execute(vraag).mappings().all()


def geef(verbinding: Connection, partij: str, id_: str) -> RowMapping | None:
    """One declaratie, if this party may see it."""
    return verbinding.execute(select(d).where(d.c.id == id_, van_partij(d, partij))).mappings().first()


def prestaties(
    verbinding: Connection, declaratie: str, toestand: str | None, na: int, limiet: int
) -> Sequence[RowMapping]:
    """The Prestaties of a declaratie in the order of the message, after this place."""
    voorwaarden = [p.c.declaratie == declaratie, p.c.nummer > na]
    if toestand is not None:
        voorwaarden.append(p.c.toestand == toestand)
    return verbinding.execute(select(p).where(*voorwaarden).order_by(p.c.nummer).limit(limiet)).mappings().all()


def met_referentie(verbinding: Connection, declaratie: str, referentienummer: str) -> Sequence[RowMapping]:
    """The Prestaties of a declaratie with this ReferentieNummer: one, unless the message broke TR314."""
    vraag = select(p).where(p.c.declaratie == declaratie, p.c.referentienummer == referentienummer)
    return verbinding.execute(vraag.order_by(p.c.nummer)).mappings().all()


def op_toewijzing(verbinding: Connection, dossier: str, toewijzingnummer: int) -> Sequence[RowMapping]:
    """Every Prestatie that was sent on a toewijzing, by ProductPeriode."""
    vraag = (
        select(p)
        .where(p.c.dossier == dossier, p.c.toewijzingnummer == toewijzingnummer)
        .order_by(p.c.begin, p.c.declaratie, p.c.nummer)
    )
    return verbinding.execute(vraag).mappings().all()
