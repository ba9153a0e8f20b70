"""Looks at zendingen after their door has answered, and takes their messages in by the one writer.

The table is the queue: whatever was stored and not looked at when a process ended is found by its next start, or by the
round of another process. That two look at one zending is harmless: it leaves its status once (``koppeling``).
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import Engine

from ...inname.aanname import Aangeboden
from ...inname.beurten import Beurten, Gesloten, Rust, Vol
from ...inname.kind import Kinderen, KindGestopt, TaakTeZwaar
from ...inname.kort import lees_groot
from ...inname.schrijver import NodeStopt, Schrijver
from ...inname.tuig import Tuig
from ...klok import Klok, systeemklok
from ...oordeel.weigering import Reden, Weigering
from ...opslag.berichten import zendingen as tabel
from ...opslag.berichten.zendingen import Zendingsleutel
from ...opslag.database import schrijvend
from ...opslag.wachttijd import ONBEREIKBAAR
from ...optreden import Actie, Activiteit, Optreden, Wie, gaande, tijdens
from ...spoor import is_uuid, kenmerk, spoor
from ...standaard.xml import is_zwaar
from ...versleuteling.bos import Vernietigd
from ..envelop.fouten import Afgekeurd
from ..envelop.vsp import als_json
from .geduld import Geduld
from .inhoud import Geopend, Lezer
from .meldingen import afkeuring
from .zendingen import keur_af

log = structlog.get_logger()

_RONDE = 30.0
_EVEN, _DRUK = 1.0, 5.0
_PER_RONDE = 1000
_IN_GEHEUGEN = 4
"""So many times as much as is read at once may wait with its bytes in memory; a sender has its answer already, and may go on."""

Rij = Mapping[Any, Any]
_LANG = 3600.0
"""Seconds that one that takes long waits for its turn; then it comes with the next round."""


class _NeemtTijd(Exception):
    """Others pass this zending while it is read elsewhere."""


@dataclass
class Zendingverwerker:
    """Runs in the event loop. Messages go to the writer in the order in which they came, without waiting for each other's
    verdict; one that takes long (of more than ``direct_tot`` bytes or as many tags) is passed by others while it is read, one at a
    time and of every party in turn, by one of the ``kinderen``: a declaratie is then put off, and another message may have so many
    ``onderdelen``.

    What fails unexpectedly is tried again in a later round, every ``_RONDE`` seconds, the more often it failed the later
    (``geduld``); what failed for want of the database, ``_EVEN`` later, and what found no place, ``_DRUK``. At most ``tegelijk`` that do
    not take long are read at once.
    ``na_weigering`` is called when one was refused: a Fo01 may lie ready.
    """

    engine: Engine
    lezer: Lezer
    schrijver: Schrijver
    kinderen: Kinderen[Tuig]
    direct_tot: int
    onderdelen: int
    klok: Klok = systeemklok
    tegelijk: int = 64
    na_weigering: Callable[[], None] | None = None
    _taken: "dict[Zendingsleutel, asyncio.Task[None]]" = field(default_factory=dict)
    _geduld: Geduld = field(default_factory=Geduld)
    _ronde: "asyncio.Task[None] | None" = None
    _rij: "list[tuple[Zendingsleutel, Rij | None, asyncio.Future[Aangeboden | None]]]" = field(default_factory=list)
    _leest: "asyncio.Task[None] | None" = None
    _stopt: bool = False

    def start(self) -> None:
        """Begin, in the running event loop, with what is left from before."""
        self._stopt = False
        self._plaatsen = asyncio.Semaphore(self.tegelijk)
        self._groot = Beurten(Rust(deel=1), _PER_RONDE, _LANG)
        self._wekker = asyncio.Event()
        self._ronde = asyncio.create_task(self._zoek_steeds())

    async def stop(self) -> None:
        """Finish what is in hand, and end; what is not begun yet, the next start finds."""
        self._stopt = True
        if self._ronde is not None:
            self._groot.sluit()
            self._wekker.set()  # the round ends by itself: a thread that reads would be left with its connection
            await asyncio.gather(self._ronde, *self._taken.values(), return_exceptions=True)

    def begin(self, sleutel: Zendingsleutel, grootte: int, rij: Rij | None = None) -> None:
        """Look at this zending, of which the payload has so many bytes. ``rij`` is its row as it was stored just now, when that is at
        hand; of what waits long it is looked up again. To be called in the event loop."""
        if sleutel not in self._taken and not self._stopt:
            if len(self._taken) >= _IN_GEHEUGEN * self.tegelijk:
                rij = None
            taak = asyncio.create_task(self._verwerk(sleutel, grootte, rij))
            self._taken[sleutel] = taak
            taak.add_done_callback(lambda _: self._taken.pop(sleutel))

    async def _zoek_steeds(self) -> None:
        while not self._stopt:
            self._wekker.clear()
            open_: list[tuple[Zendingsleutel, int]] = []
            rust = _EVEN
            try:
                open_ = await asyncio.to_thread(self._wachtend)
            except Exception as fout:
                log.error("rij van zendingen niet gelezen", fout=spoor(fout))
            else:
                if len(open_) < _PER_RONDE:
                    rust = _RONDE
                    self._geduld.onthoud_alleen({sleutel for sleutel, _ in open_})
            for sleutel, grootte in open_:
                if self._geduld.mag(sleutel, time.monotonic()):
                    self.begin(sleutel, grootte)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wekker.wait(), rust)

    def _wachtend(self) -> list[tuple[Zendingsleutel, int]]:
        with self.engine.connect() as verbinding:
            return tabel.open_(verbinding, _PER_RONDE)

    async def _verwerk(self, sleutel: Zendingsleutel, grootte: int, rij: Rij | None) -> None:
        try:
            await self._neem_op_of_weiger(sleutel, grootte, rij)
            self._geduld.vergeet(sleutel)
        except (NodeStopt, Gesloten):
            return
        except ONBEREIKBAAR as fout:
            log.warning("zending wacht op de database", fout=spoor(fout))
            asyncio.get_running_loop().call_later(_EVEN, self._wekker.set)
        except Vol:
            asyncio.get_running_loop().call_later(_DRUK, self._wekker.set)
        except Exception as fout:
            if isinstance(fout, KindGestopt) and self._stopt:
                return
            self._geduld.mislukte(sleutel, time.monotonic())
            log.error("zending niet verwerkt", traceer_id=kenmerk(sleutel.traceer_id), fout=spoor(fout))

    async def _neem_op_of_weiger(self, sleutel: Zendingsleutel, grootte: int, rij: Rij | None) -> None:
        try:
            await self._neem_op(sleutel, grootte, rij)
        except Vernietigd as fout:
            await asyncio.to_thread(self._vernietigd, sleutel, fout)
        except (Afgekeurd, Weigering) as fout:
            await asyncio.to_thread(self._weiger, sleutel, fout)
            log.info("zending geweigerd", zender=sleutel.zender, traceer_id=kenmerk(sleutel.traceer_id))
            if self.na_weigering is not None:
                self.na_weigering()

    async def _neem_op(self, sleutel: Zendingsleutel, grootte: int, rij: Rij | None) -> None:
        """Read a zending and let the writer take its message in. Raises ``Afgekeurd`` or ``Weigering``."""
        try:
            if grootte <= self.direct_tot:
                with suppress(_NeemtTijd):
                    async with self._plaatsen:
                        aangeboden = None if self._stopt else await self._lees_op_volgorde(sleutel, rij)
                    if aangeboden is not None:
                        await self.schrijver.neem_op(aangeboden)
                    return
            async with self._groot.beurt(sleutel.zender):
                zending = await asyncio.to_thread(self._open, sleutel)
                if zending is not None:
                    await self.schrijver.neem_op(await self._lees_elders(zending))
        except TaakTeZwaar:  # trying again would end the same
            raise Weigering(
                Reden.TE_GROOT,
                "Het bericht vraagt meer tijd of geheugen dan het knooppunt aan één bericht geeft.",
                "Splits het bericht in kleinere berichten.",
            ) from None

    async def _lees_op_volgorde(self, sleutel: Zendingsleutel, rij: Rij | None) -> Aangeboden | None:
        """The message of a zending, after those of the zendingen before it; None when it is no longer to be looked at. Raises
        ``Afgekeurd``, ``Weigering`` or ``_NeemtTijd``."""
        gelezen: asyncio.Future[Aangeboden | None] = asyncio.get_running_loop().create_future()
        self._rij.append((sleutel, rij, gelezen))
        if self._leest is None:
            self._leest = asyncio.create_task(self._lees_rij())
        return await gelezen

    async def _lees_rij(self) -> None:
        """Read what waits, as long as something does: all of it at once, so that the writer gets it in one group."""
        while self._rij:
            deel, self._rij = self._rij, []
            uitkomsten: list[Aangeboden | Exception | None]
            try:
                uitkomsten = await asyncio.to_thread(self._lees, [(sleutel, rij) for sleutel, rij, _ in deel])
            except Exception as fout:  # each of them hears it, and is tried again
                uitkomsten = [fout] * len(deel)
            for (_, _, gelezen), uitkomst in zip(deel, uitkomsten, strict=True):
                if isinstance(uitkomst, Exception):
                    gelezen.set_exception(uitkomst)
                else:
                    gelezen.set_result(uitkomst)
        self._leest = None

    def _lees(self, wat: Sequence[tuple[Zendingsleutel, Rij | None]]) -> list[Aangeboden | Exception | None]:
        """What each of these comes to; what goes wrong with one does not stand in the way of the others."""
        bewaard = {}
        if niet_bij_de_hand := [sleutel for sleutel, rij in wat if rij is None]:
            with self.engine.connect() as verbinding:
                bewaard = {sleutel: tabel.te_verwerken(verbinding, sleutel) for sleutel in niet_bij_de_hand}
        rijen = [bewaard[sleutel] if rij is None else rij for sleutel, rij in wat]
        uit: list[Aangeboden | Exception | None] = []
        for rij in rijen:
            try:
                uit.append(None if rij is None else self._lees_een(self.lezer.open(rij)))
            except Exception as fout:
                uit.append(fout)
        return uit

    def _lees_een(self, zending: Geopend) -> Aangeboden:
        if is_zwaar(zending.data, self.direct_tot):  # a small ZIP may hold a large message
            raise _NeemtTijd
        return self.lezer.lees(zending)

    async def _lees_elders(self, zending: Geopend) -> Aangeboden:
        """It is read elsewhere; of what answers another we need all of it, and read it here when it is sound."""
        toets, data = self.lezer.xslt_at_node, zending.data
        kind, van = self.kinderen.voor(len(data)), zending.van.code
        kort = await kind.laat_doen(lees_groot, data, self.lezer.max_bytes, self.onderdelen, toets, van=van)
        if kort is None:
            return await asyncio.to_thread(self.lezer.lees, zending)
        return await asyncio.to_thread(self.lezer.lees_kort, zending, kort)

    def _open(self, sleutel: Zendingsleutel) -> Geopend | None:
        """What is in a zending; None when it is no longer to be looked at. Raises ``Afgekeurd``."""
        with self.engine.connect() as verbinding:
            rij = tabel.te_verwerken(verbinding, sleutel)
        return self.lezer.open(rij) if rij is not None else None

    def _vernietigd(self, sleutel: Zendingsleutel, fout: Vernietigd) -> None:
        """Nothing comes of a zending of which the key was destroyed, or that of the dossier that it is for; a Fo01 cannot be made of it."""
        weigering = Weigering(
            Reden.ONLEESBAAR, str(fout), "Opnieuw indienen helpt niet. Vraag de beheerder wat er vernietigd is."
        )
        with tijdens(_weigering(sleutel)), schrijvend(self.engine) as verbinding:
            stand = tabel.van_groep(verbinding, [sleutel])[sleutel]
            melding = als_json(afkeuring(weigering, stand.door).melding)
            tabel.keur_af(verbinding, sleutel, melding, [], self.klok())

    def _weiger(self, sleutel: Zendingsleutel, fout: Afgekeurd | Weigering) -> None:
        with tijdens(_weigering(sleutel)):
            keur_af(self.engine, sleutel, fout, self.klok())


WEIGEREN = Activiteit("bericht-weigeren", Actie.MAKEN, "zending", beheer=True)
"""To refuse what came in an envelope, and keep it with why."""


def _weigering(sleutel: Zendingsleutel) -> Optreden:
    """As it stands in the log: of whom it is nobody read."""
    nummer = sleutel.traceer_id if is_uuid(sleutel.traceer_id) else "…"
    deur = gaande()
    wie = deur.wie() if deur is not None else Wie()
    weigering = Optreden(WEIGEREN, lambda: wie._replace(partij=sleutel.zender), f"{WEIGEREN.object}/{nummer}")
    if deur is not None:
        weigering.stap = deur.stap
    return weigering
