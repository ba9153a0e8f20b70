"""Commands on people, on a real database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.partijen import gebruikers

NU = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'proef.db'}"
    assert draai(url, "partij", "add", "0344", "--rol", "gemeente", "--naam", "Utrecht").exit_code == 0
    return url


def draai(url: str, *argumenten: str) -> Result:
    return CliRunner().invoke(app, argumenten, env={"BV_DATABASE_URL": url})


def test_someone_is_added_blocked_and_let_in_again(url: str) -> None:
    uit = draai(url, "gebruiker", "add", "Anna@x.example", "--naam", "Anna Bos", "--partij", "0344:beheerder")
    assert uit.exit_code == 0, uit.output
    engine = maak_engine(url)
    wie = gebruikers.zoek(engine, "anna@x.example")
    assert wie is not None
    assert gebruikers.klopt(wie, uit.stdout.strip())
    assert wie.tijdelijk
    assert (
        "anna@x.example            Anna Bos                  0344:beheerder" in draai(url, "gebruiker", "list").stdout
    )
    assert draai(url, "gebruiker", "blokkeer", "anna@x.example").exit_code == 0
    assert "geblokkeerd" in draai(url, "gebruiker", "list").stdout
    assert draai(url, "gebruiker", "blokkeer", "anna@x.example", "--ongedaan").exit_code == 0
    assert "geblokkeerd" not in draai(url, "gebruiker", "list").stdout
    nieuw = draai(url, "gebruiker", "wachtwoord", "anna@x.example").stdout.strip()
    assert nieuw != uit.stdout.strip()
    later = gebruikers.zoek(engine, "anna@x.example")
    assert gebruikers.klopt(later, nieuw)
    engine.dispose()


def test_who_logs_in_elsewhere_has_no_password(url: str) -> None:
    uit = draai(url, "gebruiker", "add", "jan@x.example", "--naam", "Jan", "--operator", "--elders")
    assert uit.exit_code == 0
    engine = maak_engine(url)
    wie = gebruikers.zoek(engine, "jan@x.example")
    assert wie is not None
    assert (wie.wachtwoord, wie.operator, wie.tijdelijk) == (None, True, False)
    assert not gebruikers.klopt(wie, "")
    engine.dispose()


@pytest.mark.parametrize(
    ("argumenten", "zegt"),
    [
        (["add", "x", "--naam", "X"], "Noem een partij met een rol"),
        (["add", "x", "--naam", "X", "--partij", "0344:baas"], "lezer, medewerker, beheerder"),
        (["add", "x", "--naam", "X", "--partij", "0999:lezer"], "bestaat niet"),
        (["add", "x y", "--naam", "X", "--operator"], "zonder spaties"),
        (["add", "x", "--naam", " ", "--operator"], "een naam"),
        (["add", "dubbel", "--naam", "X", "--operator"], "Er is al een gebruiker"),
        (["blokkeer", "niemand"], "gebruiker list"),
        (["wachtwoord", "niemand"], "gebruiker list"),
    ],
)
def test_what_cannot_be_is_said(url: str, argumenten: list[str], zegt: str) -> None:
    draai(url, "gebruiker", "add", "dubbel", "--naam", "Dubbel", "--operator")
    uit = draai(url, "gebruiker", *argumenten)
    assert uit.exit_code == 2
    assert zegt in uit.stderr
    assert "Traceback" not in uit.output


@pytest.mark.parametrize("wachtwoord", ["kort", "a" * 20, "x" * 201, "mijn naam is anna hoor"])
def test_a_password_that_is_easily_guessed(url: str, wachtwoord: str) -> None:
    engine = maak_engine(url)
    with pytest.raises(gebruikers.GebruikerFout):
        gebruikers.registreer(engine, "anna", "Anna", {}, NU, operator=True, wachtwoord=wachtwoord)
    engine.dispose()
