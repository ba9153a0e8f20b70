"""From every revision to that of now with rows in it: none is lost or changed, the tables are those of the models, and a node serves it.

No release was made yet, so each revision counts as one that somebody may have. A database is led past all of them, and at each gets rows
in all its tables. From some a copy goes to the newest at once, in one transaction, as an operator does it.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.knoop import knoop
from tests.opslag import toen

from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.opslag.database import eis_bij, maak_engine, schrijvend
from berichtenverkeer.opslag.migraties import configuratie, upgrade, verschillen
from berichtenverkeer.opslag.tabellen.basis import metadata

pytestmark = pytest.mark.usefixtures("in_het_open")

INEENS = {"0001", "0010", "0019", "0031"}
"""From which a copy goes on at once: the first, and one before each migration that makes a large table anew or fills a column of it."""

Rijen = Mapping[str, Mapping[str, Any]]

WEG = {"dossierbeeld": "0022"}
"""What is emptied by a revision, for it follows from the rest and comes by itself."""


def _revisies(verbinding: Connection) -> list[str]:
    """All, the oldest first."""
    bekend = ScriptDirectory.from_config(configuratie(verbinding)).walk_revisions()
    return [revisie.revision for revisie in bekend][::-1]


def _controleer(engine: Engine, gezet: Mapping[str, Rijen]) -> None:
    """All that was put in at a revision is there, and every column that there still is has what it had."""
    assert verschillen(engine) == []
    eis_bij(engine)
    nu = MetaData()
    nu.reflect(engine)
    with engine.connect() as verbinding:
        standen = {
            naam: toen.standen(verbinding, tabel) for naam, tabel in nu.tables.items() if naam in metadata.tables
        }
        for revisie, rijen in gezet.items():
            for naam, rij in rijen.items():
                if WEG.get(naam, "") > revisie:
                    continue
                staat = standen[naam](_met_nieuwe_sleutel(rij, naam))
                anders = {kolom for kolom in rij.keys() & staat.keys() if rij[kolom] != staat[kolom]}
                assert not anders, (revisie, naam, anders)


def _met_nieuwe_sleutel(rij: Mapping[str, Any], tabel: str) -> dict[str, Any]:
    """With what became part of its key later on, as a migration fills it."""
    return {"ontvanger": "", **rij} if tabel == "schakelaar" else dict(rij)


def test_no_row_is_lost_from_any_revision(maak_database: MaakDatabase) -> None:
    url = maak_database()
    engine = maak_engine(url)
    gezet: dict[str, Rijen] = {}
    with engine.connect() as verbinding:
        revisies = _revisies(verbinding)
    for nummer, revisie in enumerate(revisies):
        with schrijvend(engine) as verbinding:
            command.upgrade(configuratie(verbinding), revisie)
            gezet[revisie] = toen.zet(verbinding, nummer)
        if revisie in INEENS:
            engine.dispose()  # a database that is copied is in use by nobody
            kopie = maak_engine(maak_database.maak(url))
            upgrade(kopie)
            _controleer(kopie, gezet)
            kopie.dispose()
    assert set(revisies) >= INEENS
    assert gezet[revisies[-1]].keys() == metadata.tables.keys()
    _controleer(engine, gezet)
    engine.dispose()


def test_a_node_serves_what_is_of_every_revision(maak_database: MaakDatabase) -> None:
    """Of a party and a message nothing but what its sender sent is put in; all that follows from it comes by a rebuild."""
    url = maak_database()
    engine = maak_engine(url)
    with schrijvend(engine) as verbinding:
        revisies = _revisies(verbinding)
        for nummer, revisie in enumerate(revisies):
            command.upgrade(configuratie(verbinding), revisie)
            toen.zet(verbinding, nummer, {"partij", "token", "bericht"})
        verbinding.exec_driver_sql(f"UPDATE teller SET waarde = {len(revisies)} WHERE naam = 'stand'")
    upgrade(engine)
    assert herbouw(engine, SCHEMAS).afwijkend
    assert herbouw(engine, SCHEMAS).afwijkend == 0
    with knoop(url, opnieuw=True) as k:
        for nummer, revisie in enumerate(revisies):
            paar, wie = k.paar(nummer), toen.van(nummer)
            [item] = paar.aanbieder.toewijzingen(bsn=wie.bsn)
            assert (item["gemeente"], item["levering"]) == (wie.gemeente, "niet_gestart"), revisie
            [bericht] = paar.aanbieder.postvak()
            id_ = bericht["referentiegegevens"]["traceerId"]
            assert paar.aanbieder.get(f"/v1/berichten/{id_}/xml").content == wie.toewijzing
            paar.aanbieder.goedgekeurd(paar.dossier(wie.bsn).start())
            [item] = paar.gemeente.toewijzingen(bsn=wie.bsn)
            assert item["levering"] == "gestart", revisie
    engine.dispose()
