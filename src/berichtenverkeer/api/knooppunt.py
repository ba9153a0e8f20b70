"""What all faces share: the parts of a running node, and how a request reaches them."""

import asyncio
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Header, Request
from sqlalchemy import Engine

from ..inname.kind import Kind
from ..inname.ontvangst import Ontvangst
from ..inname.schrijver import Schrijver
from ..inname.tuig import Tuig
from ..inname.werker import Werker
from ..instellingen import Instellingen
from ..keten.bezorgen.bezorger import Bezorger
from ..keten.bezorgen.kanaal import HttpKanaal, Kanaal
from ..keten.bezorgen.proef import Proef, Proefklok
from ..keten.bezorgen.proefkanaal import Storingskanaal
from ..keten.envelop.stuf import Berichtcode
from ..keten.zendingen.inhoud import Lezer
from ..keten.zendingen.koppeling import Zendingkoppeling
from ..keten.zendingen.verwerker import Zendingverwerker
from ..klok import NEDERLAND, Klok, gezet
from ..levensloop.kalender import Kalender
from ..oordeel.oordeel import Uitslag
from ..opslag.database import maak_engine
from ..opslag.wachttijd import ACHTERGROND, Wachttijd
from ..partijen.contracten import Contracten
from ..partijen.register import Register
from ..partijen.schakelaars import Schakelaars
from ..standaard.schema import Schemas
from .problemen import Probleem, niet_gevonden

_BEOORDELEN = 3600.0
"""Seconds in which a large declaratie is judged; else it is begun again later."""

_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Knooppunt:
    """A running node."""

    instellingen: Instellingen
    klok: Klok
    engine: Engine
    schemas: Schemas
    register: Register
    contracten: Contracten
    schakelaars: Schakelaars
    schrijver: Schrijver
    kind: Kind[Tuig]
    """Does what is large of those who come in. The worker has another, so that they do not wait for it."""

    werker: Werker
    zendingen: Zendingverwerker
    bezorger: Bezorger
    bel: "Bel"
    proef: Proef | None = None
    """Only in proefmodus."""

    los: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(4))
    """Threads for what needs no database: it does not wait for those that do."""

    groot: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "groot"))
    """Takes large envelopes apart, one at a time: meanwhile there are some copies of one in memory."""

    @property
    def kalender(self) -> Kalender:
        """Which days are working days."""
        return Kalender(self.instellingen.vrije_dagen)

    def wek(self) -> None:
        """The clock was set: whatever is due by now, happens now."""
        self.werker.wek()
        self.bezorger.wek()

    @classmethod
    def maak(cls, instellingen: Instellingen, klok: Klok, schemas: Schemas | None = None) -> "Knooppunt":
        """Put the parts together; nothing runs yet."""
        wachttijd = Wachttijd.verzoek(instellingen.database_geduld)
        engine = maak_engine(instellingen.database_url, wachttijd)
        schemas = schemas or Schemas(instellingen.xsd_dir)
        contracten = Contracten(engine, Kalender(instellingen.vrije_dagen))
        schakelaars, bel = Schakelaars(engine), Bel()
        tuig = partial(Tuig.maak, instellingen.database_url, instellingen.xsd_dir)
        kind = Kind(partial(tuig, wachttijd), "deuren")
        kanaal: Kanaal = HttpKanaal(instellingen.ca, instellingen.client_cert, instellingen.client_key)
        proef = Proef(Proefklok(klok)) if instellingen.proefmodus else None
        if proef is not None:
            klok, kanaal = proef.klok, Storingskanaal(kanaal, proef.storingen, proef.klok)
        antwoord_325 = Berichtcode(instellingen.antwoord_325)
        bezorger = Bezorger(engine, klok, kanaal, instellingen.bezorg_geduld, antwoord_325)

        def klaargelegd(ontvangsten: Sequence[Ontvangst]) -> None:
            bel.lui(ontvangsten)
            bezorger.meld(ontvangsten)

        beoordelaar = Kind(partial(tuig, ACHTERGROND), "werker", geduld=_BEOORDELEN)
        werker = Werker(engine, schemas, contracten.contract, klaargelegd, kind=beoordelaar)

        def na_groep(ontvangsten: Sequence[Ontvangst]) -> None:
            klaargelegd(ontvangsten)
            if any(ontvangst.oordeel == Uitslag.IN_VERWERKING for ontvangst in ontvangsten):
                werker.wek()

        schrijver = Schrijver(engine, schemas, instellingen.groep, na_groep=na_groep, koppeling=Zendingkoppeling(klok))
        register = Register(engine)
        lezer = Lezer(
            register,
            contracten.contract,
            schemas,
            schakelaars.bord,
            instellingen.max_bytes,
            alleen_fictief=instellingen.proefmodus,
            xslt_at_node=instellingen.xslt_at_node,
        )
        zendingen = Zendingverwerker(
            engine, lezer, schrijver, kind, instellingen.groot_vanaf_bytes, klok, na_weigering=bezorger.wek
        )
        return cls(
            instellingen, klok, engine, schemas, register, contracten, schakelaars, schrijver, kind, werker, zendingen,
            bezorger, bel, proef,
        )  # fmt: skip


@dataclass
class Bel:
    """Wakes who waits at a postvak in this process when something for that party was committed, or the process stops."""

    gesloten: bool = False
    """Nothing more is waited for."""

    _lus: asyncio.AbstractEventLoop | None = None
    _wachtenden: dict[str, asyncio.Event] = field(default_factory=dict)

    def start(self) -> None:
        """From now on, waiters are woken in the running event loop."""
        self._lus = asyncio.get_running_loop()

    def lui(self, ontvangsten: Sequence[Ontvangst]) -> None:
        """These messages, each with its retour, were committed; may be called from any thread."""
        self.lui_bij({code for ontvangst in ontvangsten for code in (ontvangst.afzender, ontvangst.ontvanger)})

    def lui_bij(self, codes: set[str]) -> None:
        """Something for these parties was committed; may be called from any thread."""
        self._wek_straks(codes)

    def sluit(self) -> None:
        """Let nobody wait any more; may be called from a signal handler."""
        self.gesloten = True
        self._wek_straks(None)

    def oproep(self, code: str) -> asyncio.Event:
        """What is set when something for this party comes after this moment. To be asked for before one looks."""
        return self._wachtenden.setdefault(code, asyncio.Event())

    def _wek_straks(self, codes: set[str] | None) -> None:
        if self._lus is not None:
            with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                self._lus.call_soon_threadsafe(self._wek, codes)

    def _wek(self, codes: set[str] | None) -> None:
        for code in list(self._wachtenden) if codes is None else codes:
            if oproep := self._wachtenden.pop(code, None):
                oproep.set()


async def het_knooppunt(request: Request) -> Knooppunt:
    """The node that serves this request."""
    knooppunt = request.app.state.knooppunt
    assert isinstance(knooppunt, Knooppunt)
    return knooppunt


HetKnooppunt = Annotated[Knooppunt, Depends(het_knooppunt)]


async def het_moment(
    knooppunt: HetKnooppunt,
    bv_klok: Annotated[
        str | None, Header(description="Alleen in proefmodus: het moment waarop dit verzoek plaatsvindt.")
    ] = None,
) -> datetime:
    """The moment of a request, in Dutch time: that of the clock, or in test mode that of the header ``Bv-Klok``."""
    if bv_klok is None:
        return knooppunt.klok().astimezone(NEDERLAND)
    if not knooppunt.instellingen.proefmodus:
        raise Probleem(400, "klok-staat-vast", "De header Bv-Klok werkt alleen in proefmodus.", "Laat de header weg.")
    try:
        moment = gezet(bv_klok)
        moment.astimezone(UTC)  # at the ends of the calendar a moment may have no other time zone
        return moment
    except (ValueError, OverflowError):
        raise Probleem(
            400, "klok-onleesbaar", "De header Bv-Klok is geen moment.", "Schrijf hem als 2026-03-02T10:00:00."
        ) from None


Nu = Annotated[datetime, Depends(het_moment)]


def eis_nummer(nummer: str, wat: str) -> None:
    """Raise problem 404 for what is no number of an envelope, in StUF as short and as long as it likes to 40 characters."""
    if not 1 <= len(nummer) <= 40 or "\x00" in nummer:
        raise niet_gevonden(wat)


def eis_id(id_: str, wat: str) -> None:
    """Raise problem 404 for what is no id of ours at all."""
    if not _ID.fullmatch(id_):
        raise niet_gevonden(wat)
