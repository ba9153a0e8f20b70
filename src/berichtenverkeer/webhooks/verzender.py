"""Tells webhooks what they are to be told.

What is new is looked for where it was written (``bronnen``) and becomes a row for each webhook that wants to hear it, in the
transaction that moves the webhook's place on; the row goes when the receiver has it. So nothing is lost in a crash, and what was
being told then is told again, under the same id.
"""

import asyncio
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection, Engine

from .. import trace
from ..keten.bezorgen.rondes import Rondes
from ..klok import Klok, systeemklok
from ..opslag.berichten import notificaties, webhooks
from ..opslag.berichten.notificaties import Genomen
from ..opslag.berichten.webhooks import Webhook, Werk
from ..opslag.database import schrijvend
from .aanroep import WEG, Lijn, Uitkomst
from .adres import AdresFout, Adreswacht, Doel, lees_doel
from .bronnen import WERKVRAAG, MaakPeil, maak
from .tekenen import cloudevent, koppen
from .terugval import GENOEG, Toeval, gevraagd, rust, volgende

log = structlog.get_logger()

TEGELIJK = 8
"""How many calls to one receiver are under way at once, as long as something of them succeeds; else one."""

MEESTE_OPEN = 1_000
"""When so many wait for a webhook, no more are made of what is new: that stays where it was written, and is told later."""

BEWAARD = timedelta(days=30)
"""How long what was given up can be asked for again."""


@dataclass
class Verzender(Rondes):
    """What webhooks are told, each by itself.

    ``bron`` is what this node calls itself. A process holds what it tells for twice the time that a call may take, by ``systeem``;
    when it has died, another takes it over. ``tel`` hears how many calls succeeded and how many did not.
    """

    wat = "webhooks"

    engine: Engine
    klok: Klok
    wacht: Adreswacht
    lijn: Lijn
    bron: str
    peil: MaakPeil
    toeval: Toeval = random.random
    systeem: Klok = systeemklok
    tel: Callable[[int, int], None] | None = None
    bezig: set[str] = field(default_factory=set)
    """The parties for which something goes outside while they wait for it."""
    _partijen: Mapping[str, Collection[str]] = field(default_factory=dict)

    def hoor(self, codes: Collection[str] | None) -> None:
        if codes is None:
            self.wek()
            return
        partijen = self._partijen
        wie = {id_ for code in codes for id_ in partijen.get(code, ())}
        if wie:
            self.wek_voor(wie)

    async def adressen(self, url: str) -> tuple[Doel, list[str]]:
        """Where a call to this URL goes now. Raises ``AdresFout``."""
        doel = lees_doel(url)
        try:
            async with asyncio.timeout(self.lijn.geduld):
                return doel, await self.wacht.adressen(doel)
        except TimeoutError:
            raise AdresFout(f"De naam in de URL werd niet binnen {self.lijn.geduld:g} seconden gevonden.") from None

    async def roep_aan(self, webhook: Webhook, genomen: Sequence[Genomen]) -> list[Uitkomst]:
        """Call a receiver once for each of these, all at once; what came of each."""
        try:
            doel, adressen = await self.adressen(webhook.url)
        except AdresFout as fout:
            return [Uitkomst(reden=str(fout)) for _ in genomen]
        nu, geheimen = self.systeem(), webhook.geheimen(self.klok())

        async def vertel(een: Genomen) -> Uitkomst:
            with trace.stap(
                "webhook aanroepen", trace.begin(een.trace or trace.huidige_kop()), trace.Soort.CLIENT
            ) as stap:
                stap.kenmerken = {"soort": een.notificatie.soort, "webhook": webhook.id, "poging": een.poging}
                data = cloudevent(een.notificatie, self.bron)
                kop = koppen(een.notificatie.id, data, geheimen, nu) | {"traceparent": stap.trace.kop()}
                uitkomst = await self.lijn.roep_aan(doel, adressen, kop, data, nu)
                stap.mislukt = not uitkomst.gelukt
                return uitkomst

        return await asyncio.gather(*map(vertel, genomen))

    def zoek(self) -> dict[str, bool]:
        with self.engine.connect() as verbinding:
            werk = self._werk(verbinding)
        partijen: dict[str, set[str]] = {}
        for een in werk:
            partijen.setdefault(een.partij, set()).add(een.id)
        self._partijen = partijen
        return {een.id: een.aan_de_beurt or een.nieuws for een in werk}

    def _werk(self, verbinding: Connection, id_: str | None = None) -> list[Werk]:
        """What there is to do for each webhook that may be called, or for this one."""
        nu = self.klok()
        return webhooks.werk(verbinding, WERKVRAAG, nu, self.systeem(), nu.date().toordinal(), id_)

    def _heeft_werk(self, verbinding: Connection, id_: str) -> bool:
        """Whether a webhook may be told something now."""
        return any(
            een.aan_de_beurt or (een.nieuws and notificaties.open_(verbinding, id_) < MEESTE_OPEN)
            for een in self._werk(verbinding, id_)
        )

    async def doe(self, id_: str) -> bool:
        """Look what is new for a webhook and tell it as much as may be told at once. False when there is nothing (more) to do."""
        genomen = await asyncio.to_thread(self._neem, id_)
        if genomen is None:
            return False
        webhook, deze = genomen
        if deze:
            try:
                uitkomsten = await self.roep_aan(webhook, deze)
            except asyncio.CancelledError:
                await asyncio.to_thread(self._laat_los, id_, deze)
                raise
            await asyncio.to_thread(self._noteer, webhook, deze, uitkomsten)
        return True

    def _neem(self, id_: str) -> tuple[Webhook, list[Genomen]] | None:
        """A webhook and what it is told now, which is nothing when its places moved on without. None when nothing was done."""
        with self.engine.connect() as verbinding:
            if not self._heeft_werk(verbinding, id_):
                return None
        nu, systeem = self.klok(), self.systeem()
        with schrijvend(self.engine) as verbinding:
            webhook = webhooks.geef(verbinding, id_, vast=True)
            if webhook is None or not _mag(webhook, nu):
                return None
            verder = notificaties.open_(verbinding, id_) < MEESTE_OPEN and self._leg_klaar(verbinding, webhook, nu)
            hoogstens = 1 if webhook.mislukt_achtereen else TEGELIJK
            tot = systeem + timedelta(seconds=2 * self.lijn.geduld)
            genomen = notificaties.neem(verbinding, id_, nu, systeem, tot, hoogstens)
            return (webhook, genomen) if genomen or verder else None

    def _leg_klaar(self, verbinding: Connection, webhook: Webhook, nu: datetime) -> bool:
        """Make what a webhook is to be told of what is new; whether its places moved on."""
        plekken = webhooks.plekken(verbinding, webhook.id)
        gemaakt, verder = maak(verbinding, webhook, plekken, self.peil(nu.date()))
        notificaties.voeg_toe(verbinding, webhook.id, gemaakt, nu)
        if verder != plekken:
            webhooks.zet_plekken(verbinding, webhook.id, verder)
        notificaties.ruim_op(verbinding, webhook.id, nu - BEWAARD)
        return verder != plekken

    def _noteer(self, webhook: Webhook, genomen: Sequence[Genomen], uitkomsten: Sequence[Uitkomst]) -> None:
        nu = self.klok()
        paren = list(zip(genomen, uitkomsten, strict=True))
        verteld = [een.notificatie.id for een, uitkomst in paren if uitkomst.gelukt]
        mis = [(een, uitkomst) for een, uitkomst in paren if not uitkomst.gelukt]
        weg = any(uitkomst.status == WEG for _, uitkomst in mis)
        if self.tel is not None:
            self.tel(len(verteld), len(mis))
        with schrijvend(self.engine) as verbinding:
            nog = webhooks.geef(verbinding, webhook.id)
            if nog is None:
                return
            notificaties.verteld(verbinding, webhook.id, verteld)
            if weg:
                notificaties.laat_los(verbinding, webhook.id, [een for een, _ in mis])
                webhooks.zet(verbinding, webhook.id, toestand=webhooks.Webhooktoestand.UITGESCHAKELD, gewijzigd_op=nu)
            else:
                for een, uitkomst in mis:
                    dan = volgende(een.poging, nu, self.toeval)
                    notificaties.mislukt(verbinding, webhook.id, een, uitkomst.reden, nu, dan)
                self._noteer_gezondheid(verbinding, nog, bool(verteld), [uitkomst for _, uitkomst in mis], nu)
        if verteld:
            log.info("webhook verteld", webhook=webhook.id, partij=webhook.partij, aantal=len(verteld))
        if mis:
            wat = {"webhook": webhook.id, "partij": webhook.partij, "aantal": len(mis), "reden": mis[0][1].reden}
            log.warning("webhook uitgeschakeld" if weg else "webhook niet bereikt", **wat)

    def _noteer_gezondheid(
        self, verbinding: Connection, webhook: Webhook, lukte: bool, mis: Sequence[Uitkomst], nu: datetime
    ) -> None:
        """Whether a receiver counts as dead, and whether that is for good. When one of which nothing came is well again, all that
        waits for it is tried."""
        achtereen = 0 if lukte else webhook.mislukt_achtereen + 1
        tot = [rust(achtereen, nu, self.toeval)]
        tot += [gevraagd(uitkomst.wacht, nu) for uitkomst in mis if uitkomst.wacht is not None]
        rust_tot = max((moment for moment in tot if moment is not None), default=None)
        if (achtereen, rust_tot) != (webhook.mislukt_achtereen, webhook.rust_tot):
            webhooks.zet(verbinding, webhook.id, mislukt_achtereen=achtereen, rust_tot=rust_tot)
        if achtereen >= GENOEG:
            webhooks.zet(verbinding, webhook.id, toestand=webhooks.Webhooktoestand.UITGESCHAKELD, gewijzigd_op=nu)
        if lukte and webhook.mislukt_achtereen:
            notificaties.vervroeg(verbinding, webhook.id, nu)

    def _laat_los(self, id_: str, genomen: Sequence[Genomen]) -> None:
        with schrijvend(self.engine) as verbinding:
            notificaties.laat_los(verbinding, id_, genomen)


def _mag(webhook: Webhook, nu: datetime) -> bool:
    """Whether a webhook may be called now."""
    rust_tot = webhook.rust_tot
    rust_nog = rust_tot is not None and nu < rust_tot <= nu + notificaties.LANGSTE_WACHT
    return webhook.toestand == webhooks.Webhooktoestand.ACTIEF and not rust_nog
