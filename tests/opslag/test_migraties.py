"""The tables: made by the migrations, equal to those the software means, by as many processes at once as may start."""

import subprocess
import sys

import pytest
from sqlalchemy import inspect, text
from tests.conftest import MaakDatabase

from berichtenverkeer.opslag.database import (
    DatabaseLooptAchter,
    maak_engine,
    maak_gereed,
    schrijvend,
    upgrade,
    verschillen,
)
from berichtenverkeer.opslag.tabellen import metadata

_START = """
import sys
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
print("klaar", flush=True)
input()
maak_gereed(maak_engine(sys.argv[1]))
"""


def test_migrations_give_exactly_the_tables_of_the_models(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    assert verschillen(engine)
    upgrade(engine)
    assert verschillen(engine) == []
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}
    engine.dispose()


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
