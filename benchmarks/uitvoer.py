"""A million toewijzingen taken out: as an export in each form, and as a table in one answer."""

import gc
import time
import uuid
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from tempfile import TemporaryDirectory

from berichtenverkeer.api.lijstbron import Kijker
from berichtenverkeer.api.toewijzingen import BRON, Toewijzingenvraag
from berichtenverkeer.api.uitvoer.maken import Uitvoertuig, maak
from berichtenverkeer.api.uitvoer.vormen import Exportvorm
from berichtenverkeer.inname.kind import hoogste_gebruik
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.opslag.berichten import uitvoeren
from berichtenverkeer.opslag.database import maak_engine, momentopname, schrijvend
from berichtenverkeer.partijen.partij import Partijrol, registreer
from berichtenverkeer.tabellen import csv_uit, xlsx_uit
from berichtenverkeer.tabellen.model import kolommen

from .dossier import maak_node
from .miljoen import ANDER, vul

_NU = datetime(2026, 3, 2, 12, tzinfo=NEDERLAND)
_SCHRIJF = {"csv": csv_uit.schrijf, "xlsx": xlsx_uit.schrijf}

Gemeten = tuple[float, float, float]
"""Seconds, MiB of memory at its height, and MB that came of it."""


def meet_uitvoer(url: str, aantal: int = 1_000_000) -> dict[str, float]:
    """Seconds, memory at its height and size, of each form; each in a process of its own that begins with nothing."""
    engine, _ = maak_node(url)
    registreer(engine, ANDER, Partijrol.AANBIEDER, "Ander", _NU)
    vul(engine, 1, aantal)
    uit: dict[str, float] = {}
    with TemporaryDirectory() as map_:
        for vorm in Exportvorm:
            with schrijvend(engine) as verbinding:
                rij = uitvoeren.vraag_aan(
                    verbinding,
                    id=str(uuid.uuid4()),
                    partij=ANDER,
                    wat=BRON.naam,
                    filters={},
                    sinds=None,
                    sinds_id=None,
                    vorm=vorm,
                    aangevraagd_op=_NU,
                )
            uit |= _als(f"export_{vorm}", _elders(_exporteer, url, map_, rij.id))
            with engine.connect() as verbinding:
                gemaakt = uitvoeren.geef(verbinding, rij.id)
            assert gemaakt is not None
            assert sum(bestand["aantal"] for bestand in gemaakt.bestanden) == aantal
    for uitgang in _SCHRIJF:
        uit |= _als(f"lijst_{uitgang}", _elders(_stroom, url, uitgang))
    engine.dispose()
    return uit


def _als(naam: str, gemeten: Gemeten) -> dict[str, float]:
    return dict(zip((f"{naam}_s", f"{naam}_MiB", f"{naam}_MB"), gemeten, strict=True))


def _elders(doe: object, *args: object) -> Gemeten:
    spawn = get_context("spawn")
    antwoord: Queue[Gemeten] = spawn.Queue()
    proces = spawn.Process(target=_gemeten, args=(antwoord, doe, args))
    proces.start()
    gemeten = antwoord.get()
    proces.join()
    return gemeten


def _gemeten(antwoord: "Queue[Gemeten]", doe: object, args: tuple[object, ...]) -> None:
    assert callable(doe)
    gc.disable()  # as in the process that makes exports
    begin = time.perf_counter()
    bytes_ = doe(*args)
    antwoord.put((time.perf_counter() - begin, hoogste_gebruik() / 1024, bytes_ / 1e6))


def _exporteer(url: str, map_: str, id_: str) -> int:
    assert maak(Uitvoertuig.maak(url, None, Path(map_), frozenset()), id_, _NU)
    return sum(pad.stat().st_size for pad in (Path(map_) / id_).iterdir())


def _stroom(url: str, vorm: str) -> int:
    kijker = Kijker(ANDER, _NU.date(), Kalender())
    with momentopname(maak_engine(url)) as verbinding:
        bladen = BRON.loop(verbinding, kijker, Toewijzingenvraag(), None, 1_000)
        items = (item for blad, _ in bladen for item in blad)
        return sum(len(stuk) for stuk in _SCHRIJF[vorm](kolommen(BRON.item), items))
