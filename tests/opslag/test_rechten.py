"""A node that serves by a role of its own: it does all that a node does, and cannot touch the log or the tables."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import ProgrammingError
from tests.conftest import MaakDatabase
from tests.knoop import Knoop, knoop
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.opslag.rechten import RechtenFout, geef, opdrachten

ROL = "bv_dienst"


@pytest.fixture(scope="module")
def eigenaar(postgresql: MaakDatabase) -> Iterator[Engine]:
    """By the role of whom the tables are, on a database where the other has its rights."""
    url = postgresql.gereed()
    engine = maak_engine(url)
    with engine.begin() as verbinding:
        verbinding.execute(text(f"DROP ROLE IF EXISTS {ROL}"))
        verbinding.execute(text(f"CREATE ROLE {ROL} LOGIN"))
    gedaan = CliRunner().invoke(app, ["db", "rechten", ROL, "--database-url", url])
    assert gedaan.exit_code == 0, gedaan.output
    yield engine
    with engine.begin() as verbinding:
        verbinding.execute(text(f"DROP OWNED BY {ROL}"))
        verbinding.execute(text(f"DROP ROLE {ROL}"))
    engine.dispose()


@pytest.fixture(scope="module")
def dienst(eigenaar: Engine) -> Iterator[Knoop]:
    """A node by the serving role, in which something was done."""
    url = eigenaar.url.set(username=ROL).render_as_string(hide_password=False)
    with knoop(url) as een:
        paar = een.paar()
        paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
        paar.aanbieder.goedgekeurd(paar.dossier().start())
        assert paar.aanbieder.toewijzingen()
        yield een


def test_a_node_does_all_it_does(dienst: Knoop) -> None:
    paar = dienst.paar()
    heen = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    assert paar.aanbieder.post(f"/v1/postvak/berichten/{heen['id']}/bevestigd").status_code == 200
    nieuw = {"url": "https://127.0.0.1/x", "soorten": ["bericht.ontvangen"]}
    assert paar.gemeente.post("/v1/webhooks", json=nieuw).status_code in (201, 400)
    assert paar.gemeente.json("/v1/logboek")["items"]


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE logboek SET partij = '0000'",
        "DELETE FROM logboek",
        "TRUNCATE logboek",
        "ALTER TABLE logboek DISABLE TRIGGER ALL",
        "DROP TRIGGER logboek_vast ON logboek",
        "DROP TABLE logboek",
        "CREATE OR REPLACE FUNCTION logboek_weiger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "DELETE FROM logketen",
        "CREATE TABLE van_mij (a integer)",
        "ALTER TABLE bericht ADD COLUMN extra integer",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
def test_it_cannot_touch_the_log_or_the_tables(dienst: Knoop, opdracht: str) -> None:
    with pytest.raises(ProgrammingError) as gevangen, dienst.engine.begin() as verbinding:
        verbinding.execute(text(opdracht))
    assert getattr(gevangen.value.orig, "sqlstate", None) == "42501"  # insufficient privilege
    with dienst.engine.connect() as verbinding:
        assert verbinding.execute(
            text("SELECT count(*) FROM logboek WHERE activiteit = 'bericht-opnemen'")
        ).scalar_one()


def test_what_cannot_be_limited_is_said(eigenaar: Engine) -> None:
    eigen = make_url(str(eigenaar.url)).username
    assert eigen is not None
    for rol, tekst in (("er_niet", "is er niet"), (eigen, "mag alles"), ('x"; DROP', "geen naam")):
        with pytest.raises(RechtenFout, match=tekst), eigenaar.begin() as verbinding:
            geef(verbinding, rol)


def test_on_sqlite_there_are_no_roles(sqlite: MaakDatabase) -> None:
    url = sqlite.gereed()
    gedaan = CliRunner().invoke(app, ["db", "rechten", ROL, "--database-url", url])
    assert gedaan.exit_code == 2
    assert "SQLite kent geen rollen" in gedaan.output
    getoond = CliRunner().invoke(app, ["db", "rechten", ROL, "--toon", "--database-url", url])
    assert getoond.output.splitlines() == [f"{een};" for een in opdrachten(ROL)]
