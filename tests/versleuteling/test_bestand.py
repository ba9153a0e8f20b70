"""The keys in a file, wrapped by a master key."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sleutels import zonder_sleutels

from berichtenverkeer import sleutels
from berichtenverkeer.sleutels import SleutelsOnleesbaar, pad_bij, plaats
from berichtenverkeer.versleuteling import bestand
from berichtenverkeer.versleuteling.bestand import lees, opnieuw, schrijf, sleutelbos
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

    assert lees(pad_bij(geheimen), ring) is None
    schrijf(pad_bij(geheimen), bos, ring.nieuwste)

    gelezen = lees(pad_bij(geheimen), ring)
    assert gelezen is not None
    assert gelezen.als_json() == bos.als_json()
    assert pad_bij(geheimen).stat().st_mode & 0o077 == 0
    assert bos.als_json()["pseudoniem"] not in pad_bij(geheimen).read_text()


def test_keys_of_another_and_damaged_ones_are_told(geheimen: Path) -> None:
    ring = sleutels.lees(geheimen)
    schrijf(pad_bij(geheimen), Bos.nieuw(DAG), ring.nieuwste)

    with pytest.raises(SleutelsOnleesbaar, match="niet meer bij BV_SLEUTELS"):
        lees(pad_bij(geheimen), sleutels.ZONDER)
    pad_bij(geheimen).write_text(pad_bij(geheimen).read_text().replace("inhoud", "anders"))
    with pytest.raises(SleutelsOnleesbaar, match="beschadigd"):
        lees(pad_bij(geheimen), ring)


def test_a_process_sees_that_the_keys_change(geheimen: Path) -> None:
    een, ander = Bos.nieuw(DAG), Bos.nieuw(DAG)
    ring = sleutels.gebruik(plaats(geheimen, None, None))
    opnieuw()
    assert sleutelbos() is None

    for bos in (een, ander):
        schrijf(pad_bij(geheimen), bos, ring.nieuwste)
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
    assert bestand._Nu.van == plaats(geheimen, None, None)
