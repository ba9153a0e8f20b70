"""Taking a database over: what stands in the open is hidden, and what was sealed with older keys is sealed with the newest.

That of a Bsn goes first, all in one transaction, since from there on it is looked up by its other number: meanwhile nobody else uses the
database. What is sealed goes in small parts afterwards, and a node that has the keys runs on meanwhile: it reads both.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    insert,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.types import TypeEngine

from . import bulk, sleutelmerk, verborgen
from .database import TABELLEN, schrijvend, vergrendel
from .personen import Bsngetal, Bsntekst, Dossiersleuteltekst, Zegelbytes, Zegeljson, Zegeltekst
from .tabellen.basis import metadata
from .tabellen.dossiers import dossierbeeld

_PER_KEER = 200
"""How many rows are sealed in one transaction: messages may be large."""

_Verzegelbaar = Zegelbytes | Zegeltekst | Zegeljson
_SOORTEN = (Zegelbytes, Zegeltekst, Zegeljson)


@dataclass(slots=True)
class Overgenomen:
    """How many values were hidden or sealed anew, and how many cannot be read since a key was destroyed."""

    waarden: int = 0
    vernietigd: int = 0


def neem_personen_over(engine: Engine) -> int:
    """Put another number in the place of every Bsn that stands in the open, and note by whose keys; how many values that were. Nobody else may
    use the database meanwhile."""
    aantal = 0
    with schrijvend(engine, noteer=False) as verbinding:
        vergrendel(verbinding, {TABELLEN})
        if sleutelmerk.past(verbinding):
            return 0
        verbinding.execute(delete(dossierbeeld))  # made again from what stays
        for tabel in metadata.sorted_tables:
            for kolom in tabel.c:
                if isinstance(kolom.type, (Dossiersleuteltekst, Bsntekst, Bsngetal)):
                    aantal += _verberg(verbinding, kolom)
        sleutelmerk.merk(verbinding)
    return aantal


def _verberg(verbinding: Connection, kolom: Column[Any]) -> int:
    ruw = Integer() if isinstance(kolom.type, Bsngetal) else Text()
    bron = type_coerce(kolom, ruw)
    open_ = verbinding.execute(select(bron).where(kolom.is_not(None)).distinct()).scalars().all()
    paren = [{"oud": waarde, "nieuw": nieuw} for waarde in open_ if (nieuw := verborgen.verberg(waarde)) != waarde]
    if not paren:
        return 0
    tijdelijk = Table(
        "verberg", MetaData(), Column("oud", ruw, primary_key=True), Column("nieuw", ruw), prefixes=["TEMPORARY"]
    )
    tijdelijk.create(verbinding)
    for deel in bulk.batched(paren, bulk.PER_VRAAG):
        verbinding.execute(insert(tijdelijk), list(deel))
    nieuw = select(tijdelijk.c.nieuw).where(tijdelijk.c.oud == bron).scalar_subquery()
    gedaan = verbinding.execute(
        update(kolom.table)
        .where(bron.in_(select(tijdelijk.c.oud)))
        .values({kolom.name: type_coerce(nieuw, kolom.type)})
    ).rowcount
    tijdelijk.drop(verbinding)
    return gedaan


def verzegel_alles(engine: Engine) -> Iterator[tuple[str, Overgenomen]]:
    """Seal with the newest keys whatever stands in the open or was sealed with older ones; of each column how many values that were.
    The database is in use meanwhile. Raises ``OnleesbareGegevens`` when keys are missing."""
    for tabel in metadata.sorted_tables:
        for kolom in tabel.c:
            if isinstance(kolom.type, _SOORTEN):
                yield f"{tabel.name}.{kolom.name}", _verzegel_kolom(engine, tabel, kolom)


def _verzegel_kolom(engine: Engine, tabel: Table, kolom: Column[Any]) -> Overgenomen:
    gedaan = Overgenomen()
    na: Sequence[Any] | None = None
    while True:
        with engine.connect() as verbinding:
            rijen = _rijen(verbinding, tabel, kolom, na)
        if not rijen:
            return gedaan
        na = [rijen[-1][sleutel.name] for sleutel in tabel.primary_key]
        if nieuw := _verzegeld(engine.dialect, tabel, kolom, rijen, gedaan):
            with schrijvend(engine, noteer=False) as verbinding:
                _zet(verbinding, tabel, kolom, nieuw)
            gedaan.waarden += len(nieuw)


def _rijen(
    verbinding: Connection, tabel: Table, kolom: Column[Any], na: Sequence[Any] | None
) -> Sequence[Mapping[str, Any]]:
    sleutel = list(tabel.primary_key)
    soort: _Verzegelbaar = kolom.type  # type: ignore[assignment]
    partijen = getattr(soort, "partijen", ())
    mee = [tabel.c[naam] for naam in ("dossier", *partijen) if naam in tabel.c and tabel.c[naam] not in sleutel]
    vraag = select(*sleutel, *mee, _bron(kolom).label("ruw")).where(kolom.is_not(None))
    if na is not None:
        vraag = vraag.where(tuple_(*sleutel) > tuple_(*na))
    gevonden = verbinding.execute(vraag.order_by(*sleutel).limit(_PER_KEER)).mappings().all()
    return [{str(naam): waarde for naam, waarde in rij.items()} for rij in gevonden]


def _verzegeld(
    dialect: Dialect,
    tabel: Table,
    kolom: Column[Any],
    rijen: Sequence[Mapping[str, Any]],
    gedaan: Overgenomen,
) -> list[dict[str, Any]]:
    soort: _Verzegelbaar = kolom.type  # type: ignore[assignment]
    nieuw = []
    for rij in rijen:
        ruw = _gelezen(soort, rij["ruw"])
        if verborgen.is_nieuw(ruw):
            continue
        if verborgen.is_vernietigd(ruw):
            gedaan.vernietigd += 1
            continue
        waarde = soort.process_result_value(ruw, dialect)
        dicht = soort.van_rij(waarde, rij)  # type: ignore[arg-type]
        nieuw.append({"nieuw_": dicht, "oud_": rij["ruw"], **{f"{k.name}_": rij[k.name] for k in tabel.primary_key}})
    return nieuw


def _zet(verbinding: Connection, tabel: Table, kolom: Column[Any], nieuw: Sequence[Mapping[str, Any]]) -> None:
    soort: _Verzegelbaar = kolom.type  # type: ignore[assignment]
    hier = and_(*(k == bindparam(f"{k.name}_", type_=k.type) for k in tabel.primary_key))
    bron = _bron(kolom)
    zelfde = bron == bindparam("oud_", type_=bron.type)  # what changed meanwhile is sealed already
    opdracht = update(tabel).where(hier, zelfde).values({kolom.name: bindparam("nieuw_", type_=_ruw(soort))})
    verbinding.execute(opdracht, list(nieuw))


def _ruw(soort: _Verzegelbaar) -> TypeEngine[Any]:
    if isinstance(soort, Zegelbytes):
        return LargeBinary()
    return JSON() if isinstance(soort, Zegeljson) else Text()


def _bron(kolom: Column[Any]) -> ColumnElement[Any]:
    """What stands in a column, as it is there; of JSON the text, for PostgreSQL does not compare it."""
    soort: _Verzegelbaar = kolom.type  # type: ignore[assignment]
    return cast(kolom, Text()) if isinstance(soort, Zegeljson) else type_coerce(kolom, _ruw(soort))


def _gelezen(soort: _Verzegelbaar, ruw: Any) -> Any:
    return json.loads(ruw) if isinstance(soort, Zegeljson) else ruw


def generaties(engine: Engine) -> set[bytes]:
    """With which generaties something in the database is sealed that can be read; an empty one stands for what is in the open."""
    uit: set[bytes] = set()
    for tabel in metadata.sorted_tables:
        for kolom in tabel.c:
            soort = kolom.type
            if isinstance(soort, _SOORTEN):
                vraag = select(_bron(kolom)).where(kolom.is_not(None))
                with engine.connect() as verbinding:
                    waarden = verbinding.execute(vraag.execution_options(yield_per=100)).scalars()
                    gelezen = (_gelezen(soort, waarde) for waarde in waarden)
                    uit.update(verborgen.generatie(een) or b"" for een in gelezen if not verborgen.is_vernietigd(een))
    return uit
