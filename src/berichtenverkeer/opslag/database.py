"""Connecting to the database, and making its tables. Those of an earlier release are for ``migraties``."""

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    QueuePool,
    create_engine,
    event,
    exc,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.pool import ConnectionPoolEntry

from ..grenzen import VERBINDINGEN
from ..pakket import meegeleverd
from ..zegbaar import Zegbaar
from . import dag, logboek, sleutelmerk, teller
from .beurt import Beurt
from .leeskopie import LEESKOPIE, GeenLeeskopie, Leeskopie, stand
from .samen import Vraag, vraag
from .tabellen.basis import metadata, versie
from .wachttijd import RUIM, DatabaseWeg, Wachttijd

T = TypeVar("T")

SCHRIJFT = "bv_schrijft"
"""Execution option of a connection that is going to write: on SQLite it takes the write lock at once, and the value is how many
seconds it waits for that."""


_BEURT = "bv_beurt"
"""Execution option of an engine: whose turn it is to write, where that is one at a time."""

_ALLEEN_EIGENAAR = 0o600

_OPEN = 5
"""Connections that stay open when nobody uses them."""

TABELLEN = "tabellen"
"""The lock of who makes or changes the tables."""


class DatabaseLooptAchter(Zegbaar):
    """The tables are not those of this release; ``berichtenverkeer db upgrade`` brings them up to date."""


class DatabaseLooptVoor(Zegbaar):
    """The tables are those of a later release."""


class DatabaseOnbekend(Zegbaar):
    """A URL names no database that this software can use. The text does not repeat it: it may have a password."""

    def __init__(self) -> None:
        super().__init__(
            "De naam van de database klopt niet: schrijf sqlite:///pad of postgresql://naam@machine/database, bij --database-url of "
            "in BV_DATABASE_URL."
        )


_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}
"""Which driver is meant by how a URL begins."""


def lees_url(url: str) -> URL:
    """A database URL in SQLAlchemy's form, with our driver. Raises ``DatabaseOnbekend``."""
    try:
        adres = make_url(url)
    except (exc.ArgumentError, ValueError):
        raise DatabaseOnbekend from None
    driver = _DRIVERS.get(adres.drivername, adres.drivername)
    if driver not in _DRIVERS.values() or (driver == "sqlite" and adres.host):
        raise DatabaseOnbekend
    return adres.set(drivername=driver)


class _Verbindingen(QueuePool):
    """Connections for whoever asks, but none while the database is known to be away: then who asks would wait in vain."""

    weg: Callable[[], bool] = staticmethod(lambda: False)

    def _do_get(self) -> ConnectionPoolEntry:
        if self.weg():
            raise DatabaseWeg("database is away")
        return super()._do_get()

    def recreate(self) -> "_Verbindingen":
        """The same again, after all its connections were found to be broken."""
        nieuw = super().recreate()
        assert isinstance(nieuw, _Verbindingen)
        nieuw.weg = self.weg
        return nieuw


def maak_engine(url: str, wachttijd: Wachttijd = RUIM, *, verbindingen: int = VERBINDINGEN, **opties: Any) -> Engine:
    """An engine for a database URL in SQLAlchemy's form, with a limit to every wait, and at most so many connections.

    ``postgresql://`` means psycopg 3. It runs at read committed whatever the server's default, for who has waited for a
    lock must see what its holder wrote. SQLite runs with write-ahead log, foreign keys, and a full sync at each commit,
    for what is answered must have been stored. Errors do not quote the values of a statement: those are of people.
    Raises ``DatabaseOnbekend``.
    """
    opties = {"hide_parameters": True, "json_serializer": _json} | opties
    adres = lees_url(url)
    if adres.get_backend_name() == "sqlite":
        if adres.database not in (None, "", ":memory:"):
            opties |= _pool(wachttijd, verbindingen)
        engine = create_engine(adres, connect_args={"timeout": wachttijd.slot, "check_same_thread": False}, **opties)
        _stel_sqlite_in(engine, wachttijd)
        return engine
    opties = _pool(wachttijd, verbindingen) | {"isolation_level": "READ COMMITTED"} | opties
    engine = create_engine(adres, **opties)

    @event.listens_for(engine, "do_connect")
    def _verbind(_dialect: object, _rij: object, args: Any, parameters: Any) -> object:
        from .postgresql import verbind  # who uses SQLite does without its driver

        return verbind(wachttijd, *args, **parameters)

    return engine


def _pool(wachttijd: Wachttijd, verbindingen: int) -> dict[str, Any]:
    open_ = min(_OPEN, verbindingen)
    return {
        "poolclass": _Verbindingen,
        "pool_timeout": wachttijd.verbinding,
        "pool_size": open_,
        "max_overflow": verbindingen - open_,
    }


def _bestand(adres: URL) -> Path | None:
    """The file of SQLite, where there is one whose rights are ours to say."""
    heeft = adres.database not in (None, "", ":memory:") and not adres.query.get("uri") and os.name == "posix"
    return Path(adres.database or "") if heeft else None


def _maak_prive(pad: Path) -> None:
    """Make a file of SQLite that only its owner may read, unless there is one.

    It is never opened here under its own name: to close a file lets go all locks that this process has on it, those of SQLite
    too, and another process would then throw away the write-ahead log of this one.
    """
    elders = Path(f"{pad}.{os.getpid()}-{threading.get_ident()}")
    with suppress(OSError):  # connecting says what is wrong
        if not pad.exists():
            elders.touch(_ALLEEN_EIGENAAR)
            try:
                os.link(elders, pad)
            finally:
                elders.unlink()


def _sluit_voor_anderen(pad: Path) -> None:
    """Of a file that was there, and what SQLite puts beside it, by name."""
    for bestand in (pad, Path(f"{pad}-wal"), Path(f"{pad}-shm")):
        with suppress(OSError):  # it is gone, or of another
            if bestand.stat().st_mode & 0o077:
                bestand.chmod(_ALLEEN_EIGENAAR)


def sluit_af(engine: Engine, weg: Callable[[], bool]) -> None:
    """From now on give out no connection as long as ``weg`` says that the database is away: raise ``DatabaseWeg`` at once."""
    if isinstance(engine.pool, _Verbindingen):
        engine.pool.weg = weg


def _stel_sqlite_in(engine: Engine, wachttijd: Wachttijd) -> None:
    engine.update_execution_options(**{_BEURT: Beurt(wachttijd.slot)})

    pad = _bestand(engine.url)

    @event.listens_for(engine, "do_connect")
    def _alleen_eigenaar(*_: object) -> None:
        if pad is not None:
            _maak_prive(pad)

    @event.listens_for(engine, "connect")
    def _instellen(verbinding: Any, _: object) -> None:
        verbinding.isolation_level = None  # this module says BEGIN itself
        _met_wal(verbinding, wachttijd.slot)
        if pad is not None:
            _sluit_voor_anderen(pad)
        verbinding.execute("PRAGMA foreign_keys=ON")
        verbinding.execute("PRAGMA synchronous=FULL")
        verbinding.create_function(dag.FUNCTIE, 1, dag.van_tekst, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begin(verbinding: Connection) -> None:
        hoogstens = verbinding.get_execution_options().get(SCHRIJFT)
        if hoogstens is None:
            verbinding.exec_driver_sql("BEGIN")
            return
        _zet_wachttijd(verbinding, hoogstens)
        try:
            verbinding.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            _zet_wachttijd(verbinding, wachttijd.slot)


def _zet_wachttijd(verbinding: Connection, seconden: float) -> None:
    verbinding.exec_driver_sql(f"PRAGMA busy_timeout={round(seconden * 1000)}")


def _json(waarde: Any) -> str:
    """A value as JSON. A list item by item, for Python has all the pieces of what it writes in memory at once, and of a
    large declaratie there are tens of thousands of findings."""
    return f"[{', '.join(map(json.dumps, waarde))}]" if isinstance(waarde, list) else json.dumps(waarde)


def _met_wal(verbinding: sqlite3.Connection, hoogstens: float) -> None:
    """Switch to the write-ahead log. While another process does the same, SQLite says at once that the file is locked."""
    tot = time.monotonic() + hoogstens
    while True:
        try:
            verbinding.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > tot:
                raise
            time.sleep(0.01)


def lees(engine: Engine, vraag: Callable[[Connection], T]) -> T:
    """What this question gives. A connection that broke off while it lay in the pool is replaced, once."""
    try:
        with engine.connect() as verbinding:
            return vraag(verbinding)
    except exc.DBAPIError as fout:
        if not fout.connection_invalidated:
            raise
    with engine.connect() as verbinding:
        return vraag(verbinding)


@contextmanager
def schrijvend(engine: Engine, *, noteer: bool = True) -> Iterator[Connection]:
    """A transaction that is going to write. What is done meanwhile, and with whom, is noted in it (``optreden``); without ``noteer`` it
    keeps only what the node needs itself, such as where someone is logged in."""
    beurt: Beurt | None = engine.get_execution_options().get(_BEURT)
    with (
        beurt.neem() if beurt is not None else nullcontext(0.0) as hoogstens,
        engine.connect().execution_options(**{SCHRIJFT: hoogstens}) as verbinding,
        verbinding.begin(),
    ):
        yield verbinding
        genoteerd = logboek.noteer_gaande(verbinding) if noteer else None
    if genoteerd is not None:
        genoteerd()


def neem_leeskopie(
    engine: Engine, url: str | None, wachttijd: Wachttijd = RUIM, *, verbindingen: int = VERBINDINGEN
) -> None:
    """From now on what is only read may be read in the replica at this URL, if there is one. Raises ``DatabaseOnbekend`` and
    ``GeenLeeskopie``."""
    if url is None:
        return
    if {engine.dialect.name, lees_url(url).get_backend_name()} != {"postgresql"}:
        raise GeenLeeskopie
    kopie = Leeskopie(maak_engine(url, wachttijd, verbindingen=verbindingen))
    engine.update_execution_options(**{LEESKOPIE: kopie})
    event.listen(engine, "engine_disposed", lambda _: kopie.engine.dispose())


def leeskopie(engine: Engine) -> Leeskopie | None:
    """The replica beside this one."""
    return engine.get_execution_options().get(LEESKOPIE)


@contextmanager
def lezend(engine: Engine, **opties: Any) -> Iterator[Connection]:
    """A connection with which is only read, with these options of SQLAlchemy: of the replica, where there is one that has all that was
    committed before this moment, else of the database itself. Which of the two is decided here and nowhere else."""
    kopie = leeskopie(engine)
    verbinding = None
    if kopie is not None:
        los = engine.execution_options(isolation_level="AUTOCOMMIT")
        verbinding = kopie.verbinding(lambda: lees(los, stand))
    with (verbinding or engine.connect()).execution_options(**opties) as gekozen:
        try:
            yield gekozen
        except exc.DBAPIError:
            if (
                verbinding is not None and kopie is not None
            ):  # it may not give the time that this takes: next time the primary
                kopie.laat_rusten()
            raise


@contextmanager
def momentopname(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads (``lezend``), and sees the database as it was at its first question."""
    opties = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with lezend(engine, **opties) as verbinding, verbinding.begin():
        yield verbinding


@contextmanager
def alleen(engine: Engine, naam: str) -> Iterator[bool]:
    """Whether no other process does this now; as long as it lasts none can begin. On SQLite there is no such lock, and
    the answer is yes."""
    if engine.dialect.name != "postgresql":
        yield True
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        slot = {"naam": naam}
        gekregen = verbinding.execute(
            text("SELECT pg_try_advisory_lock(hashtextextended(:naam, 1))"), slot
        ).scalar_one()
        try:
            yield bool(gekregen)
        finally:
            if gekregen:
                verbinding.execute(text("SELECT pg_advisory_unlock(hashtextextended(:naam, 1))"), slot)


def vergrendel(verbinding: Connection, sleutels: set[str]) -> None:
    """Keep other processes from these dossiers until the transaction ends. In sorted order, so that two groups never
    wait for each other. On SQLite the transaction already is the only writer."""
    if verbinding.dialect.name == "postgresql" and sleutels:
        vraag(verbinding, [(SLOTEN, [(sleutel,) for sleutel in sorted(sleutels)])])


SLOTEN = Vraag("SELECT pg_advisory_xact_lock(hashtextextended({0}, 0)) FROM {sleutels}")
"""To lock these keys until the transaction ends, in their order; of PostgreSQL only."""


def maak_gereed(engine: Engine) -> None:
    """Make the tables in an empty database, at once and not by all migrations; raise ``DatabaseLooptAchter`` or ``DatabaseLooptVoor``
    when one in use is of another release, and ``SleutelsPassenNiet`` when it is not of our keys."""
    nieuwste = _nieuwste()
    with engine.connect() as verbinding:
        if _versie(verbinding) == nieuwste and sleutelmerk.past(verbinding):
            return
    with schrijvend(engine) as verbinding:
        vergrendel(verbinding, {TABELLEN})
        if inspect(verbinding).get_table_names():
            _eis_versie(verbinding, nieuwste)
            if sleutelmerk.is_leeg(verbinding):
                sleutelmerk.merk(verbinding)
            sleutelmerk.eis(verbinding)
        else:
            metadata.create_all(verbinding, checkfirst=False)
            teller.begin(verbinding)
            logboek.begin(verbinding)
            sleutelmerk.merk(verbinding)
            versie.create(verbinding)
            verbinding.execute(insert(versie).values(version_num=nieuwste))


def eis_bij(engine: Engine) -> None:
    """See whether the tables are those of this release; nothing is made. Raises ``DatabaseLooptAchter`` and ``DatabaseLooptVoor``."""
    with engine.connect() as verbinding:
        _eis_versie(verbinding, _nieuwste())
        sleutelmerk.eis(verbinding)


def eis_niet_later(verbinding: Connection) -> None:
    """Raise ``DatabaseLooptVoor`` when the tables are those of a later release: what is in them may be anything."""
    gevonden, nieuwste = _versie(verbinding), _nieuwste()
    if gevonden is not None and gevonden > nieuwste:
        raise DatabaseLooptVoor(
            f"De database staat op {gevonden}, en deze software kent niet verder dan {nieuwste}: hij is van een nieuwere versie. "
            "Installeer die versie, of kies een andere database."
        )


def _eis_versie(verbinding: Connection, nieuwste: str) -> None:
    eis_niet_later(verbinding)
    gevonden = _versie(verbinding)
    if gevonden != nieuwste:
        raise DatabaseLooptAchter(
            f"De database staat op {gevonden or 'geen versie'}, deze software vraagt {nieuwste}; "
            "draai 'berichtenverkeer db upgrade'."
        )


def _nieuwste() -> str:
    """The number of the last migration."""
    return max(pad.name.partition("_")[0] for pad in (meegeleverd("migrations") / "versions").glob("[0-9]*.py"))


def _versie(verbinding: Connection) -> str | None:
    """The number of the migration that the tables are at."""
    bekend = inspect(verbinding).has_table(versie.name)
    return verbinding.execute(select(versie.c.version_num)).scalar() if bekend else None
