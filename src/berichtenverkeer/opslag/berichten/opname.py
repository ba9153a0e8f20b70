"""What happened in a few dossiers, to record it: read by who runs the database, so without a party that asks."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, insert, or_, select, union

from ..database import eis_bij, momentopname, schrijvend
from ..personen import als_in
from ..tabellen.berichten import bericht
from ..tabellen.declaraties import declaratie, prestatie
from ..tabellen.dossiers import toewijzing


@contextmanager
def inzage(engine: Engine) -> Iterator[Connection]:
    """The database as it is now, only to read. Raises ``DatabaseLooptAchter``."""
    eis_bij(engine)
    with momentopname(engine) as verbinding:
        if engine.dialect.name == "postgresql":
            verbinding.exec_driver_sql("SET TRANSACTION READ ONLY")
        yield verbinding


def dossiers_van(verbinding: Connection, bsn: str) -> list[str]:
    """The key of every dossier of a client."""
    einde = f"/{bsn}"
    van_client = union(
        *(select(t.c.dossier).where(t.c.dossier.endswith(einde, autoescape=True)) for t in (bericht, prestatie))
    )
    return sorted(verbinding.execute(van_client).scalars())


def dossier_van(verbinding: Connection, toewijzing_id: str) -> str | None:
    """The key of the dossier of a toewijzing."""
    return verbinding.execute(select(toewijzing.c.dossier).where(toewijzing.c.id == toewijzing_id)).scalar()


def afgekeurde_declaraties(verbinding: Connection, domein: str, gemeente: str, aanbieder: str, bsn: str) -> list[str]:
    """The ids of the declaraties that were refused as a whole and in which a Bsn stands: nothing else is kept of them."""
    vraag = select(bericht.c.id, bericht.c.inhoud).where(
        bericht.c.domein == domein, bericht.c.verzender == aanbieder, bericht.c.bestemming == gemeente,
        bericht.c.berichtsoort.endswith("323"), bericht.c.oordeel == "afgekeurd",
    )  # fmt: skip
    rijen = verbinding.execute(vraag.execution_options(yield_per=10))
    return [id_ for id_, inhoud in rijen if bsn.encode() in inhoud]


def berichten(verbinding: Connection, dossiers: Collection[str], ook: Collection[str]) -> Sequence[RowMapping]:
    """Every message of these dossiers, the declaraties with a Prestatie in them, those that are named ``ook``, and what
    answered them, in the order in which they came in and with their bytes."""
    van_dossier = select(bericht.c.id).where(bericht.c.dossier.in_(dossiers))
    gedeclareerd = select(prestatie.c.declaratie).where(prestatie.c.dossier.in_(dossiers))
    vraag = select(bericht).where(
        or_(
            *(
                kolom.in_(ids)
                for kolom in (bericht.c.id, bericht.c.antwoord_op)
                for ids in (van_dossier, gedeclareerd, ook)
            )
        )
    )
    return verbinding.execute(vraag.order_by(bericht.c.volgnummer)).mappings().all()


def prestaties(verbinding: Connection, dossiers: Collection[str]) -> Sequence[RowMapping]:
    """How every Prestatie in these dossiers stands, with ``van``, ``ingediend`` and ``toegekend`` of its declaratie."""
    vraag = (
        select(
            prestatie.c.declaratie, prestatie.c.referentienummer, prestatie.c.toestand, declaratie.c.declaratienummer,
            declaratie.c.toestand.label("van"), declaratie.c.ingediend, declaratie.c.toegekend,
        )
        .join(declaratie, declaratie.c.id == prestatie.c.declaratie)
        .where(prestatie.c.dossier.in_(dossiers))
        .order_by(prestatie.c.declaratie, prestatie.c.nummer)
    )  # fmt: skip
    return verbinding.execute(vraag).mappings().all()


def neem_over(engine: Engine, rijen: Sequence[Mapping[str, Any]]) -> None:
    """Put messages in an empty database, each with every column; what is derived is still to be made."""
    with schrijvend(engine) as verbinding:
        verbinding.execute(insert(bericht), [als_in(bericht, rij) for rij in rijen])
