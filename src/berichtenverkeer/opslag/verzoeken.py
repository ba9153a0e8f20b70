"""Looking up requests, for one party: what it may see is part of every query."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select, tuple_

from .eigenaar import van_partij
from .tabellen import verzoek as v


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; None is no condition. ``na`` is the place of the last request seen: (wijziging, id)."""

    domein: str | None = None
    gemeente: str | None = None
    aanbieder: str | None = None
    bsn: str | None = None
    soort: str | None = None
    referentie: str | None = None
    toestand: str | None = None
    na: tuple[int, str] | None = None


def zoek(verbinding: Connection, partij: str, filter_: Filter, limiet: int) -> Sequence[RowMapping]:
    """The requests of a party in order of their last change, so that a cursor never misses one."""
    gelijk = {
        v.c.domein: filter_.domein,
        v.c.gemeente: filter_.gemeente,
        v.c.aanbieder: filter_.aanbieder,
        v.c.bsn: filter_.bsn,
        v.c.soort: filter_.soort,
        v.c.referentie: filter_.referentie,
        v.c.toestand: filter_.toestand,
    }
    voorwaarden = [kolom == waarde for kolom, waarde in gelijk.items() if waarde is not None]
    if filter_.na is not None:
        voorwaarden.append(tuple_(v.c.wijziging, v.c.id) > filter_.na)
    vraag = select(v).where(van_partij(v, partij), *voorwaarden).order_by(v.c.wijziging, v.c.id).limit(limiet)
    return verbinding.execute(vraag).mappings().all()


def geef(verbinding: Connection, partij: str, id_: str) -> RowMapping | None:
    """One request, if this party may see it."""
    return verbinding.execute(select(v).where(v.c.id == id_, van_partij(v, partij))).mappings().first()
