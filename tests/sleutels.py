"""A node that has keys."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from berichtenverkeer import sleutels
from berichtenverkeer.versleuteling import bestand
from berichtenverkeer.versleuteling.bos import Bos


@contextmanager
def met_sleutels(map_: Path) -> Iterator[Path]:
    """This process, and those that it starts, hide what they keep of persons; the file of keys."""
    pad = map_ / "sleutels"
    pad.write_text(secrets.token_hex(32))
    bestand.schrijf(pad, Bos.nieuw("2026-03-02"), sleutels.lees(pad).nieuwste)
    with patch.dict(os.environ, {sleutels.OMGEVING: str(pad)}):
        sleutels.gebruik(pad)
        bestand.opnieuw()
        try:
            yield pad
        finally:
            sleutels.gebruik(None)
            bestand.opnieuw()
