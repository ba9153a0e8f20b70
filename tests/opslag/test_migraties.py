"""The tables: made by the migrations, equal to those the software means, by as many processes at once as may start."""

import subprocess
import sys
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine.interfaces import ReflectedIndex
from tests.conftest import MaakDatabase

from berichtenverkeer.opslag.database import DatabaseLooptAchter, maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.migraties import upgrade, verschillen
from berichtenverkeer.opslag.tabellen.basis import metadata

_START = """
import sys
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
print("klaar", flush=True)
input()
maak_gereed(maak_engine(sys.argv[1]))
"""

pytestmark = pytest.mark.usefixtures("in_het_open")


def test_migrations_give_exactly_the_tables_of_the_models(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    assert verschillen(engine)
    upgrade(engine)
    assert verschillen(engine) == []
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}
    engine.dispose()


def test_tables_made_at_once_are_those_of_the_migrations(maak_database: MaakDatabase) -> None:
    ineens, stap_voor_stap = maak_engine(maak_database()), maak_engine(maak_database())
    maak_gereed(ineens)
    upgrade(stap_voor_stap)
    assert _inhoud(ineens) == _inhoud(stap_voor_stap)
    upgrade(ineens)
    assert verschillen(ineens) == []
    for engine in (ineens, stap_voor_stap):
        engine.dispose()


def _inhoud(engine: Engine) -> dict[str, Any]:
    """All that a database has: columns, keys, indexes and comments by table, whatever their order; and its rows."""
    kijker = inspect(engine)
    with engine.connect() as verbinding:
        return {
            tabel: {
                "kolommen": {
                    kolom["name"]: {**kolom, "type": str(kolom["type"])} for kolom in kijker.get_columns(tabel)
                },
                "sleutel": kijker.get_pk_constraint(tabel),
                "verwijst": {sleutel["name"]: sleutel for sleutel in kijker.get_foreign_keys(tabel)},
                "uniek": {uniek["name"]: uniek for uniek in kijker.get_unique_constraints(tabel)},
                "eisen": {eis["name"]: eis for eis in kijker.get_check_constraints(tabel)},
                "indexen": {index["name"]: _index(index) for index in kijker.get_indexes(tabel)},
                "uitleg": kijker.get_table_comment(tabel) if engine.dialect.supports_comments else None,
                "rijen": verbinding.execute(text(f"SELECT * FROM {tabel}")).mappings().all(),
            }
            for tabel in kijker.get_table_names()
        }


def _index(index: ReflectedIndex) -> dict[str, str]:
    """An index, its condition as text."""
    alles = {**index, **index.get("dialect_options", {})}
    return {naam: str(waarde) for naam, waarde in alles.items() if naam != "dialect_options"}


def test_a_difference_shows(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    upgrade(engine)
    with schrijvend(engine) as verbinding:
        verbinding.execute(text("DROP INDEX ix_bericht_postvak"))
    [verschil] = verschillen(engine)
    assert "ix_bericht_postvak" in verschil
    engine.dispose()


def test_upgrade_twice_changes_nothing(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    upgrade(engine)
    upgrade(engine)
    maak_gereed(engine)
    with engine.connect() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM teller")).scalar() == 1
    engine.dispose()


@pytest.mark.parametrize("versie", [None, "0000"])
def test_a_database_that_is_behind_is_not_used(maak_database: MaakDatabase, versie: str | None) -> None:
    engine = maak_engine(maak_database())
    upgrade(engine)
    with schrijvend(engine) as verbinding:
        if versie is None:
            verbinding.execute(text("DROP TABLE alembic_version"))
        else:
            verbinding.execute(text("UPDATE alembic_version SET version_num = :versie"), {"versie": versie})
    with pytest.raises(DatabaseLooptAchter, match=f"{versie or 'geen versie'}.*db upgrade"):
        maak_gereed(engine)
    engine.dispose()


def test_a_failed_upgrade_leaves_nothing(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    with schrijvend(engine) as verbinding:
        verbinding.execute(text("CREATE TABLE token (x integer)"))
    with pytest.raises(Exception, match="token"):
        upgrade(engine)
    assert inspect(engine).get_table_names() == ["token"]
    engine.dispose()


def test_processes_that_start_at_once_on_an_empty_database(maak_database: MaakDatabase) -> None:
    url = maak_database()
    opdracht = [sys.executable, "-c", _START, url]
    processen = [
        subprocess.Popen(opdracht, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for proces in processen:
        assert proces.stdout is not None
        assert proces.stdout.readline() == "klaar\n"
    for proces in processen:
        assert proces.stdin is not None
        proces.stdin.write("nu\n")
        proces.stdin.flush()
    fouten = [proces.communicate()[1] for proces in processen]
    assert [proces.returncode for proces in processen] == [0] * 3, fouten
    engine = maak_engine(url)
    assert verschillen(engine) == []
    with engine.connect() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM teller")).scalar() == 1
    engine.dispose()
