"""Commands on keys: making, telling, changing and destroying them, and a node that starts without."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sleutels import zonder_sleutels
from typer.testing import CliRunner

from berichtenverkeer import sleutels
from berichtenverkeer.cli import app

BSN = "999900006"


@pytest.fixture(autouse=True)
def geheimen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the keys will stand."""
    pad = tmp_path / "sleutels"
    with zonder_sleutels():
        monkeypatch.setenv("BV_SLEUTELS", str(pad))
        monkeypatch.setenv("BV_DATABASE_URL", f"sqlite:///{tmp_path}/knooppunt.db")
        yield pad
        monkeypatch.undo()  # before what is outside is read again


def _doe(*argumenten: str, uit: int = 0, invoer: str | None = None) -> str:
    gedaan = CliRunner().invoke(app, argumenten, input=invoer)
    assert gedaan.exit_code == uit, gedaan.output
    return gedaan.output


def test_keys_are_made_once_and_only_their_owner_reads_them(geheimen: Path) -> None:
    assert "Bewaar er een kopie van" in _doe("sleutel", "maak")
    for pad in (geheimen, sleutels.pad_bij(geheimen)):
        assert pad.stat().st_mode & 0o077 == 0
    voor = geheimen.read_bytes()
    assert "Er is al een sleutelbos" in _doe("sleutel", "maak", uit=2)
    assert geheimen.read_bytes() == voor


def test_what_there_is_is_told_and_not_what_it_is(geheimen: Path) -> None:
    _doe("sleutel", "maak")
    eerste = sleutels.lees(geheimen).nieuwste.id
    assert "De hoofdsleutel is nu" in _doe("sleutel", "roteer")
    uit = _doe("sleutel", "list")
    assert [regel.split()[0] for regel in uit.splitlines()] == [
        "hoofdsleutel",
        "hoofdsleutel",
        "generatie",
        "generatie",
    ]
    assert f"{eerste}  alleen om te lezen" in uit
    assert not any(regel in uit for regel in geheimen.read_text().split())


def test_a_key_is_destroyed_only_when_it_is_meant(geheimen: Path) -> None:
    _doe("sleutel", "maak")
    voor = sleutels.pad_bij(geheimen).read_bytes()
    assert "Er is niets vernietigd." in _doe("sleutel", "vernietig", "--partij", "0363", invoer="n\n", uit=2)
    assert sleutels.pad_bij(geheimen).read_bytes() == voor
    assert "De sleutel van partij 0363 is vernietigd." in _doe("sleutel", "vernietig", "--partij", "0363", "--ja")
    uit = _doe("sleutel", "vernietig", "--ja", invoer=f"{BSN}\n")
    assert "De sleutel van deze cliënt is vernietigd." in uit
    assert "er is een sleutel van een partij of cliënt uit vernietigd" in _doe("sleutel", "list")


@pytest.mark.parametrize("opdracht", ["list", "roteer", "vernietig"])
def test_without_keys_it_says_how_to_make_them(geheimen: Path, opdracht: str) -> None:
    assert "sleutel maak" in _doe("sleutel", opdracht, uit=2)


def test_a_place_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BV_SLEUTELS")
    assert "Zet BV_SLEUTELS" in _doe("sleutel", "maak", uit=2)
    assert "Er zijn geen sleutels" in _doe("db", "versleutel", uit=2)


def test_a_node_without_keys_starts_only_when_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for naam in ("BV_SLEUTELS", "BV_ONVERSLEUTELD"):
        monkeypatch.delenv(naam)
    uit = _doe("serve", "--port", "0", uit=2)
    assert "sleutel maak" in uit
    assert "--proefmodus" in uit


def test_master_keys_may_stand_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    eerste, tweede = "ab" * 32, "cd" * 32
    pad = tmp_path / "elders.bos"
    monkeypatch.delenv("BV_SLEUTELS")
    monkeypatch.setenv("BV_HOOFDSLEUTELS", eerste)
    assert "BV_SLEUTELBOS" in _doe("sleutel", "maak", uit=2)
    monkeypatch.setenv("BV_SLEUTELBOS", str(pad))
    assert f"Gemaakt: {pad}." in _doe("sleutel", "maak")
    assert pad.stat().st_mode & 0o077 == 0
    assert "Zet eerst een nieuwe hoofdsleutel vooraan" in _doe("sleutel", "roteer", uit=2)
    monkeypatch.setenv("BV_HOOFDSLEUTELS", f"{tweede}, {eerste}")
    assert "De hoofdsleutel is nu" in _doe("sleutel", "roteer")
    assert len(_doe("sleutel", "list").splitlines()) == 4
    monkeypatch.setenv("BV_HOOFDSLEUTELS", tweede)
    uit = _doe("sleutel", "list")
    assert tweede not in uit
    monkeypatch.setenv("BV_HOOFDSLEUTELS", eerste)
    assert "Zet die sleutel terug" in _doe("sleutel", "list", uit=2)
    monkeypatch.setenv("BV_HOOFDSLEUTELS", "kort")
    uit = _doe("sleutel", "list", uit=2)
    assert "openssl rand -hex 32" in uit
    assert "kort" not in uit


def test_one_place_of_master_keys_and_no_other(geheimen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _doe("sleutel", "maak")
    monkeypatch.setenv("BV_HOOFDSLEUTELS", "ab" * 32)
    monkeypatch.setenv("BV_SLEUTELBOS", f"{geheimen}.bos")
    for opdracht in (("sleutel", "list"), ("serve", "--port", "0")):
        assert "niet allebei" in _doe(*opdracht, uit=2)
