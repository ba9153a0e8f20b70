"""Taking out what is past its term, client by client, while the service runs on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection, Engine

from ..klok import NEDERLAND
from ..levensloop.bewaartermijnen import DOSSIER, GEWEIGERD, LOGBOEK, MELDING, Bewaartermijn
from ..opslag import logboeklezen, opschonen, teller
from ..opslag.database import schrijvend, vergrendel
from ..standaard.domein import Domein
from .aanname import slot_declaraties


@dataclass(frozen=True, slots=True)
class Opgeschoond:
    """Of a term the day before which it was over, and how much went, or would go."""

    termijn: Bewaartermijn
    voor: date
    aantal: int


def schoon_op(engine: Engine, vandaag: date, *, proef: bool) -> list[Opgeschoond]:
    """Take out what is past its term on this day; with ``proef`` only say how much that is."""
    uit = []
    for domein, termijn in DOSSIER.items():
        voor = termijn.voor(vandaag)
        uit.append(Opgeschoond(termijn, voor, _dossiers(engine, domein, voor, proef=proef)))
    for termijn, doe in ((GEWEIGERD, _geweigerd), (MELDING, _notificaties), (LOGBOEK, _logboek)):
        voor = termijn.voor(vandaag)
        uit.append(Opgeschoond(termijn, voor, doe(engine, _moment(voor), proef=proef)))
    return uit


def _moment(dag: date) -> datetime:
    return datetime.combine(dag, time(), NEDERLAND)


def _dossiers(engine: Engine, domein: Domein, voor: date, *, proef: bool) -> int:
    moment = _moment(voor)
    with engine.connect() as verbinding:
        clienten = opschonen.afgesloten(verbinding, domein, voor, moment)
        geheel = opschonen.tel_oude_declaraties(verbinding, domein, moment)
    if proef:
        return len(clienten) + geheel
    for client in clienten:
        with schrijvend(engine) as verbinding:
            houd_vast(verbinding, domein, client.dossiers)
            if client in opschonen.afgesloten(verbinding, domein, voor, moment, client.dossiers):
                opschonen.wis_client(verbinding, client)
    with schrijvend(engine) as verbinding:
        teller.volgnummers(verbinding, 0)
        return len(clienten) + opschonen.wis_oude_declaraties(verbinding, domein, moment)


def houd_vast(verbinding: Connection, domein: Domein, dossiers: Iterable[str]) -> None:
    """Until this transaction ends nobody else writes in these dossiers, nor judges declaraties of their aanbieders, and nothing comes in
    between."""
    vergrendel(verbinding, {slot for een in dossiers for slot in (een, slot_declaraties(domein, een.split("/")[2]))})
    teller.volgnummers(verbinding, 0)


def _geweigerd(engine: Engine, moment: datetime, *, proef: bool) -> int:
    with schrijvend(engine) as verbinding:
        aantal = opschonen.tel_geweigerd(verbinding, moment)
        if not proef:
            opschonen.wis_geweigerd(verbinding, moment)
    return aantal


def _notificaties(engine: Engine, moment: datetime, *, proef: bool) -> int:
    with schrijvend(engine) as verbinding:
        aantal = opschonen.tel_notificaties(verbinding, moment)
        if not proef:
            opschonen.wis_notificaties(verbinding, moment)
    return aantal


def _logboek(engine: Engine, moment: datetime, *, proef: bool) -> int:
    with schrijvend(engine) as verbinding:
        if proef:
            return logboeklezen.tel(verbinding, logboeklezen.Logfilter(tot=moment))
        return logboeklezen.ruim_op(verbinding, moment)
