"""The making of the files of one list, in a process of its own: one snapshot, a page in memory, a file at a time.

What was made before an interruption stays: it goes on after the last file. What changed since then comes again in a later file, in
its newest form.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from shutil import rmtree
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Engine

from ...klok import systeemklok
from ...levensloop.kalender import Kalender
from ...opslag.berichten import uitvoeren
from ...opslag.berichten.uitvoeren import Uitvoerrij
from ...opslag.database import maak_engine, momentopname, neem_leeskopie, schrijvend
from ...opslag.lijst import Plek
from ...opslag.wachttijd import ACHTERGROND
from ...optreden import Actie, Activiteit, Optreden, Wie, tijdens
from ...versleuteling.bos import Vernietigd
from ..lijstbron import Kijker
from . import kluis
from .bronnen import BRONNEN
from .vormen import VORMEN, Bestand, Exportvorm

RIJEN_PER_BESTAND = 100_000
_PER_BLAD = 5_000
_MELD_OM_DE = 10.0
"""Seconds after which it is said again that this goes on."""

_ALLEEN_EIGENAAR = 0o700

MAKEN = Activiteit("export-maken", Actie.UITVOEREN, "export")
"""To put what is in a list in files: of whom it is stands in the log with each file, before it can be fetched."""


class NietMeerAanDeBeurt(Exception):
    """It was deleted, or another took it over."""


@dataclass(frozen=True, slots=True)
class Uitvoertuig:
    """What the process works with."""

    engine: Engine
    map: Path
    vrije_dagen: frozenset[date]

    @classmethod
    def maak(cls, database_url: str, lezen: str | None, map_: Path, vrije_dagen: frozenset[date]) -> "Uitvoertuig":
        """Tools for this database, its read replica if there is one, and this folder."""
        engine = maak_engine(database_url, ACHTERGROND)
        neem_leeskopie(engine, lezen, ACHTERGROND)
        return cls(engine, map_, vrije_dagen)


def maak(tuig: Uitvoertuig, id_: str, nu: datetime) -> bool:
    """Make the files of this one, or the rest of them; whether it was one's turn and all went well."""
    with schrijvend(tuig.engine) as verbinding:
        try:
            rij = uitvoeren.begin(verbinding, id_, nu, systeemklok())
        except Vernietigd:
            uitvoeren.geef_op(verbinding, id_, nu)
            return False
    if rij is None:
        return False
    map_ = tuig.map / id_
    partij = rij.partij
    try:
        with tijdens(Optreden(MAKEN, lambda: Wie(partij), f"{MAKEN.object}/{id_}")):
            _maak(tuig, rij, map_, nu)
    except NietMeerAanDeBeurt:
        with tuig.engine.connect() as verbinding:
            weg = uitvoeren.geef(verbinding, id_) is None
        if weg:
            rmtree(map_, ignore_errors=True)
        return False
    return True


def _maak(tuig: Uitvoertuig, rij: Uitvoerrij, map_: Path, nu: datetime) -> None:
    tuig.map.mkdir(_ALLEEN_EIGENAAR, parents=True, exist_ok=True)
    map_.mkdir(_ALLEEN_EIGENAAR, exist_ok=True)
    bron, vorm = BRONNEN[rij.wat], Exportvorm(rij.vorm)
    kijker = Kijker(rij.partij, nu.date(), Kalender(tuig.vrije_dagen))
    bestanden = [Bestand(**een) for een in rij.bestanden]
    with momentopname(tuig.engine) as verbinding:
        bladen = bron.loop(verbinding, kijker, bron.vraag.model_validate(rij.filters), rij.gekomen_tot, _PER_BLAD)
        stroom = _Stroom(tuig.engine, rij, bladen)
        while (deel := stroom.volgend_bestand()) is not None:
            naam = f"{rij.wat}-{len(bestanden) + 1:05}.{vorm}"
            op_schijf = f"{rij.beurt}-{naam}"
            lengte, som = kluis.schrijf(map_ / op_schijf, rij.sleutel, VORMEN[vorm].schrijf(bron.item, deel))
            bestanden.append(Bestand(naam, stroom.geteld, lengte, som, op_schijf))
            assert stroom.plek is not None
            af = [bestand.als_json() for bestand in bestanden]
            with schrijvend(tuig.engine) as schrijver:
                _eis(uitvoeren.bestand_af(schrijver, rij.id, rij.beurt, af, stroom.plek))
        weg = uitvoeren.vervallen_sinds(verbinding, bron.lijst, rij.partij, rij.vanaf)
    with schrijvend(tuig.engine) as schrijver:
        _eis(uitvoeren.klaar(schrijver, rij.id, rij.beurt, weg, nu))


@dataclass
class _Stroom:
    """The pages of a list as the items of one file after the other."""

    engine: Engine
    rij: Uitvoerrij
    bladen: Iterator[tuple[list[Any], Plek]]
    geteld: int = 0
    """How many items the present file has."""

    plek: Plek | None = None
    """The place after them."""

    _gemeld: float = field(default_factory=time.monotonic)

    def volgend_bestand(self) -> Iterator[BaseModel] | None:
        """The items of the next file; None when there are no more. A file ends with a page."""
        eerste = next(self.bladen, None)
        return None if eerste is None else self._items(eerste)

    def _items(self, eerste: tuple[list[Any], Plek]) -> Iterator[BaseModel]:
        self.geteld = 0
        for items, plek in chain([eerste], self.bladen):
            yield from items
            self.geteld += len(items)
            self.plek = plek
            self._meld()
            if self.geteld >= RIJEN_PER_BESTAND:
                return

    def _meld(self) -> None:
        if time.monotonic() - self._gemeld > _MELD_OM_DE:
            self._gemeld = time.monotonic()
            with schrijvend(self.engine) as verbinding:
                _eis(uitvoeren.nog_bezig(verbinding, self.rij.id, self.rij.beurt, systeemklok()))


def _eis(aan_de_beurt: bool) -> None:
    if not aan_de_beurt:
        raise NietMeerAanDeBeurt
