"""The command ``record``: what happened on a node that serves becomes a file that ``replay`` plays."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.conftest import MaakDatabase
from typer.testing import CliRunner

from berichtenverkeer.cli import app
from berichtenverkeer.opslag.database import maak_engine, schrijvend
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.dossiers import toewijzing
from berichtenverkeer.opslag.tabellen.partijen import tarief
from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.spel.bestand.flow import lees
from berichtenverkeer.spel.doelen.proefknoop import proefknoop
from berichtenverkeer.standaard.domein import Domein

from .helpen import overblijfselen, speel

FLOW = Path(__file__).parents[1] / "declareren.flow.yaml"


def _record(*argumenten: str | Path, bsn: str = "") -> Any:
    return CliRunner().invoke(app, ["record", *map(str, argumenten)], input=f"{bsn}\n")


@pytest.fixture(scope="module")
def gebeurd(maak_database: MaakDatabase) -> Iterator[tuple[str, str]]:
    """A database on which a flow was played, of a node that still serves, and the Bsn of its client."""
    url = maak_database()
    with proefknoop(meegeleverd("xsd"), url) as eigen:
        verloop = speel(eigen, lees(FLOW), Domein.IWMO)
        assert verloop.uitkomst == "geslaagd"
        yield url, verloop.namen["client"]


@pytest.fixture(autouse=True)
def _alleen_opties(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BV_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)


def _wat_er_staat(url: str) -> Any:
    engine = maak_engine(url)
    with engine.connect() as verbinding:
        uit = [verbinding.execute(select(tabel)).all() for tabel in (bericht, toewijzing)]
    engine.dispose()
    return uit


def test_what_happened_is_recorded_and_replayed(gebeurd: tuple[str, str], tmp_path: Path) -> None:
    url, bsn = gebeurd
    voor = _wat_er_staat(url)
    map_ = tmp_path / "opname"
    map_.mkdir()
    pad = map_ / "geval.flow.yaml"
    uit = _record(pad, "--database-url", url, bsn=bsn)
    assert (uit.exit_code, uit.stdout) == (0, ""), uit.output
    assert "Nagespeeld: 5 stappen, met dezelfde uitkomst." in uit.stderr
    assert _wat_er_staat(url) == voor
    engine = maak_engine(url)
    assert overblijfselen(engine, bsn, map_) == []
    engine.dispose()
    assert lees(pad).flow == "geval"
    gespeeld = CliRunner().invoke(app, ["replay", str(pad), "--json"])
    assert (gespeeld.exit_code, json.loads(gespeeld.stdout)["uitkomst"]) == (0, "geslaagd")


def test_without_a_file_it_goes_to_standard_output(gebeurd: tuple[str, str], tmp_path: Path) -> None:
    url, bsn = gebeurd
    uit = _record("--niet-naspelen", "--database-url", url, bsn=bsn)
    assert (uit.exit_code, uit.stderr) == (0, "")
    pad = tmp_path / "uit.flow.yaml"
    pad.write_text(uit.stdout)
    assert len(lees(pad).stappen) == 5


def test_of_a_toewijzing_its_whole_dossier_is_recorded(gebeurd: tuple[str, str]) -> None:
    url, bsn = gebeurd
    engine = maak_engine(url)
    with engine.connect() as verbinding:
        id_ = verbinding.execute(select(toewijzing.c.id).where(toewijzing.c.bsn == bsn)).scalar_one()
    engine.dispose()
    met_id = _record("--niet-naspelen", "--toewijzing", id_, "--database-url", url)
    assert met_id.stdout == _record("--niet-naspelen", "--database-url", url, bsn=bsn).stdout
    tot = _record("--niet-naspelen", "--toewijzing", id_, "--tot", "2026-04-03", "--database-url", url)
    assert tot.stdout.count("- stuur:") == 2


def test_what_comes_out_otherwise_is_told(gebeurd: tuple[str, str], tmp_path: Path) -> None:
    """A tariff that was agreed only afterwards: the rules would have found something."""
    url, bsn = gebeurd
    engine = maak_engine(url)
    with schrijvend(engine) as verbinding:
        rij = verbinding.execute(select(toewijzing).where(toewijzing.c.bsn == bsn)).mappings().one()
        afspraak = {"gemeente": rij["gemeente"], "aanbieder": rij["aanbieder"], "productcode": rij["code"]}
        verbinding.execute(tarief.insert().values(**afspraak, eenheid="04", van=rij["ingangsdatum"], eurocent=1))
    pad = tmp_path / "anders.flow.yaml"
    uit = _record(pad, "--database-url", url, bsn=bsn)
    with schrijvend(engine) as verbinding:
        verbinding.execute(tarief.delete())
    engine.dispose()
    assert uit.exit_code == 1
    assert "Nagespeeld komt er iets anders uit" in uit.stderr
    assert bsn not in uit.output
    assert lees(pad).flow == "anders"


@pytest.mark.parametrize(
    ("bsn", "argumenten", "zegt"),
    [
        ("999999990", (), "geen berichten bekend"),
        ("12345678", (), "negen cijfers"),
        ("", (), "negen cijfers"),
        ("999999990", ("geheim.yaml",), "naam.flow.yaml"),
        ("999999990", ("--van", "2026-03-02", "--tot", "2026-03-01"), "--van en --tot"),
        ("", ("--toewijzing", "bestaat-niet"), "GET /v1/toewijzingen"),
    ],
)
def test_what_cannot_be_recorded_ends_with_2_and_an_advice(
    gebeurd: tuple[str, str], bsn: str, argumenten: tuple[str, ...], zegt: str
) -> None:
    uit = _record(*argumenten, "--database-url", gebeurd[0], bsn=bsn)
    assert (uit.exit_code, uit.stdout) == (2, "")
    assert zegt in uit.stderr
    assert not bsn or bsn not in uit.stderr


def test_a_file_that_is_there_or_tells_the_bsn_is_not_written(gebeurd: tuple[str, str], tmp_path: Path) -> None:
    url, bsn = gebeurd
    pad = tmp_path / "er-al.flow.yaml"
    pad.write_text("van een ander")
    uit = _record(pad, "--niet-naspelen", "--database-url", url, bsn=bsn)
    assert (uit.exit_code, pad.read_text()) == (2, "van een ander")
    uit = _record(tmp_path / f"{bsn}.flow.yaml", "--niet-naspelen", "--database-url", url, bsn=bsn)
    assert uit.exit_code == 2
    assert bsn not in uit.stderr


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    uit = _record("--database-url", f"sqlite:///{tmp_path / 'nergens.db'}", bsn="999999990")
    assert (uit.exit_code, "Deze database is er niet" in uit.stderr) == (2, True)
    leeg = tmp_path / "leeg.db"
    leeg.touch()
    uit = _record("--database-url", f"sqlite:///{leeg}", bsn="999999990")
    assert (uit.exit_code, "db upgrade" in uit.stderr) == (2, True)
