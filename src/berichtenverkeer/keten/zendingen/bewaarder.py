"""Stores zendingen in groups: what the doors take in while one group is being stored goes in the next, in one transaction.

Only what is plain: what a door has nothing against, and is to be looked at. Whatever else comes of it (it came before, its number
is taken) is for the door to find out and to tell, one by one; nothing of it is stored here.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Engine

from ...opslag.berichten import zendingen as tabel
from ...opslag.database import schrijvend
from ...opslag.wachttijd import vergeefs
from ...spoor import spoor
from ..envelop.vsp import Berichtstatus
from .zendingen import Zending, rij_van

log = structlog.get_logger()

HOOGSTENS = 64
"""How many at a time, as the writer of messages does."""

Rij = dict[str, Any]


@dataclass
class Bewaarder:
    """Runs in the event loop, and stores on a thread."""

    engine: Engine
    _wacht: "list[tuple[Rij, asyncio.Future[bool]]]" = field(default_factory=list)
    _bezig: "asyncio.Task[None] | None" = None

    async def bewaar(self, zending: Zending, nu: datetime) -> Rij | None:
        """Store a zending that is to be looked at: its row once it is committed, or None when it was not stored. Raises what went
        wrong in the database."""
        rij = rij_van(zending, nu, Berichtstatus.ONTVANGEN)
        bewaard: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._wacht.append((rij, bewaard))
        if self._bezig is None:
            self._bezig = asyncio.create_task(self._werk())
        return rij if await bewaard else None

    async def _werk(self) -> None:
        while self._wacht:
            groep, self._wacht = self._wacht[:HOOGSTENS], self._wacht[HOOGSTENS:]
            uitkomsten = await asyncio.to_thread(self._bewaar, [rij for rij, _ in groep])
            for (_, bewaard), uitkomst in zip(groep, uitkomsten, strict=True):
                if bewaard.cancelled():
                    continue
                if isinstance(uitkomst, Exception):
                    bewaard.set_exception(uitkomst)
                else:
                    bewaard.set_result(uitkomst)
        self._bezig = None

    def _bewaar(self, rijen: Sequence[Rij]) -> Sequence[bool | Exception]:
        """Whether each was stored, or what went wrong. A group that fails is tried one by one, so that one keeps no others back."""
        try:
            with schrijvend(self.engine) as verbinding:
                return tabel.bewaar_groep(verbinding, rijen)
        except tabel.Ingehaald:
            if len(rijen) == 1:
                return [False]
        except Exception as fout:
            if len(rijen) == 1 or vergeefs(fout):
                return [fout] * len(rijen)
            log.warning("groep zendingen niet bewaard, nu één voor één", zendingen=len(rijen), fout=spoor(fout))
        return [self._bewaar([rij])[0] for rij in rijen]
