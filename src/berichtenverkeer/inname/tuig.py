"""What a task in another process works with: that process has nothing of this one in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from ..opslag.database import maak_engine
from ..opslag.wachttijd import Wachttijd
from ..standaard.release import laad
from ..standaard.schema import Schemas


@dataclass(frozen=True, slots=True)
class Tuig:
    """The tools of a task."""

    engine: Engine
    schemas: Schemas

    @classmethod
    def maak(cls, database_url: str, xsd_dir: Path, releases: Sequence[str], wachttijd: Wachttijd) -> "Tuig":
        """Tools for this database, these XSDs, and these releases beside the one that is packaged."""
        laad(releases)
        engine = maak_engine(database_url, wachttijd)
        return cls(engine, Schemas(xsd_dir))
