"""A later page of the rows behind a figure reads no more than the first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert

from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.opslag.stuurinformatie.stuurpaar import paar
from berichtenverkeer.opslag.tabellen.stuurinformatie import leverfeit, toewijzingfeit
from berichtenverkeer.partijen.partij import Partij, Partijrol
from berichtenverkeer.rapportage.antwoord import BEGIN, Plek, onderliggend
from berichtenverkeer.rapportage.vraag import Vraag
from berichtenverkeer.standaard.domein import Domein

AANBIEDER = Partij("98000001", Partijrol.AANBIEDER, "Aanbieder")
GEMEENTEN, PER_GEMEENTE, PER_BLAD = 4, 500, 50
VAN, TOT = date(2026, 1, 1), date(2026, 3, 31)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Two thousand toewijzingen of one aanbieder, all of which began and ended in the period."""
    engine = maak_engine(f"sqlite:///{tmp_path / 'feiten.db'}")
    maak_gereed(engine)
    eerste = VAN.toordinal()
    wat = [(gemeente, nummer) for gemeente in range(GEMEENTEN) for nummer in range(PER_GEMEENTE)]
    sleutels = [
        {
            "paar": paar(Domein.IWMO, f"{400 + gemeente:04}", AANBIEDER.code),
            "client": 900_000_000 + PER_GEMEENTE * gemeente + nummer,
            "toewijzingnummer": PER_GEMEENTE * gemeente + nummer,
            "start": eerste + nummer % 30,
        }
        for gemeente, nummer in wat
    ]
    with engine.begin() as verbinding:
        verbinding.execute(
            insert(toewijzingfeit),
            [s | {"ingang": eerste, "wacht": eerste, "bekend": eerste, "start_op": s["start"]} for s in sleutels],
        )
        verbinding.execute(
            insert(leverfeit),
            [
                s
                | {"zicht": 0, "begin": s["start"], "laatste": s["start"] + 20, "duur": 21}
                | {"stop": s["start"] + 20, "stop_op": s["start"] + 25}
                for s in sleutels
            ],
        )
    yield engine
    engine.dispose()


@contextmanager
def _stappen(engine: Engine) -> Iterator[list[int]]:
    """How many hundred steps SQLite takes to answer."""
    gezet: list[int] = [0]

    def tel() -> int:
        gezet[0] += 1
        return 0

    def zet(verbinding: object, *_: object) -> None:
        verbinding.set_progress_handler(tel, 100)  # type: ignore[attr-defined]

    event.listen(engine, "checkout", zet)
    try:
        yield gezet
    finally:
        event.remove(engine, "checkout", zet)


@pytest.mark.parametrize("code", ["INSTROOM", "UITSTROOM", "WACHTTIJD", "START_TIJDIG", "STOP_TIJDIG"])
def test_the_last_page_reads_what_the_first_does(engine: Engine, code: str) -> None:
    vraag = Vraag.maak(AANBIEDER.rol, VAN, TOT, [code], [])
    gelezen: list[int] = []
    rijen: list[Any] = []
    na: Plek | None = BEGIN
    while na is not None:
        with _stappen(engine) as stappen:
            blad = onderliggend(engine, Kalender(), AANBIEDER, vraag, na, PER_BLAD)
        rijen, na = rijen + blad.items, blad.volgende
        gelezen.append(stappen[0])
    assert rijen == onderliggend(engine, Kalender(), AANBIEDER, vraag, BEGIN, 10_000).items
    assert len(rijen) == GEMEENTEN * PER_GEMEENTE == len(gelezen) * PER_BLAD
    assert max(gelezen[1:]) <= 1.5 * gelezen[0] + 5, gelezen
