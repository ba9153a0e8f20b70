"""A message that is offered is taken in, whoever offers it: the door of ``/v1`` or a page."""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool

from ..inname.aanname import Aangeboden, ContractVan, laat_kort_toe, neem_aan
from ..inname.actief import kwam_eerder, niet_actief
from ..inname.fictief import Inhoud, eis_fictief, kijk_na
from ..inname.kort import lees_groot
from ..inname.ontvangst import Ontvangst, van_rij
from ..oordeel.oordeel import Berichtoordeel
from ..oordeel.weigering import Reden, Weigering
from ..opslag.berichten import berichten as tabel
from ..opslag.database import lees, schrijvend
from ..partijen.afspraken import Aanmelding
from ..partijen.contracten import NietInGeheugen
from ..partijen.partij import Partij
from ..standaard.xml import is_zwaar
from .antwoord.problemen import van_weigering
from .rondom.knooppunt import Knooppunt

_NIET_BEWAARD = (Reden.TE_GROOT, Reden.BSN_NIET_FICTIEF)
"""The refusals of which nothing is kept: what does not fit, and what should not be in a test environment."""


class Ingenomen(NamedTuple):
    """What became of a message, and who sent it."""

    ontvangst: Ontvangst
    verzender: Partij


async def bied_aan(
    data: bytes,
    knooppunt: Knooppunt,
    aanmelding: Aanmelding,
    nu: datetime,
    eis_nog_binnen: Callable[[], Awaitable[None]],
) -> Ingenomen:
    """Take in what is offered by who is known by ``aanmelding``. ``eis_nog_binnen`` raises when it is no longer: reading may have
    taken long. Raises ``Weigering``; what was refused is kept, unless nothing of it may be."""
    try:
        try:
            aangeboden = await _neem_op_maat_aan(data, knooppunt, aanmelding, nu)
        except Weigering as weigering:
            if weigering.reden is not Reden.ONBEKENDE_ONTVANGER:
                raise
            await knooppunt.register.straks()  # who was registered just now, is a party then
            aangeboden = await _neem_op_maat_aan(data, knooppunt, aanmelding, nu)
        await eis_nog_binnen()
        dicht = niet_actief(knooppunt.register.bord(), aangeboden)
        if dicht is not None and not await run_in_threadpool(kwam_eerder, knooppunt.engine, aangeboden):
            raise dicht
        ontvangst = await knooppunt.schrijver.neem_op(aangeboden)
        if aangeboden.groot and len(data) < knooppunt.instellingen.groot_vanaf_bytes:
            ontvangst = await _wacht_op_oordeel(knooppunt, ontvangst)
    except Weigering as weigering:
        if weigering.reden not in _NIET_BEWAARD:
            async with knooppunt.bewaarbeurt(aanmelding.partij.code, len(data)):
                await run_in_threadpool(_bewaar, knooppunt, aanmelding.partij, data, weigering, nu)
        raise
    return Ingenomen(ontvangst, aanmelding.namens(aangeboden.wie.verzender))


async def _neem_op_maat_aan(data: bytes, knooppunt: Knooppunt, roeper: Aanmelding, nu: datetime) -> Aangeboden:
    """A message is read where its size asks for: a small one at once, by what is in memory. The first between two parties waits for
    their contract elsewhere."""
    grenzen = knooppunt.instellingen
    if is_zwaar(data, grenzen.direct_tot_bytes) or len(data) >= grenzen.groot_vanaf_bytes:
        return await _neem_groot_aan(data, knooppunt, roeper, nu)
    try:
        return _neem_aan(data, knooppunt, roeper, nu, knooppunt.contracten.bekend)
    except NietInGeheugen:
        return await run_in_threadpool(_neem_aan, data, knooppunt, roeper, nu, knooppunt.contracten.contract)


_WACHT, _KIJK = 20.0, 1.0
"""Seconds to wait for the verdict on a declaratie of middling size; after the last of these is looked at least, for the worker may be
another process that could not tell."""


async def _wacht_op_oordeel(knooppunt: Knooppunt, ontvangst: Ontvangst) -> Ontvangst:
    """The same once the worker has judged it, unless that takes long."""
    tot = time.monotonic() + _WACHT
    while ontvangst.oordeel == Berichtoordeel.IN_VERWERKING and time.monotonic() < tot and not knooppunt.bel.gesloten:
        geluid = knooppunt.bel.oproep(ontvangst.afzender)
        ontvangst = await run_in_threadpool(_zoals_nu, knooppunt, ontvangst)
        if ontvangst.oordeel == Berichtoordeel.IN_VERWERKING:
            with suppress(TimeoutError):
                await asyncio.wait_for(geluid.wait(), knooppunt.omroep.om_de(_KIJK))
    return ontvangst


def _zoals_nu(knooppunt: Knooppunt, ontvangst: Ontvangst) -> Ontvangst:
    rij = lees(knooppunt.engine, lambda verbinding: tabel.zoek(verbinding, {ontvangst.id}))[ontvangst.id]
    return van_rij(rij, nieuw=ontvangst.nieuw)


def _neem_aan(
    data: bytes, knooppunt: Knooppunt, roeper: Aanmelding, nu: datetime, contract_van: ContractVan
) -> Aangeboden:
    k = knooppunt
    a = neem_aan(data, roeper, k.register, contract_van, k.schemas, nu, k.instellingen.max_bytes)
    _eis_fictief(k, a)
    return a


async def _neem_groot_aan(data: bytes, knooppunt: Knooppunt, roeper: Aanmelding, nu: datetime) -> Aangeboden:
    """A large message is read elsewhere: what is wrong with it by its XSD is found there, and that it is too much. Of what answers
    another we need all of it, and read it here when it is sound. Others are judged elsewhere too."""
    k, van = knooppunt, roeper.partij.code
    kort = await k.kinderen.voor(len(data)).laat_doen(
        lees_groot, data, k.instellingen.max_bytes, k.instellingen.onderdelen, van=van
    )
    if kort is None:
        return await run_in_threadpool(_neem_aan, data, knooppunt, roeper, nu, k.contracten.contract)
    a = await run_in_threadpool(laat_kort_toe, data, kort, roeper, k.register, k.contracten.contract, nu)
    await run_in_threadpool(_eis_fictief, k, a)
    return a


def _eis_fictief(knooppunt: Knooppunt, a: Aangeboden) -> None:
    if knooppunt.instellingen.proefmodus:
        eis_fictief(a.data)


def _bewaar(knooppunt: Knooppunt, partij: Partij, data: bytes, weigering: Weigering, nu: datetime) -> None:
    """Keep what is refused, so that nothing a party sent is lost; but in proefmodus not what may be of somebody. Of a credential
    for several it is the first (afgeleid): who sent what cannot be read, nobody knows."""
    if knooppunt.instellingen.proefmodus and kijk_na(data) is not Inhoud.FICTIEF:
        return
    with schrijvend(knooppunt.engine) as verbinding:
        tabel.bewaar_geweigerd(
            verbinding,
            {
                "verzender": partij.code,
                "sha256": hashlib.sha256(data).hexdigest(),
                "ontvangen_op": nu,
                "inhoud": data,
                "reden": weigering.reden,
                "probleem": van_weigering(weigering).json(),
            },
        )
