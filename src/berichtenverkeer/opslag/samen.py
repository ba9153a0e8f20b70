"""Several statements in one round trip: what the taking in of a group asks and writes, as constant SQL.

PostgreSQL gets them in a pipeline: what costs a group most is not its statements but the waiting between them. Keys and rows
go as one JSON text a statement, which both sides read and write in C. Whatever else is asked of the database goes by
SQLAlchemy, and so do errors: they are turned into its own.
"""

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, LargeBinary, Table, exc
from sqlalchemy.dialects import postgresql

from ..versleuteling.bestand import sleutelbos
from . import personen, verborgen
from .personen import Zegelbytes

Rij = tuple[Any, ...]


@dataclass(frozen=True)
class Vraag:
    """A question about keys, or what is to be done with each: rows of text, whole numbers and moments (``als_moment``).

    ``sql`` says ``{sleutels}`` for the keys, joined by ``{join}`` so that each is looked up in an index; ``{0}`` and ``{1}`` are
    the first and second text of a key, ``{n0}`` and so on its numbers, and ``{m0}`` its moments. ``kolommen`` are those of which rows come back, None
    for a value that needs no reading. ``personen`` are the places in a key that hold a Bsn or the key of a dossier, and ``over`` the
    place in a row that does, where no column reads it.
    """

    sql: str
    kolommen: tuple[Column[Any] | None, ...] = ()
    personen: tuple[int, ...] = ()
    over: int | None = None
    _lezers: dict[str, list[tuple[int, Callable[[Any], Any]]]] = field(default_factory=dict, compare=False)

    def in_(self, dialect: Dialect) -> str:
        """The statement in the words of a database."""
        return _vraag(self.sql, dialect.name)

    def gelezen(self, dialect: Dialect, rijen: Sequence[Rij]) -> Sequence[Rij]:
        """The rows with each value as its column holds it."""
        if dialect.name not in self._lezers:
            toon = [(self.over, verborgen.toon)] if self.over is not None else []
            self._lezers[dialect.name] = [*_lezers(self.kolommen, dialect), *toon]
        lezers = self._lezers[dialect.name]
        return [_vertaald(rij, lezers) for rij in rijen] if lezers else rijen

    def als_json(self, sleutels: Sequence[Sequence[object]]) -> str:
        """The keys as they go to a database."""
        if self.personen and sleutelbos() is not None:
            sleutels = [
                [verborgen.verberg(deel) if plek in self.personen else deel for plek, deel in enumerate(sleutel)]
                for sleutel in sleutels
            ]
        return json.dumps(sleutels)


@dataclass(frozen=True, slots=True)
class Rijen:
    """Rows for a table, each with every column: added, or put in the place of those with the same ``sleutel``. What stands in the
    column ``nummer`` is counted from a number that is not known yet. With ``alleen`` rows hold those columns and the ``sleutel``, and
    what has that already gets them."""

    tabel: Table
    rijen: Sequence[Mapping[str, Any]]
    sleutel: str | None = None
    nummer: str | None = None
    alleen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gereed:
    """Rows as they go to a database, but for what their numbers are counted from: may come from another process. ``plek`` is where
    the number stands in each, for a database that takes them one by one."""

    opdracht: str
    waarden: Mapping[str, str] | list[Sequence[Any]]
    aantal: int
    plek: int | None

    def vanaf(self, eerste: int) -> tuple[str, Mapping[str, Any] | list[Sequence[Any]]]:
        """The statement and its values, with numbers that are counted from this one."""
        plek = self.plek
        if plek is None:
            return self.opdracht, self.waarden
        if isinstance(self.waarden, list):
            return self.opdracht, [[*rij[:plek], rij[plek] + eerste, *rij[plek + 1 :]] for rij in self.waarden]
        return self.opdracht, {**self.waarden, "n": eerste}


def vraag(verbinding: Connection, vragen: Sequence[tuple[Vraag, Sequence[Sequence[object]]]]) -> list[Sequence[Rij]]:
    """The answers to these questions about these keys, in order, each asked after the one before it."""
    dialect = verbinding.dialect
    opdrachten = [(een.in_(dialect), {"k": een.als_json(sleutels)}) for een, sleutels in vragen]
    antwoorden = _stuur(verbinding, opdrachten)
    return [een.gelezen(dialect, rijen) for (een, _), rijen in zip(vragen, antwoorden, strict=True)]


def als_moment(moment: datetime) -> str:
    """A moment in a key, as SQLite keeps it: in UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def maak_gereed(alles: Sequence[Rijen], dialect: Dialect) -> list[Gereed]:
    """These rows as this database takes them, table by table."""
    zet = _voor_postgresql if dialect.name == "postgresql" else _voor_sqlite
    return [zet(deel, dialect) for deel in alles if deel.rijen]


def met_sleutels(opdracht: Vraag, sleutels: Sequence[Sequence[object]], dialect: Dialect) -> Gereed:
    """What is done with each of these keys, as it goes to such a database with the rows of others."""
    return Gereed(opdracht.in_(dialect), {"k": opdracht.als_json(sleutels)}, len(sleutels), None)


def schrijf(verbinding: Connection, alles: Sequence[Rijen]) -> None:
    """Write these rows, table by table, with the numbers that they have."""
    schrijf_gereed(verbinding, maak_gereed(alles, verbinding.dialect), 0)


def schrijf_gereed(verbinding: Connection, alles: Sequence[Gereed], eerste: int) -> None:
    """The same of rows with numbers that are counted from this one."""
    _stuur(verbinding, [deel.vanaf(eerste) for deel in alles])


def schrijf_als(verbinding: Connection, rijen: Rijen, opdracht: str, waarden: Mapping[str, object]) -> bool:
    """Write these rows when this statement changes something, in one round trip; whether it did."""
    [gereed] = maak_gereed([rijen], verbinding.dialect)
    los = _los(verbinding)
    with _fouten(verbinding):
        if not isinstance(gereed.waarden, list):
            alles = {**waarden, **gereed.waarden}
            return bool(los.execute(_alleen_als(gereed.opdracht, opdracht), alles, prepare=True).rowcount)
        if not los.execute(_met_dubbelepunt(opdracht), waarden).rowcount:
            return False
        los.executemany(gereed.opdracht, gereed.waarden)
        return True


@cache
def _alleen_als(rijen: str, opdracht: str) -> str:
    return f"WITH eerst AS ({opdracht} RETURNING 1) {rijen} WHERE EXISTS (SELECT FROM eerst)"


@cache
def _met_dubbelepunt(opdracht: str) -> str:
    """The names of values as SQLite writes them."""
    return re.sub(r"%\((\w+)\)s", r":\1", opdracht)


_PER_SLEUTEL = "SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)"
"""For this transaction: a key is looked up in the index, each by itself. Of a table that PostgreSQL thinks is small, as of each that
begins to fill, it would read the whole index to join it with a few keys, and a prepared statement goes on doing so."""


def _stuur(
    verbinding: Connection, opdrachten: Sequence[tuple[str, Mapping[str, Any] | list[Sequence[Any]]]]
) -> list[Sequence[Rij]]:
    """The rows of each statement; one with a list of rows has none."""
    los = _los(verbinding)
    with _fouten(verbinding):
        if verbinding.dialect.name == "postgresql":
            with los.pipeline():
                los.execute(_PER_SLEUTEL, prepare=True)
                cursors = [los.execute(opdracht, waarden, prepare=True) for opdracht, waarden in opdrachten]
            # not cursor.description: that makes an object of each column
            return [cursor.fetchall() if cursor.pgresult.nfields else () for cursor in cursors]
        return [
            (los.executemany if isinstance(waarden, list) else los.execute)(opdracht, waarden).fetchall()
            for opdracht, waarden in opdrachten
        ]


def _voor_postgresql(deel: Rijen, _: Dialect) -> Gereed:
    dicht = sleutelbos() is not None
    opdracht = _in_postgresql(deel.tabel, deel.sleutel, deel.nummer, deel.alleen, dicht=dicht)
    in_tabel = [personen.als_in(deel.tabel, rij) for rij in deel.rijen] if dicht else deel.rijen
    rijen = (_JSON_DICHT if dicht else _JSON).encode(in_tabel)
    return Gereed(opdracht, {"r": rijen}, len(deel.rijen), None if deel.nummer is None else 0)


def _voor_sqlite(deel: Rijen, dialect: Dialect) -> Gereed:
    opdracht, als_rij, plekken = _in_sqlite(
        deel.tabel, deel.sleutel, deel.alleen, dialect, dicht=sleutelbos() is not None
    )
    rijen = list(map(als_rij, deel.rijen))
    return Gereed(opdracht, rijen, len(rijen), None if deel.nummer is None else plekken[deel.nummer])


def _los(verbinding: Connection) -> Any:
    """The connection of the driver."""
    return verbinding.connection.driver_connection


@contextmanager
def _fouten(verbinding: Connection) -> Iterator[None]:
    """Raise what the driver raises as SQLAlchemy would."""
    dialect = verbinding.dialect
    assert dialect.dbapi is not None
    try:
        yield
    except dialect.dbapi.Error as fout:
        los = verbinding.connection.dbapi_connection
        af = dialect.is_disconnect(fout, los, None)
        if af:
            verbinding.engine.pool._invalidate(verbinding.connection, fout)  # those that lie there broke off too
            verbinding.invalidate(fout)
        raise exc.DBAPIError.instance(
            None, None, fout, dialect.dbapi.Error, hide_parameters=True, connection_invalidated=af, dialect=dialect
        ) from fout


@cache
def _vraag(sql: str, database: str) -> str:
    plekken = range(4)
    if database == "postgresql":
        tekst = [f"(k.value ->> {plek})" for plek in plekken]
        return sql.format(
            *tekst,
            **{f"n{plek}": f"CAST({tekst[plek]} AS bigint)" for plek in plekken},
            **{f"m{plek}": f"(CAST({tekst[plek]} AS timestamp) AT TIME ZONE 'UTC')" for plek in plekken},
            sleutels="jsonb_array_elements(CAST(%(k)s AS jsonb)) AS k (value)",
            join="JOIN",
        )
    tekst = [f"json_extract(k.value, '$[{plek}]')" for plek in plekken]
    return sql.format(
        *tekst,
        **{f"{soort}{plek}": tekst[plek] for soort in "nm" for plek in plekken},
        sleutels="json_each(:k) AS k",
        join="CROSS JOIN",  # from the keys to the table, never the other way
    )


def _lezers(kolommen: Sequence[Column[Any] | None], dialect: Dialect) -> Iterator[tuple[int, Callable[[Any], Any]]]:
    for plek, kolom in enumerate(kolommen):
        if kolom is not None and (lees := kolom.type.dialect_impl(dialect).result_processor(dialect, None)):
            yield plek, lees


def _vertaald(rij: Rij, lezers: Sequence[tuple[int, Callable[[Any], Any]]]) -> Rij:
    waarden = list(rij)
    for plek, lees in lezers:
        waarden[plek] = lees(waarden[plek])
    return tuple(waarden)


@cache
def _in_postgresql(
    tabel: Table, sleutel: str | None, nummer: str | None, alleen: tuple[str, ...], *, dicht: bool
) -> str:
    kolommen = [tabel.c[naam] for naam in (*alleen, *_delen(sleutel))] if alleen else list(tabel.c)
    namen = [kolom.name for kolom in kolommen]
    bytes_ = {kolom.name for kolom in kolommen if _is_bytes(kolom)}
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    soorten = (f"{k.name} {'text' if k.name in bytes_ else k.type.compile(dialect)}" for k in kolommen)
    rijen = f"json_to_recordset(CAST(%(r)s AS json)) AS r ({', '.join(soorten)})"
    if alleen:
        zet = ", ".join(f"{naam} = r.{naam}" for naam in alleen)
        waar = " AND ".join(f"{tabel.name}.{naam} = r.{naam}" for naam in _delen(sleutel))
        return f"UPDATE {tabel.name} SET {zet} FROM {rijen} WHERE {waar}"
    anders = {naam: f"decode(r.{naam}, 'base64')" if dicht else f"convert_to(r.{naam}, 'UTF8')" for naam in bytes_}
    if nummer is not None:
        anders[nummer] = f"r.{nummer} + CAST(%(n)s AS bigint)"
    waarden = (anders.get(naam, f"r.{naam}") for naam in namen)
    return f"INSERT INTO {tabel.name} ({', '.join(namen)}) SELECT {', '.join(waarden)} FROM {rijen}{_of_zet(namen, sleutel)}"


@cache
def _in_sqlite(
    tabel: Table, sleutel: str | None, alleen: tuple[str, ...], dialect: Dialect, *, dicht: bool
) -> tuple[str, Callable[[Mapping[str, Any]], Sequence[Any]], Mapping[str, int]]:
    if alleen:
        zet, waar = (" = ?, ".join(alleen), " = ? AND ".join(_delen(sleutel)))
        kolommen = [tabel.c[naam] for naam in (*alleen, *_delen(sleutel))]
        return f"UPDATE {tabel.name} SET {zet} = ? WHERE {waar} = ?", _als_rij(kolommen, dialect, dicht=dicht), {}
    namen = [kolom.name for kolom in tabel.c]
    plekken = ", ".join("?" * len(namen))
    opdracht = f"INSERT INTO {tabel.name} ({', '.join(namen)}) VALUES ({plekken}){_of_zet(namen, sleutel)}"
    return opdracht, _als_rij(list(tabel.c), dialect, dicht=dicht), {naam: plek for plek, naam in enumerate(namen)}


def _als_rij(
    kolommen: Sequence[Column[Any]], dialect: Dialect, *, dicht: bool
) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    zetters = [_zetter(kolom, dialect, dicht=dicht) for kolom in kolommen]
    if not any(zetters):
        return itemgetter(*(kolom.name for kolom in kolommen))
    zet = [zetter or itemgetter(kolom.name) for kolom, zetter in zip(kolommen, zetters, strict=True)]
    return lambda rij: [een(rij) for een in zet]


def _zetter(kolom: Column[Any], dialect: Dialect, *, dicht: bool) -> Callable[[Mapping[str, Any]], Any] | None:
    """What makes of a row the value of a column; None when it stands there as it is."""
    naam = kolom.name
    if (zet_persoon := personen.zetter(kolom)) is not None:
        return zet_persoon if dicht else None
    # bytes as they are: what is made of them cannot go to another process
    zet = None if _is_bytes(kolom) else kolom.type.dialect_impl(dialect).bind_processor(dialect)
    return (lambda rij: zet(rij[naam])) if zet else None


def _delen(sleutel: str | None) -> list[str]:
    """The columns of a key."""
    return sleutel.split(", ") if sleutel else []


def _is_bytes(kolom: Column[Any]) -> bool:
    return isinstance(kolom.type, (LargeBinary, Zegelbytes))


def _of_zet(namen: Sequence[str], sleutel: str | None) -> str:
    if sleutel is None:
        return ""
    eigen = _delen(sleutel)
    return f" ON CONFLICT ({sleutel}) DO UPDATE SET " + ", ".join(
        f"{n} = excluded.{n}" for n in namen if n not in eigen
    )


def _als_json(waarde: object) -> str:
    """What JSON does not know: days and moments, and the bytes of a document, which is UTF-8 (OP192)."""
    if isinstance(waarde, bytes):
        return waarde.decode()
    assert isinstance(waarde, date)
    return waarde.isoformat()


def _als_json_dicht(waarde: object) -> str:
    """The same where bytes are sealed."""
    return base64.b64encode(waarde).decode() if isinstance(waarde, bytes) else _als_json(waarde)


_JSON, _JSON_DICHT = json.JSONEncoder(default=_als_json), json.JSONEncoder(default=_als_json_dicht)
