"""A recording over HTTP is the one that is made beside the database, for a party of the dossier."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tests.conftest import MaakDatabase
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app
from berichtenverkeer.klok import systeemklok
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.partijen.bewijzen import maak_token
from berichtenverkeer.spel.bestand.flow import lees
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.spel.doelen.proefknoop import proefknoop
from berichtenverkeer.standaard.domein import Domein

from .helpen import speel

FLOWS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def url(sqlite: MaakDatabase) -> str:
    return sqlite()


@pytest.fixture(scope="module")
def eigen(url: str) -> Iterator[Eigen]:
    with proefknoop(meegeleverd("xsd"), url) as eigen:
        yield eigen


@pytest.fixture(scope="module")
def engine(url: str, eigen: Eigen) -> Iterator[Engine]:
    engine = maak_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def _thuis(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BV_DATABASE_URL", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "thuis"))
    monkeypatch.chdir(tmp_path)


def _draai(*argumenten: str, invoer: str = "") -> Result:
    return CliRunner().invoke(app, argumenten, input=f"{invoer}\n")


def _record(*argumenten: str, bsn: str = "") -> Result:
    return _draai("record", *argumenten, invoer=bsn)


def _meld_aan(eigen: Eigen, engine: Engine, code: str) -> None:
    uit = _draai(
        "login", eigen.base_url, "--naam", "zelf", "--in-bestand", invoer=maak_token(engine, code, systeemklok())
    )
    assert uit.exit_code == 0, uit.output


@pytest.mark.parametrize("naam", ["declareren", "start-stop", "zelf"])
@pytest.mark.parametrize("partij", ["aanbieder", "gemeente"])
def test_it_is_the_same_recording(eigen: Eigen, engine: Engine, url: str, naam: str, partij: str) -> None:
    verloop = speel(eigen, lees(FLOWS / f"{naam}.flow.yaml"), Domein.IWMO)
    bsn = verloop.namen["client"]
    _meld_aan(eigen, engine, verloop.codes[partij])
    over_http = _record("--niet-naspelen", "--knooppunt", "zelf", bsn=bsn)
    assert over_http.exit_code == 0, over_http.output
    assert over_http.stdout == _record("--niet-naspelen", "--database-url", url, bsn=bsn).stdout
    assert bsn not in over_http.output


def test_of_a_toewijzing_and_played_at_once(eigen: Eigen, engine: Engine, tmp_path: Path) -> None:
    verloop = speel(eigen, lees(FLOWS / "declareren.flow.yaml"), Domein.IJW)
    _meld_aan(eigen, engine, verloop.codes["aanbieder"])
    [id_] = [
        item["id"]
        for item in map(json.loads, _draai("toewijzingen", "--json").stdout.splitlines())
        if item["bsn"] == verloop.namen["client"]
    ]
    pad = tmp_path / "geval.flow.yaml"
    uit = _record(str(pad), "--knooppunt", "zelf", "--toewijzing", id_)
    assert (uit.exit_code, "met dezelfde uitkomst" in uit.stderr) == (0, True), uit.output
    assert lees(pad).flow == "geval"


def test_what_is_of_others_cannot_be_recorded(eigen: Eigen, engine: Engine) -> None:
    verloop = speel(eigen, lees(FLOWS / "start-stop.flow.yaml"), Domein.IWMO)
    ander = speel(eigen, lees(FLOWS / "start-stop.flow.yaml"), Domein.IWMO)
    vreemd = next(code for code in ander.codes.values() if code not in verloop.codes.values())
    _meld_aan(eigen, engine, vreemd)
    uit = _record("--knooppunt", "zelf", bsn=verloop.namen["client"])
    assert (uit.exit_code, "geen berichten van u bekend" in uit.stderr) == (2, True)
    assert _record("--knooppunt", "elders", bsn=verloop.namen["client"]).exit_code == 2
    assert list(Path(os.environ["XDG_CONFIG_HOME"]).rglob("*.db")) == []
