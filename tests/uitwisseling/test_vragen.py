"""What the database is asked: as many statements for a large group as for one message, and each by way of an index."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, event, text
from tests.berichten import bsns
from tests.conformance.gevallen import SCHEMAS
from tests.knoop import NU

from berichtenverkeer.levensloop.dossier import Dossiersleutel
from berichtenverkeer.opslag import berichten, dossiers, toewijzingen
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.toewijzingen import Filter
from berichtenverkeer.uitwisseling.inname import verwerk

from .conftest import Balie

GROOT = ("bericht", "b", "toewijzing", "gebeurtenis", "retour")
"""The tables that grow, and how the statements call them."""

_ID = "00000000-0000-4000-8000-000000000000"


@contextmanager
def _opdrachten(verbinding: Connection) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed, with their parameters."""
    gezien: list[tuple[str, Any]] = []

    def onthoud(_: object, __: object, opdracht: str, parameters: Any, ___: object, veel: bool) -> None:
        gezien.append((opdracht, parameters[0] if veel else parameters))

    event.listen(verbinding, "before_cursor_execute", onthoud)
    yield gezien
    event.remove(verbinding, "before_cursor_execute", onthoud)


def _zonder_index(verbinding: Connection, opdracht: str, parameters: Any) -> bool:
    """Whether a statement reads a whole table that grows. On PostgreSQL: even when reading it is made to look dear."""
    sqlite = verbinding.dialect.name == "sqlite"
    uitleg = verbinding.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{opdracht}", parameters)
    stappen = [str(rij[-1]).split("(")[0] for rij in uitleg]
    woord = "SCAN " if sqlite else "Seq Scan on "
    return any(stap.partition(woord)[2].split(" ")[0] in GROOT for stap in stappen if woord in stap)


def test_a_group_asks_as_much_as_one_message(balie: Balie) -> None:
    d = balie.dossier()
    clienten = [replace(d, bsn=bsn, nummer=1000 + n) for n, bsn in zip(range(30), bsns(), strict=False)]
    aantallen = []
    for groep in (clienten[:1], clienten[1:]):
        aangeboden = [balie.aangeboden(client.toewijzing()) for client in groep]
        with schrijvend(balie.engine) as verbinding, _opdrachten(verbinding) as gezien:
            verwerk(verbinding, aangeboden, SCHEMAS)
        aantallen.append(len(gezien))
    assert aantallen[0] == aantallen[1] <= 10


def test_every_question_goes_by_an_index(balie: Balie) -> None:
    d = balie.dossier()
    balie.groep(d.toewijzing(), d.start())
    groep = [balie.aangeboden(data) for data in (d.toewijzing(), d.stop())]
    sleutel = Dossiersleutel(d.domein, d.gemeente, d.aanbieder, d.bsn)
    with schrijvend(balie.engine) as verbinding:
        if verbinding.dialect.name == "postgresql":
            verbinding.execute(text("SET LOCAL enable_seqscan = off"))
        with _opdrachten(verbinding) as gezien:
            verwerk(verbinding, groep, SCHEMAS)
            berichten.geef(verbinding, d.gemeente, _ID)
            berichten.inhoud(verbinding, d.gemeente, _ID)
            berichten.verstuurd(verbinding, d.gemeente, d.aanbieder, "WMO301", "T1")
            berichten.postvak(verbinding, d.aanbieder, 0, 10)
            berichten.bevestig(verbinding, d.aanbieder, _ID, NU)
            dossiers.laad(verbinding, [sleutel])
            for wie in (d.gemeente, d.aanbieder):
                toewijzingen.geef(verbinding, wie, _ID)
                for filter_ in (Filter(), Filter(na=(1, _ID)), Filter(bsn=d.bsn), Filter(product="02")):
                    toewijzingen.zoek(verbinding, wie, filter_, date(2026, 3, 2), 10)
        vragen = [(o, p) for o, p in gezien if not o.startswith(("INSERT", "COPY"))]
        assert len(vragen) > 15
        assert [o for o, p in vragen if _zonder_index(verbinding, o, p)] == []


def test_a_question_without_an_index_shows(balie: Balie) -> None:
    with schrijvend(balie.engine) as verbinding:
        if verbinding.dialect.name == "postgresql":
            verbinding.execute(text("SET LOCAL enable_seqscan = off"))
        for waar in ("bericht WHERE sha256 = 'x'", "toewijzing WHERE bsn = 'x'", "gebeurtenis WHERE soort = 'x'"):
            assert _zonder_index(verbinding, f"SELECT * FROM {waar}", ())
