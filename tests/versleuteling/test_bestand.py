"""The keys in a file, wrapped by a master key."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sleutels import zonder_sleutels

from berichtenverkeer import sleutels
from berichtenverkeer.sleutels import SleutelsOnleesbaar
from berichtenverkeer.versleuteling import bestand
from berichtenverkeer.versleuteling.bestand import lees, opnieuw, pad_bij, schrijf, sleutelbos
from berichtenverkeer.versleuteling.bos import Bos

DAG = "2026-03-02"


@pytest.fixture
def geheimen(tmp_path: Path) -> Iterator[Path]:
    pad = tmp_path / "sleutels"
    pad.write_text(secrets.token_hex(32))
    with zonder_sleutels():
        yield pad


def test_what_was_kept_is_read_as_it_was(geheimen: Path) -> None:
    bos = Bos.nieuw(DAG)
    ring = sleutels.lees(geheimen)

    assert lees(geheimen, ring) is None
    schrijf(geheimen, bos, ring.nieuwste)

    gelezen = lees(geheimen, ring)
    assert gelezen is not None
    assert gelezen.als_json() == bos.als_json()
    assert pad_bij(geheimen).stat().st_mode & 0o077 == 0
    assert bos.als_json()["pseudoniem"] not in pad_bij(geheimen).read_text()


def test_keys_of_another_and_damaged_ones_are_told(geheimen: Path) -> None:
    ring = sleutels.lees(geheimen)
    schrijf(geheimen, Bos.nieuw(DAG), ring.nieuwste)

    with pytest.raises(SleutelsOnleesbaar, match="niet meer in het bestand"):
        lees(geheimen, sleutels.ZONDER)
    pad_bij(geheimen).write_text(pad_bij(geheimen).read_text().replace("inhoud", "anders"))
    with pytest.raises(SleutelsOnleesbaar, match="beschadigd"):
        lees(geheimen, ring)


def test_a_process_sees_that_the_keys_change(geheimen: Path) -> None:
    een, ander = Bos.nieuw(DAG), Bos.nieuw(DAG)
    ring = sleutels.gebruik(geheimen)
    opnieuw()
    assert sleutelbos() is None

    for bos in (een, ander):
        schrijf(geheimen, bos, ring.nieuwste)
        opnieuw()
        gezien = sleutelbos()
        assert gezien is not None
        assert gezien.als_json() == bos.als_json()

    pad_bij(geheimen).write_text("half")
    opnieuw()
    assert sleutelbos() is gezien, "what was there goes on"
    pad_bij(geheimen).unlink()
    opnieuw()
    assert sleutelbos() is gezien
    assert bestand._Nu.geheimen == geheimen
