"""The days of terms over migration 0033: what a row of before is given is what one of now has."""

from datetime import UTC, date, datetime

from alembic import command
from sqlalchemy import select
from tests.conftest import MaakDatabase
from tests.werklijsten.rijen import zet_prestatie, zet_toewijzing

from berichtenverkeer.opslag.database import maak_engine, schrijvend
from berichtenverkeer.opslag.migraties import configuratie, upgrade, verschillen
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.declaraties import declaratie
from berichtenverkeer.opslag.tabellen.dossiers import toewijzing

_INGANG = date(2026, 2, 1)
_BEKEND = {
    datetime(2026, 1, 15, 12, tzinfo=UTC): _INGANG,
    datetime(2026, 2, 28, 22, 59, tzinfo=UTC): date(2026, 2, 28),
    datetime(2026, 2, 28, 23, 0, tzinfo=UTC): date(2026, 3, 1),
    None: _INGANG,
}
"""The day from which the term of the start runs, by when the toewijzing came in."""


def test_rows_of_before_have_their_days(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    upgrade(engine)
    with schrijvend(engine) as verbinding:
        ids = {zet_toewijzing(verbinding, ingangsdatum=_INGANG, bekend_op=op): op for op in _BEKEND}
        beantwoord = zet_prestatie(verbinding, toestand="toegekend")
        command.downgrade(configuratie(verbinding), "0032")
    upgrade(engine)
    assert verschillen(engine) == []
    with engine.connect() as verbinding:
        dagen = verbinding.execute(select(toewijzing.c.id, toewijzing.c.start_vanaf))
        assert {ids[id_]: dag for id_, dag in dagen} == _BEKEND
        vraag = select(declaratie.c.id, declaratie.c.beantwoord, bericht.c.ontvangen_op)
        [(id_, dag, op)] = verbinding.execute(vraag.join(bericht, bericht.c.id == declaratie.c.antwoord))
        assert (id_, dag) == (beantwoord, op.date())
    engine.dispose()
