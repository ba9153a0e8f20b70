"""What all faces share: the parts of a running node, and how a request reaches them."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import BoundedSemaphore
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Header, Request
from sqlalchemy import Engine

from ... import sleutels
from ...inname.apart import ZWARE_BYTES
from ...inname.kind import Kind, Kinderen
from ...inname.ontvangst import Ontvangst
from ...inname.schrijver import Schrijver
from ...inname.tuig import Tuig
from ...inname.werker import Werker
from ...instellingen import Instellingen
from ...keten.bezorgen.bezorger import Bezorger
from ...keten.bezorgen.kanaal import HttpKanaal, Kanaal
from ...keten.bezorgen.proef import Proef, Proefklok
from ...keten.bezorgen.proefkanaal import Storingskanaal
from ...keten.envelop.stuf import StufBerichtcode
from ...keten.zendingen.bewaarder import Bewaarder
from ...keten.zendingen.inhoud import Lezer
from ...keten.zendingen.koppeling import Zendingkoppeling
from ...keten.zendingen.verwerker import Zendingverwerker
from ...klok import NEDERLAND, Klok, gezet
from ...levensloop.kalender import Kalender
from ...oordeel.oordeel import Berichtoordeel
from ...opslag.database import maak_engine, neem_leeskopie, sluit_af
from ...opslag.omroep import WERK, Omroep
from ...opslag.wachttijd import ACHTERGROND, Wachttijd
from ...partijen.contracten import Contracten
from ...partijen.register import Register
from ...standaard.release import laad
from ...standaard.schema import Schemas
from ...webhooks.aanroep import Lijn
from ...webhooks.adres import Adreswacht
from ...webhooks.bronnen import MaakPeil
from ...webhooks.verzender import Verzender
from ...werklijsten.lijst import Peil
from ..antwoord.problemen import Probleem, niet_gevonden
from .logschrijver import Logschrijver
from .metingen import Metingen

_BEOORDELEN = 3600.0
"""Seconds in which a large declaratie is judged; else it is begun again later."""

_KIJKEN = Wachttijd(antwoord=2, slot=2, verbinding=2)
"""How long the register waits for the database: what it asks is small, and whoever comes in goes by what it finds."""

_JAREN = range(2000, 2100)
"""The years in which a clock may stand: what waits or has a term must be able to count on from there, and back (afgeleid)."""

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
    schrijver: Schrijver
    kinderen: Kinderen[Tuig]
    """Do what is large of those who come in. The worker has another, so that they do not wait for it."""

    werker: Werker
    bewaarder: Bewaarder
    zendingen: Zendingverwerker
    bezorger: Bezorger
    webhooks: Verzender
    bel: "Bel"
    omroep: Omroep
    """Tells other processes what was committed here, and hears it of them."""

    logschrijver: Logschrijver
    metingen: Metingen
    proef: Proef | None = None
    """Only in proefmodus."""

    los: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(4))
    """Threads for what needs no database: it does not wait for those that do."""

    stromen: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(4))
    """Lists that are read as a whole at a time: each holds a connection with the database as long as its reader takes."""

    @property
    def kalender(self) -> Kalender:
        """Which days are working days."""
        return Kalender(self.instellingen.vrije_dagen)

    @property
    def peil(self) -> MaakPeil:
        """For which day and by which settings work lists are made, where nobody asks otherwise."""
        return maak_peil(self.instellingen)

    def wek(self) -> None:
        """The clock was set: whatever is due by now, happens now."""
        self.werker.wek()
        self.bezorger.wek()
        self.webhooks.wek()

    @asynccontextmanager
    async def bewaarbeurt(self, van: str, grootte: int) -> AsyncIterator[None]:
        """The turn to store so many bytes of a party as they came: at once, unless they are many. Raises ``Vol`` and ``NodeStopt``."""
        if grootte < ZWARE_BYTES:
            yield
            return
        async with self.schrijver.zware_beurt(van):
            yield

    @classmethod
    def maak(cls, instellingen: Instellingen, klok: Klok, schemas: Schemas | None = None) -> "Knooppunt":
        """Put the parts together; nothing runs yet. Raises ``SleutelsOnleesbaar`` and ``GeenLeeskopie``."""
        sleutels.gebruik(instellingen.sleutelplaats)
        wachttijd = Wachttijd.verzoek(instellingen.database_geduld)
        verbindingen = instellingen.database_verbindingen
        engine = maak_engine(instellingen.database_url, wachttijd, verbindingen=verbindingen)
        neem_leeskopie(engine, instellingen.database_url_lezen, wachttijd, verbindingen=verbindingen)
        laad(instellingen.releases)
        schemas = schemas or Schemas(instellingen.xsd_dir)
        contracten = Contracten(engine, Kalender(instellingen.vrije_dagen))
        omroep = Omroep(maak_engine(instellingen.database_url, _KIJKEN, verbindingen=1))
        bel = Bel(omroep.roep_elders)
        metingen = Metingen()
        tuig = partial(Tuig.maak, instellingen.database_url, instellingen.xsd_dir, instellingen.releases)
        kinderen = Kinderen(Kind(partial(tuig, wachttijd), "deuren"), Kind(partial(tuig, wachttijd), "deuren-groot"))
        kanaal: Kanaal = HttpKanaal(instellingen.ca, instellingen.client_cert, instellingen.client_key)
        proef = Proef(Proefklok(klok)) if instellingen.proefmodus else None
        if proef is not None:
            klok, kanaal = proef.klok, Storingskanaal(kanaal, proef.storingen, proef.klok)
        antwoord_325 = StufBerichtcode(instellingen.antwoord_325)
        bezorger = Bezorger(engine, klok, kanaal, instellingen.bezorg_geduld, antwoord_325, tel=metingen.bezorgd)

        webhooks = Verzender(
            engine,
            klok,
            Adreswacht(instellingen.webhook_netwerken),
            Lijn(instellingen.webhook_ca, instellingen.webhook_geduld),
            instellingen.webhook_bron,
            maak_peil(instellingen),
            tel=metingen.verteld,
        )

        def klaargelegd(ontvangsten: Sequence[Ontvangst]) -> None:
            metingen.ontvangen(ontvangsten)
            bel.lui(ontvangsten)
            bezorger.meld(ontvangsten)
            webhooks.meld(ontvangsten)

        beoordelaar = Kind(partial(tuig, ACHTERGROND), "werker", geduld=_BEOORDELEN)
        werker = Werker(engine, schemas, contracten.contract, klaargelegd, kind=beoordelaar, om_de=omroep.om_de)

        def na_groep(ontvangsten: Sequence[Ontvangst]) -> None:
            klaargelegd(ontvangsten)
            if any(ontvangst.oordeel == Berichtoordeel.IN_VERWERKING for ontvangst in ontvangsten):
                omroep.roep({WERK})

        def hoor(namen: frozenset[str] | None) -> None:
            bel.hoor(namen)
            bezorger.hoor(namen)
            webhooks.hoor(namen)
            if namen is None or WERK in namen:
                werker.wek()

        omroep.hoorders.append(hoor)
        schrijver = Schrijver(
            engine,
            schemas,
            instellingen.groep,
            na_groep=na_groep,
            koppeling=Zendingkoppeling(klok),
            kind=kinderen.klein,
        )
        register = Register(
            maak_engine(instellingen.database_url, _KIJKEN, verbindingen=1),
            contracten,
            na_intrekken=bel.hoor,
        )
        sluit_af(engine, lambda: register.weg)
        lezer = Lezer(
            register,
            contracten.contract,
            schemas,
            register.bord,
            instellingen.max_bytes,
            alleen_fictief=instellingen.proefmodus,
            xslt_at_node=instellingen.xslt_at_node,
        )
        zendingen = Zendingverwerker(
            engine,
            lezer,
            schrijver,
            kinderen,
            min(instellingen.direct_tot_bytes, instellingen.groot_vanaf_bytes - 1),
            instellingen.onderdelen,
            klok,
            na_weigering=bezorger.wek,
        )
        return cls(
            instellingen, klok, engine, schemas, register, contracten, schrijver, kinderen, werker,
            Bewaarder(engine), zendingen, bezorger, webhooks, bel, omroep, Logschrijver(engine), metingen, proef,
        )  # fmt: skip


def maak_peil(instellingen: Instellingen) -> MaakPeil:
    """For which day and by which settings work lists are made."""
    kalender = Kalender(instellingen.vrije_dagen)
    return lambda dag: Peil(dag, kalender, instellingen.herindicatie_weken, instellingen.tijdelijke_stop_weken)


@dataclass
class Bel:
    """Wakes who waits at a postvak in this process when something for that party was committed, or the process stops; ``elders`` tells the
    other processes."""

    elders: Callable[[set[str]], None] = lambda _: None
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
        self.hoor(codes)
        self.elders(codes)

    def hoor(self, codes: Collection[str] | None) -> None:
        """The same, by another process, which told all; None: perhaps something for everyone."""
        self._wek_straks(codes)

    def sluit(self) -> None:
        """Let nobody wait any more; may be called from a signal handler."""
        self.gesloten = True
        self._wek_straks(None)

    def oproep(self, code: str) -> asyncio.Event:
        """What is set when something for this party comes after this moment. To be asked for before one looks."""
        return self._wachtenden.setdefault(code, asyncio.Event())

    def _wek_straks(self, codes: Collection[str] | None) -> None:
        if self._lus is not None:
            with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                self._lus.call_soon_threadsafe(self._wek, codes)

    def _wek(self, codes: Collection[str] | None) -> None:
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
    return lees_moment(bv_klok, "De header Bv-Klok")


def lees_moment(tekst: str, wat: str) -> datetime:
    """Where a clock is to stand. Raises problem 400 for what is no moment, or one from which terms cannot be counted."""
    try:
        moment = gezet(tekst)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.year not in _JAREN:
        raise Probleem(
            400,
            "klok-onleesbaar",
            f"{wat} is geen moment waarop de klok kan staan.",
            f"Schrijf 2026-03-02T10:00:00, in de jaren {_JAREN[0]} tot en met {_JAREN[-1]}.",
        )
    return moment


Nu = Annotated[datetime, Depends(het_moment)]


def eis_nummer(nummer: str, wat: str) -> None:
    """Raise problem 404 for what is no number of an envelope, in StUF as short and as long as it likes to 40 characters."""
    if not 1 <= len(nummer) <= 40:
        raise niet_gevonden(wat)


def is_id(tekst: str) -> bool:
    """Whether it can be an id of ours."""
    return _ID.fullmatch(tekst) is not None


def eis_id(id_: str, wat: str) -> None:
    """Raise problem 404 for what is no id of ours at all."""
    if not is_id(id_):
        raise niet_gevonden(wat)
