"""What the operator says and sees of pushing."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.berichten import Dossier, gemeenten
from tests.conformance.gevallen import SCHEMAS
from tests.knoop import NU, meld_partijen_aan
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app
from berichtenverkeer.inname.aanname import neem_aan
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.opslag.berichten import bezorgingen
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.standaard.xml import MAX_BYTES

_URL = "https://stuf.gemeente.example/OntvangAsynchroon"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'proef.db'}"


def draai(url: str, *argumenten: str) -> Result:
    return CliRunner().invoke(app, argumenten, env={"BV_DATABASE_URL": url})


def test_an_endpoint_is_set_and_taken_away(url: str) -> None:
    for code, rol in (("0344", "gemeente"), ("73730042", "aanbieder")):
        assert draai(url, "partij", "add", code, "--rol", rol, "--naam", "Utrecht").exit_code == 0
    assert draai(url, "partij", "set", "0344", "--eindpunt", _URL).output == "0344 is ingesteld.\n"
    assert draai(url, "partij", "list").output.splitlines()[0] == f"0344      gemeente       Utrecht  → {_URL}"
    for argumenten, tekst in (
        (("0344", "--eindpunt", "ftp://x"), "https://machine/pad"),
        (("73730042", "--eindpunt", _URL), "Alleen een gemeente"),
        (("9999", "--eindpunt", _URL), "bestaat niet"),
        (("0344", "--eindpunt", _URL, "--geen-eindpunt"), "Kies tussen"),
    ):
        uit = draai(url, "partij", "set", *argumenten)
        assert (uit.exit_code, tekst in uit.output) == (2, True), uit.output
    assert draai(url, "partij", "set", "0344", "--geen-eindpunt").exit_code == 0
    assert _URL not in draai(url, "partij", "list").output


def test_what_is_stuck_is_shown_and_begun_anew(url: str) -> None:
    engine = maak_engine(url)
    maak_gereed(engine)
    meld_partijen_aan(engine, 1)
    gemeente = gemeenten()[0]
    draai(url, "partij", "set", gemeente, "--eindpunt", _URL)
    register = Register(engine)
    partij = register.partij(gemeente)
    assert partij is not None
    with schrijvend(engine) as verbinding:
        berichten = [Dossier(gemeente, "98000000", nummer=n).toewijzing() for n in (1001, 1002)]
        groep = [neem_aan(b, partij, register, lambda *_: Contract(), SCHEMAS, NU, MAX_BYTES) for b in berichten]
        verwerk(verbinding, groep, SCHEMAS)
    assert draai(url, "bezorging", "list").output == ""
    with schrijvend(engine) as verbinding:
        for dan in (NU + timedelta(minutes=1), None):
            genomen = bezorgingen.neem(verbinding, gemeente, NU, NU, NU)
            assert genomen is not None
            assert bezorgingen.mislukt(verbinding, genomen, "Het eindpunt antwoordde met HTTP 503.", NU, dan)
    regels = draai(url, "bezorging", "list").output.splitlines()
    einden = ["opnieuw 2026-03-02 12:01", "afgebroken"]
    for regel, einde in zip(regels, einden, strict=True):
        assert regel.startswith(f"{gemeente:8}  ")
        assert regel.endswith(f"1 poging sinds 2026-03-02 12:00, {einde}. Het eindpunt antwoordde met HTTP 503.")
    uit = draai(url, "bezorging", "opnieuw", gemeente)
    assert uit.output == f"Het knooppunt begint opnieuw met 2 berichten voor {gemeente}.\n"
    assert draai(url, "bezorging", "list").output == ""
    uit = draai(url, "bezorging", "opnieuw", "9999")
    assert (uit.exit_code, "bestaat niet" in uit.output) == (2, True)
    engine.dispose()
