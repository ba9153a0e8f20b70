"""The operator's commands, on a real database; and a service started from the command line."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from tests.conformance.voorbeelden import MAP
from tests.proces import wacht_tot_op
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.partijen.partij import VspRol
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.standaard.domein import Domein


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'proef.db'}"


def draai(url: str, *argumenten: str) -> Result:
    return CliRunner().invoke(app, argumenten, env={"BV_DATABASE_URL": url})


def test_a_party_and_its_token(url: str) -> None:
    assert draai(url, "partij", "add", "0344", "--rol", "gemeente", "--naam", "Utrecht").exit_code == 0
    assert draai(url, "partij", "add", "73730042", "--rol", "hoofdaannemer", "--naam", "Zorg samen").exit_code == 0
    assert draai(url, "partij", "list").output.splitlines() == [
        "0344      gemeente       Utrecht",
        "73730042  hoofdaannemer  Zorg samen",
    ]
    uit = draai(url, "partij", "token", "0344")
    assert re.fullmatch(r"[A-Za-z0-9_-]{40,}\n", uit.stdout)
    with maak_engine(url).connect() as verbinding:
        assert uit.stdout.strip() not in str(verbinding.execute(text("SELECT * FROM token")).all())


def test_a_token_for_several_parties_until_it_is_withdrawn(url: str) -> None:
    for code, rol in (("0344", "gemeente"), ("73730042", "aanbieder")):
        draai(url, "partij", "add", code, "--rol", rol, "--naam", "x")
    uit = draai(url, "partij", "token", "0344", "--ook", "73730042")
    assert re.fullmatch(r"[A-Za-z0-9_-]{40,}\n", uit.stdout)
    token = uit.stdout.strip()
    engine = maak_engine(url)
    aanmelding = Register(engine).van_token(token)
    assert aanmelding is not None
    assert aanmelding.codes == ("0344", "73730042")
    assert "99999999 bestaat niet" in draai(url, "partij", "token", "0344", "--ook", "99999999").output
    assert draai(url, "partij", "token-intrekken", "--token", token).exit_code == 0
    assert Register(engine).van_token(token) is None
    engine.dispose()
    nog_eens = draai(url, "partij", "token-intrekken", "--token", token)
    assert nog_eens.exit_code == 2
    assert "al ingetrokken" in nog_eens.output


def test_a_token_has_a_name_and_an_end_and_is_withdrawn_by_its_id(url: str) -> None:
    draai(url, "partij", "add", "0344", "--rol", "gemeente", "--naam", "x")
    draai(url, "partij", "token", "0344", "--naam", "oude koppeling")
    draai(url, "partij", "token", "0344", "--naam", "zaaksysteem", "--geldig-tot", "2090-01-31")
    oud, nieuw = (regel.split() for regel in draai(url, "partij", "tokens", "0344").output.splitlines()[-2:])
    assert "oude koppeling" in " ".join(oud)
    assert " ".join(nieuw[1:]) == "0344 zaaksysteem geldig 2090-01-31"
    assert draai(url, "partij", "token-intrekken", oud[0]).exit_code == 0
    uit = draai(url, "partij", "tokens").output
    assert "ingetrokken" in uit
    assert uit.count(" geldig") == 1
    for id_ in (oud[0], "0000000000000000"):
        assert draai(url, "partij", "token-intrekken", id_).exit_code == 2
    assert "niet voorbij" in draai(url, "partij", "token", "0344", "--geldig-tot", "2020-01-01").output
    assert "hoogstens 80" in draai(url, "partij", "token", "0344", "--naam", "x" * 81).output


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (("partij", "add", "344", "--rol", "gemeente", "--naam", "x"), "CBS-code van 4 cijfers"),
        (("partij", "add", "0344", "--rol", "aanbieder", "--naam", "x"), "AGB-code van 8 cijfers"),
        (("partij", "add", "0344", "--rol", "bank", "--naam", "x"), "is geen rol"),
        (("partij", "add", "0344", "--rol", "gemeente", "--naam", " "), "naam"),
        (("partij", "token", "0344"), "bestaat niet"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(url: str, argumenten: tuple[str, ...], tekst: str) -> None:
    uit = draai(url, *argumenten)
    assert uit.exit_code == 2
    assert tekst in uit.output
    assert isinstance(uit.exception, SystemExit)


def test_what_a_party_is_in_vsp_and_who_sends_for_it(url: str) -> None:
    for code in ("73730042", "01023456"):
        assert draai(url, "partij", "add", code, "--rol", "aanbieder", "--naam", "Zorg").exit_code == 0
    assert draai(url, "partij", "set", "73730042", "--vsp-rol", "Praktijk", "--wetten", "jw").exit_code == 0
    assert draai(url, "partij", "mandaat", "01023456", "73730042").output == "01023456 mag indienen voor 73730042.\n"
    register = Register(maak_engine(url))
    partij, ander = register.partij("73730042"), register.partij("01023456")
    assert partij is not None
    assert ander is not None
    assert (partij.vsp, partij.wetten) == (VspRol.PRAKTIJK, frozenset({Domein.IJW}))
    assert (ander.vsp, ander.wetten) == (VspRol.INSTELLING, frozenset(Domein))
    assert register.mag_indienen(ander, "73730042")
    assert not register.mag_indienen(partij, "01023456")
    for argumenten, tekst in (
        (("set", "73730042", "--vsp-rol", "Kapper"), "geen rol in VSP"),
        (("set", "73730042", "--vsp-rol", "Gemeente"), "kan in VSP geen Gemeente zijn"),
        (("set", "73730042", "--wetten", "wmo,zvw"), "zvw is geen wet"),
        (("set", "99999999", "--wetten", "wmo"), "bestaat niet"),
        (("mandaat", "73730042", "99999999"), "99999999 bestaat niet"),
    ):
        uit = draai(url, "partij", *argumenten)
        assert (uit.exit_code, tekst in uit.output) == (2, True), uit.output
    assert Register(maak_engine(url)).partij("73730042") == partij


def test_a_party_is_added_once(url: str) -> None:
    opdracht = ("partij", "add", "0344", "--rol", "gemeente", "--naam", "Utrecht")
    assert draai(url, *opdracht).exit_code == 0
    assert "bestaat al" in draai(url, *opdracht).output


def test_the_database_is_upgraded_and_checked(url: str) -> None:
    assert draai(url, "db", "check").exit_code == 1
    assert draai(url, "db", "upgrade").exit_code == 0
    assert draai(url, "db", "check").exit_code == 0
    with maak_engine(url).begin() as verbinding:
        verbinding.execute(text("DROP TABLE geweigerd"))
    uit = draai(url, "db", "check")
    assert (uit.exit_code, "geweigerd" in uit.output) == (1, True)


@pytest.mark.parametrize(
    ("url", "tekst"),
    [
        ("onzin", "De naam van de database klopt niet"),
        ("dbase://x", "De naam van de database klopt niet"),
        ("mysql://iemand:geheim@machine/proef", "De naam van de database klopt niet"),
        ("postgresql+asyncpg://iemand:geheim@machine/proef", "De naam van de database klopt niet"),
        ("postgresql://iemand:geheim@machine:poort/proef", "De naam van de database klopt niet"),
        ("sqlite://map/proef.db", "De naam van de database klopt niet"),
        ("sqlite:////nergens/proef.db", "De database is niet te gebruiken"),
        ("postgresql://iemand:geheim@127.0.0.1:1/v1/proef", "De database is niet te gebruiken"),
    ],
)
@pytest.mark.parametrize("opdracht", ["partij list", "db check", "db upgrade", "rebuild", "serve"])
def test_a_database_that_cannot_be_used_is_said_without_a_traceback(url: str, tekst: str, opdracht: str) -> None:
    uit = draai(url, *opdracht.split())
    assert (uit.exit_code, uit.stdout) == (2, "")
    assert tekst in uit.stderr
    assert "geheim" not in uit.stderr


def test_a_database_of_another_release_is_said(url: str) -> None:
    draai(url, "db", "upgrade")
    with maak_engine(url).begin() as verbinding:
        verbinding.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    uit = draai(url, "partij", "list")
    assert (uit.exit_code, "db upgrade" in uit.stderr) == (2, True)


@pytest.mark.parametrize("opdracht", ["partij list", "db check", "db upgrade", "rebuild", "worker --once", "serve"])
def test_a_database_of_a_later_release_is_said(url: str, opdracht: str) -> None:
    draai(url, "db", "upgrade")
    with maak_engine(url).begin() as verbinding:
        verbinding.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    uit = draai(url, *opdracht.split())
    assert (uit.exit_code, uit.stdout) == (2, "")
    assert uit.stderr.startswith("De database staat op 9999, ")
    assert (uit.stderr.count("\n"), "nieuwere versie" in uit.stderr) == (1, True)


def test_rebuild_on_an_empty_database(url: str) -> None:
    assert draai(url, "rebuild").output == "0 dossiers en 0 declaraties herbouwd, 0 weken af en zijn hersteld.\n"


def test_more_processes_ask_for_postgresql(url: str) -> None:
    uit = draai(url, "serve", "--processen", "2")
    assert (uit.exit_code, "PostgreSQL" in uit.output) == (2, True)


def test_proefmodus_asks_for_one_process() -> None:
    """Each process would have a clock of its own."""
    uit = draai("postgresql://127.0.0.1:1/v1/proef", "serve", "--processen", "2", "--proefmodus")
    assert (uit.exit_code, "één proces" in uit.output) == (2, True)


def test_serve_runs_the_node(url: str) -> None:
    draai(url, "partij", "add", "0758", "--rol", "gemeente", "--naam", "Breda")
    token = draai(url, "partij", "token", "0758").stdout.strip()
    with socket.socket() as los:
        los.bind(("127.0.0.1", 0))
        poort = los.getsockname()[1]
    opdracht = [sys.executable, "-m", "berichtenverkeer", "serve", "--port", str(poort), "--proefmodus"]
    with subprocess.Popen(opdracht, env=os.environ | {"BV_DATABASE_URL": url}, stderr=subprocess.DEVNULL) as proces:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{poort}") as http:
                wacht_tot_op(http, proces)
                kop = {"Authorization": f"Bearer {token}", "Bv-Klok": "2026-03-02T10:00:00"}
                antwoord = http.get("/v1/toewijzingen", headers=kop)
                assert (antwoord.status_code, antwoord.json()) == (200, {"items": [], "volgende": "toewijzingen.0"})
                bericht = (MAP / "WMO305.xml").read_bytes()
                kop["Content-Type"] = "application/xml"
                assert http.post("/v1/berichten", content=bericht, headers=kop).status_code == 403
        finally:
            proces.terminate()
    assert proces.returncode in (0, -15)


@pytest.mark.usefixtures("in_het_open")
def test_a_service_says_when_it_is_ready_and_where(url: str) -> None:
    opdracht = [sys.executable, "-m", "berichtenverkeer", "serve", "--port", "0"]
    omgeving = os.environ | {"BV_DATABASE_URL": url}
    with subprocess.Popen(opdracht, env=omgeving, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as proces:
        assert proces.stdout is not None
        assert proces.stderr is not None
        eerst = proces.stdout.readline()
        gezegd = re.fullmatch(
            r"Klaar: het knooppunt luistert op (http://127\.0\.0\.1:\d+)\. Stoppen met Ctrl-C\.\n", eerst
        )
        assert gezegd is not None, eerst
        assert httpx.get(f"{gezegd[1]}/gezondheid").status_code == 200
        proces.terminate()
        assert proces.stdout.read() == ""
        assert "Er zijn geen sleutels (BV_SLEUTELS): ook Bsn's en namen worden leesbaar bewaard" in proces.stderr.read()


def test_an_address_that_is_in_use_is_said(url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as bezet:
        uit = draai(url, "serve", "--port", str(bezet.getsockname()[1]))
    assert (uit.exit_code, "Kies een andere --port" in uit.stderr) == (2, True)


@pytest.mark.parametrize("poort", ["65536", "-1"])
def test_a_port_that_is_none_is_said(url: str, poort: str) -> None:
    uit = draai(url, "serve", "--port", poort)
    assert isinstance(uit.exception, SystemExit)
    assert (uit.exit_code, uit.stderr.startswith("--port klopt niet.")) == (2, True)
