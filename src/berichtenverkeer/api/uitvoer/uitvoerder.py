"""Has what was asked for made, one after the other, and takes away what was there long enough."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Engine

from ...inname.kind import Kind, KindGestopt, TaakMislukt, TaakTeZwaar
from ...instellingen import Instellingen
from ...klok import Klok, systeemklok
from ...opslag.berichten import uitvoeren
from ...opslag.database import schrijvend
from ...opslag.omroep import WERK, Omroep, gewoon
from ...opslag.wachttijd import ONBEREIKBAAR
from ...spoor import spoor
from .maken import Uitvoertuig, maak
from .opruimen import wis, wis_losse

log = structlog.get_logger()

_LANGST = 6 * 3600.0
"""Seconds that making one may take."""

_OPRUIMEN_OM_DE = 60
"""Rounds between two looks at what is to go."""


@dataclass
class Uitvoerder:
    """A thread that looks for work; the work itself is done in another process (``kind``)."""

    engine: Engine
    klok: Klok
    map: Path
    bewaren: timedelta
    kind: Kind[Uitvoertuig]
    kijk_om_de: float = 1.0
    om_de: Callable[[float], float] = gewoon
    _ronden: int = 0
    _bezig: str | None = None
    _wekker: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _draad: threading.Thread | None = None

    @classmethod
    def voor(cls, instellingen: Instellingen, engine: Engine, klok: Klok, omroep: Omroep) -> "Uitvoerder":
        """The one of a node with these settings, called by what is told there."""
        i = instellingen
        tuig = partial(Uitvoertuig.maak, i.database_url, i.database_url_lezen, i.uitvoer_map, i.vrije_dagen)
        kind: Kind[Uitvoertuig] = Kind(tuig, "uitvoer", geduld=_LANGST)
        deze = cls(engine, klok, i.uitvoer_map, timedelta(hours=i.uitvoer_uren), kind, om_de=omroep.om_de)
        omroep.hoorders.append(deze.hoor)
        return deze

    def start(self) -> None:
        """Begin, on a thread of its own."""
        self._draad = threading.Thread(target=self._werk, name="uitvoerder", daemon=True)
        self._draad.start()

    def hoor(self, namen: frozenset[str] | None) -> None:
        """There may be work; may be called from any thread."""
        if namen is None or WERK in namen:
            self._wekker.set()

    def stop(self) -> None:
        """Let go what it is doing, and end; who starts next goes on with it."""
        self._stop.set()
        self._wekker.set()
        self.kind.stop()
        draad, self._draad = self._draad, None
        if draad is not None:
            draad.join()

    def _werk(self) -> None:
        while not self._stop.is_set():
            self._wekker.clear()
            try:
                gedaan = self.ronde()
            except ONBEREIKBAAR:  # who found that out said so
                gedaan = False
            except Exception as fout:
                log.error("uitvoer mislukt", fout=spoor(fout))
                gedaan = False
            if not gedaan:
                self._wekker.wait(self.om_de(self.kijk_om_de))

    def ronde(self) -> bool:
        """Make the one that is first in turn; whether there was one."""
        if self._ronden % _OPRUIMEN_OM_DE == 0:
            self.ruim_op()
        self._ronden += 1
        with self.engine.connect() as verbinding:
            id_ = uitvoeren.te_doen(verbinding, systeemklok())
        if id_ is None:
            return False
        try:
            return self.kind.doe(maak, id_, self.klok())
        except (KindGestopt, TaakTeZwaar, TaakMislukt) as fout:
            if not self._stop.is_set():
                log.error("uitvoer onderbroken", uitvoer=id_, fout=spoor(fout))
            with schrijvend(self.engine) as verbinding:
                uitvoeren.laat_los(verbinding, id_, systeemklok())
            return False

    def ruim_op(self) -> None:
        """Take away what ended long enough ago, and the files of what is no longer asked for."""
        with self.engine.connect() as verbinding:
            weg = uitvoeren.verlopen(verbinding, self.klok() - self.bewaren)
        for id_ in weg:
            wis(self.engine, self.map, id_)
        wis_losse(self.engine, self.map)
