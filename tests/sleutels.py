"""A node that has keys, and one that has none whatever the others of this run have."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from berichtenverkeer import sleutels
from berichtenverkeer.versleuteling import bestand
from berichtenverkeer.versleuteling.bos import Bos

MODUS = "TEST_MET_SLEUTELS"
"""The variable that gives every node and database of a test run keys."""


def maak_sleutels(map_: Path) -> Path:
    """Keys in a folder; their file."""
    pad = map_ / "sleutels"
    pad.write_text(secrets.token_hex(32))
    bestand.schrijf(sleutels.pad_bij(pad), Bos.nieuw("2026-03-02"), sleutels.lees(pad).nieuwste)
    return pad


def overal() -> None:
    """Every node and database of this process, and of those that it starts, has keys, when this run is asked for that."""
    if os.environ.get(MODUS) and sleutels.OMGEVING not in os.environ:
        os.environ[sleutels.OMGEVING] = str(maak_sleutels(Path(tempfile.mkdtemp(prefix="sleutels-"))))


@contextmanager
def met_sleutels(map_: Path, *, maak: bool = True) -> Iterator[Path]:
    """This process, and those that it starts, hide what they keep of persons; the file of keys, which is made or is in that folder."""
    pad = maak_sleutels(map_) if maak else map_ / "sleutels"
    with patch.dict(os.environ, {sleutels.OMGEVING: str(pad)}), _gelezen():
        yield pad


@contextmanager
def zonder_sleutels() -> Iterator[None]:
    """This process, and those that it starts, keep all in the open."""
    with patch.dict(os.environ):
        for naam in (sleutels.OMGEVING, sleutels.ZELF, sleutels.BOS):
            os.environ.pop(naam, None)
        with _gelezen():
            yield


@contextmanager
def _gelezen() -> Iterator[None]:
    """What the environment says of keys now is what this process uses; what it used before, afterwards."""
    voor = sleutels.hier()
    try:
        sleutels.gebruik(sleutels.uit_omgeving())
        bestand.opnieuw()
        yield
    finally:
        sleutels.gebruik(voor)
        bestand.opnieuw()
