"""Commands on the log, and that commands on the database stand in it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select, text
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.cli.activiteiten import ACTIVITEITEN, ZONDER
from berichtenverkeer.cli.opdrachten import BEHEER, GROEPEN, OPDRACHTEN
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.opslag.tabellen.logboek import logboek

CLI = Path(__file__).parents[2] / "src" / "berichtenverkeer" / "cli"


def _doe(*argumenten: str, uit: int = 0) -> str:
    gedaan = CliRunner().invoke(app, argumenten)
    assert gedaan.exit_code == uit, gedaan.output
    return gedaan.output


def test_every_command_that_opens_the_database_says_what_it_does() -> None:
    opent = {
        naam
        for naam, opdracht in OPDRACHTEN.items()
        if "open_database" in (CLI / f"{opdracht.plek.partition('.')[0]}.py").read_text(encoding="utf-8")
    }
    assert opent | GROEPEN[BEHEER].keys() <= ACTIVITEITEN.keys() | ZONDER.keys()
    assert ACTIVITEITEN.keys() | ZONDER.keys() <= OPDRACHTEN.keys()
    assert not ACTIVITEITEN.keys() & ZONDER.keys()


def test_what_is_changed_at_the_database_is_noted_and_proven(tmp_path: Path) -> None:
    url, einden = f"sqlite:///{tmp_path}/knooppunt.db", tmp_path / "einden"
    bij = ("--database-url", url)
    _doe("partij", "add", "0363", "--rol", "gemeente", "--naam", "Amsterdam", *bij)
    token = _doe("partij", "token", "0363", *bij).strip()
    engine = maak_engine(url)
    with engine.connect() as verbinding:
        rijen = verbinding.execute(select(logboek).order_by(logboek.c.nummer)).all()
    assert [(rij.activiteit, rij.object, rij.actie) for rij in rijen] == [
        ("opdracht-partij", "partij/add", "E"),
        ("opdracht-partij", "partij/token", "E"),
    ]
    assert all(rij.gebruiker and rij.bewijs == "opdrachtregel" for rij in rijen)
    assert token not in str(rijen)
    assert "Het logboek is zoals het is geschreven." in _doe("log", "controleer", "--einden", str(einden), *bij)
    uit = _doe("log", "export", "--vanaf", "2000-01-01", "--tot-en-met", "2999-12-31", *bij)
    assert [json.loads(regel)["name"] for regel in uit.splitlines()] == ["opdracht-partij"] * 2
    with engine.begin() as verbinding:
        verbinding.execute(text("DROP TRIGGER logboek_vast"))
        verbinding.execute(text("UPDATE logboek SET gebruiker = 'niemand' WHERE nummer = 2"))
    engine.dispose()
    assert "inzage regel 2" in _doe("log", "controleer", "--einden", str(einden), *bij, uit=2)


@pytest.mark.parametrize("inhoud", ["inzage een abc", "é", "inzage 1"])
def test_a_file_that_has_no_ends(tmp_path: Path, inhoud: str) -> None:
    einden = tmp_path / "einden"
    einden.write_text(inhoud)
    assert "geen bestand met einden" in _doe(
        "log", "controleer", "--einden", str(einden), "--database-url", f"sqlite:///{tmp_path}/x.db", uit=2
    )
