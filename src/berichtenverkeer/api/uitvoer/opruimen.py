"""Taking away what was put ready."""

from collections.abc import Iterable
from pathlib import Path
from shutil import rmtree

from sqlalchemy import Engine

from ...opslag.berichten import uitvoeren
from ...opslag.database import schrijvend
from ..rondom.knooppunt import is_id


def wis(engine: Engine, map_: Path, id_: str, partij: str | None = None) -> bool:
    """Forget one and its files, of this party when it is named; whether it was there. First the row, so that whoever makes it
    sees that it is gone and takes away what he still wrote."""
    with schrijvend(engine) as verbinding:
        gewist = uitvoeren.wis(verbinding, id_, partij)
    if gewist:
        rmtree(map_ / id_, ignore_errors=True)
    return gewist


def wis_losse(engine: Engine, map_: Path) -> None:
    """Take away the files of what is no longer asked for, which a process that was killed left behind."""
    mappen = [pad.name for pad in map_.iterdir() if is_id(pad.name)] if map_.is_dir() else []
    for naam in set(mappen) - _bekend(engine, mappen):
        rmtree(map_ / naam, ignore_errors=True)


def _bekend(engine: Engine, ids: Iterable[str]) -> set[str]:
    with engine.connect() as verbinding:
        return uitvoeren.bekend(verbinding, ids)
