"""Writes in the log for who looks: all that wait at the same moment in one transaction, and each goes on when it is committed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine

from ...opslag import logboek
from ...opslag.database import schrijvend
from ...opslag.logboek import Regel


@dataclass
class Logschrijver:
    """Runs in the event loop, and writes on a thread."""

    engine: Engine
    _wacht: "list[tuple[Sequence[Regel], asyncio.Future[None]]]" = field(default_factory=list)
    _bezig: "asyncio.Task[None] | None" = None

    async def schrijf(self, regels: Sequence[Regel]) -> None:
        """Write these; back when they are committed. Raises what went wrong in the database."""
        af: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._wacht.append((regels, af))
        if self._bezig is None:
            self._bezig = asyncio.create_task(self._werk())
        await af

    async def _werk(self) -> None:
        while self._wacht:
            groep, self._wacht = self._wacht, []
            fout = await asyncio.to_thread(self._schrijf, [regel for regels, _ in groep for regel in regels])
            for _, af in groep:
                if af.cancelled():
                    continue
                if fout is None:
                    af.set_result(None)
                else:
                    af.set_exception(fout)
        self._bezig = None

    def _schrijf(self, regels: Sequence[Regel]) -> Exception | None:
        try:
            with schrijvend(self.engine, noteer=False) as verbinding:
                logboek.schrijf(verbinding, logboek.INZAGE, regels)
        except Exception as fout:
            return fout
        return None
