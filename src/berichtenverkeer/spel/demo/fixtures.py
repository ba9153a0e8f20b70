"""Makes ``fixtures/`` again, the same bytes every time: ``python -m berichtenverkeer.spel.demo.fixtures``."""

import shutil
from pathlib import Path

from ...pakket import meegeleverd
from ...standaard.schema import Schemas
from . import manifest
from .manifest import Manifest
from .verhalen import AANBIEDERS, EINDE, GEMEENTEN, vertel


def regio(schemas: Schemas) -> dict[str, bytes]:
    """The files of ``fixtures/regio`` by name: the messages and their manifest."""
    regio_ = vertel(schemas)
    zendingen = list(regio_.zendingen())
    deelnemers = (*GEMEENTEN, *(aanbieder.deelnemer for aanbieder in AANBIEDERS))
    inhoud = Manifest(EINDE, deelnemers, tuple(zending for zending, _ in zendingen))
    bestanden = {zending.bestand: data for zending, data in zendingen}
    return {**bestanden, manifest.NAAM: manifest.als_tekst(inhoud).encode()}


def schrijf(map_: Path, bestanden: dict[str, bytes]) -> None:
    """Put these files in a folder, and nothing else."""
    shutil.rmtree(map_, ignore_errors=True)
    for naam, data in bestanden.items():
        (map_ / naam).parent.mkdir(parents=True, exist_ok=True)
        (map_ / naam).write_bytes(data)


def main() -> None:
    schemas = Schemas(meegeleverd("xsd"))
    schrijf(meegeleverd("fixtures") / "regio", regio(schemas))


if __name__ == "__main__":
    main()
