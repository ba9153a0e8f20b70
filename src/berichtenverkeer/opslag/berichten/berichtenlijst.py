"""Messages, as a party searches them, and what became of each."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, RowMapping, exists, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from ...levensloop.kalender import plus_dagen
from ..dag import begin_van
from ..eigenaar import van_partij
from ..lijst import Lijst
from ..tabellen.berichten import bericht
from ..tabellen.declaraties import prestatie
from ..tabellen.keten import bezorging, zending

b = bericht.c


@dataclass(frozen=True, slots=True)
class Berichtrij:
    """A message; ``antwoord_op`` is the id of what it answers."""

    id: str
    volgnummer: int
    domein: str
    berichtsoort: str
    identificatie: str
    dagtekening: date
    afzender: str
    ontvanger: str
    verzender: str
    bestemming: str
    ontvangen_op: datetime
    oordeel: str
    beoordeling: str
    antwoord_op: str | None


@dataclass(frozen=True, slots=True)
class Kort:
    """Which message it is."""

    id: str
    berichtsoort: str


@dataclass(frozen=True, slots=True)
class Afloop:
    """What became of a message: how far it is (as ``keten.zendingen.status`` asks for it), the retourcodes that were found, and
    what answers it."""

    stand: RowMapping
    retourcodes: tuple[str, ...]
    antwoorden: tuple[Kort, ...]


def _over_client(bsn: str, _: date) -> ColumnElement[bool]:
    """Messages in a dossier of this client, and the declaraties with a Prestatie for this client."""
    einde = f"/{bsn}"
    gedeclareerd = exists().where(prestatie.c.declaratie == b.id, prestatie.c.dossier.endswith(einde))
    return or_(b.dossier.endswith(einde), gedeclareerd)


LIJST = Lijst(
    "berichten",
    bericht,
    Berichtrij,
    {
        "berichtsoort": lambda codes, _: b.berichtsoort.in_(codes),
        "tegenpartij": lambda code, _: or_(b.verzender == code, b.bestemming == code),
        "bsn": _over_client,
        "ontvangen_van": lambda dag, _: b.ontvangen_op >= begin_van(dag),
        "ontvangen_tot": lambda dag, _: b.ontvangen_op < begin_van(plus_dagen(dag, 1)),
    },
    orde="volgnummer",
)


def gesprek(verbinding: Connection, partij: str, id_: str, hoogstens: int) -> list[Berichtrij]:
    """A message with what it answers, what answers it, and what else was said in its dossier, as far as a party may see it: at most
    so many, those nearest to it, in order of arrival. Empty when the party may not see the message itself."""
    van = van_partij(bericht, partij)
    hier = verbinding.execute(select(b.volgnummer, b.dossier, b.antwoord_op).where(b.id == id_, van)).first()
    if hier is None:
        return []
    erbij = [b.id == id_, b.antwoord_op == id_]
    if hier.antwoord_op is not None:
        erbij += [b.id == hier.antwoord_op, b.antwoord_op == hier.antwoord_op]
    if hier.dossier is not None:
        erbij.append(b.dossier == hier.dossier)
    dichtbij = select(b.id).where(or_(*erbij), van).order_by(func.abs(b.volgnummer - hier.volgnummer)).limit(hoogstens)
    kolommen = (b[veld.name] for veld in fields(Berichtrij))
    vraag = select(*kolommen).where(b.id.in_(dichtbij.scalar_subquery())).order_by(b.volgnummer)
    return [Berichtrij(*rij) for rij in verbinding.execute(vraag)]


class _Retourcodes(FunctionElement[Any]):
    """The different retourcodes in a column of findings, made in the database: of a large declaratie the findings are many
    megabytes."""

    name = "retourcodes"
    type = JSON()
    inherit_cache = True


@compiles(_Retourcodes, "sqlite")
def _sqlite(element: _Retourcodes, compiler: SQLCompiler, **opties: Any) -> str:
    code = "json_extract(value, '$.retourcode')"
    kolom = compiler.process(element.clauses, **opties)
    return f"(SELECT json_group_array(DISTINCT {code}) FROM json_each({kolom}) WHERE {code} IS NOT NULL)"


@compiles(_Retourcodes, "postgresql")
def _postgresql(element: _Retourcodes, compiler: SQLCompiler, **opties: Any) -> str:
    code = "b ->> 'retourcode'"
    kolom = compiler.process(element.clauses, **opties)
    return f"(SELECT json_agg(DISTINCT {code}) FROM json_array_elements({kolom}) AS b WHERE {code} IS NOT NULL)"


def afloop(verbinding: Connection, ids: Collection[str]) -> dict[str, Afloop]:
    """What became of each of these messages."""
    antwoorden: dict[str, list[Kort]] = defaultdict(list)
    vraag = select(b.antwoord_op, b.id, b.berichtsoort).where(b.antwoord_op.in_(ids)).order_by(b.volgnummer)
    for antwoord_op, id_, soort in verbinding.execute(vraag):
        antwoorden[antwoord_op].append(Kort(id_, soort))
    stand = (
        select(
            b.id,
            b.oordeel,
            b.aangeboden,
            b.bevestigd_op,
            zending.c.status.label("zendingstatus"),
            bezorging.c.fout.label("bezorgfout"),
            bezorging.c.afgebroken_op,
            _Retourcodes(b.bevindingen).label("retourcodes"),
        )
        .outerjoin(zending, zending.c.bericht == b.id)
        .outerjoin(bezorging, bezorging.c.sleutel == b.id)
        .where(b.id.in_(ids))
    )
    return {
        rij["id"]: Afloop(rij, tuple(sorted(rij["retourcodes"] or ())), tuple(antwoorden[rij["id"]]))
        for rij in verbinding.execute(stand).mappings()
    }


def kort(verbinding: Connection, ids: Collection[str]) -> dict[str, Kort]:
    """Which messages these are."""
    vraag = select(b.id, b.berichtsoort).where(b.id.in_(ids))
    return {id_: Kort(id_, soort) for id_, soort in verbinding.execute(vraag)}
