"""What a task in another process works with: that process has nothing of this one in memory."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from ..opslag.database import maak_engine
from ..opslag.wachttijd import Wachttijd
from ..standaard.schema import Schemas


@dataclass(frozen=True, slots=True)
class Tuig:
    """The tools of a task."""

    engine: Engine
    schemas: Schemas

    @classmethod
    def maak(cls, database_url: str, xsd_dir: Path, wachttijd: Wachttijd) -> "Tuig":
        """Tools for this database and these XSDs."""
        engine = maak_engine(database_url, wachttijd)
        return cls(engine, Schemas(xsd_dir))
