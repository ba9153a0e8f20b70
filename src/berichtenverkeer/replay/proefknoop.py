"""A node in this process to play flows against: in proefmodus, on a database of its own unless ``BV_DATABASE_URL`` names one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..demo.dienst import Dienst
from ..instellingen import Instellingen
from ..klok import systeemklok
from ..opslag.database import maak_engine, maak_gereed
from .doel import Eigen


@contextmanager
def proefknoop(xsd_dir: Path, database_url: str | None = None) -> Iterator[Eigen]:
    """The node, for as long as the block lasts. Raises ``StartNiet``."""
    with tempfile.TemporaryDirectory(prefix="berichtenverkeer-", ignore_cleanup_errors=True) as map_:
        url = database_url or os.environ.get("BV_DATABASE_URL") or f"sqlite:///{Path(map_) / 'replay.db'}"
        instellingen = Instellingen(database_url=url, proefmodus=True, xsd_dir=xsd_dir, port=0)
        engine = maak_engine(url)
        maak_gereed(engine)
        try:
            with Dienst(instellingen, systeemklok) as dienst:
                yield Eigen(dienst.url, engine)
        finally:
            engine.dispose()
