"""The gate before the application: nobody's body is read past a bound, or before it is known who sends it.

Where all may send a body is named here, and is all there is: of what is not named the application gets no body without a credential,
whatever it has there. Open means: a small bound, and so many at once. Who is not known may ask so often from one address, and who is
known so often with one credential, whatever is asked.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from math import ceil
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...instellingen import Instellingen
from ...opslag.wachttijd import DatabaseWeg
from ..antwoord.problemen import Probleem, antwoorden, database_onbereikbaar
from .aanmelding import bewijs_van, meld_aan
from .herkomst import herkomst
from .knooppunt import Knooppunt
from .tempo import Tempo
from .toestroom import Lichaam, Toestroom, druk

Grens = Callable[[Instellingen], int]
"""How many bytes a body may have, with these settings."""

ALTIJD = frozenset({"/gezondheid", "/gezondheid/live", "/status"})
"""What is answered to everyone, however busy it is."""

OPEN_LICHAMEN: Mapping[str, Grens] = {"/validatie": lambda i: i.open_max_bytes}
"""Where everyone may send a body, and how large."""

LICHAMEN: Mapping[str, Grens] = {
    "/v1/berichten": lambda i: i.max_bytes,
    "/v1/controleren": lambda i: i.max_bytes,
    "/validatie": lambda i: i.max_bytes,
    "/v1/voorstellen/declaratie": lambda i: i.max_bytes,
    "/v1/voorstellen/productconversie": lambda i: 4 * i.json_max_bytes,
    "/v1/voorstellen/herindeling": lambda i: 4 * i.json_max_bytes,
    "/v1/hoofdaannemer/facturen/controle": lambda i: i.max_bytes,
    "/v1/hoofdaannemer/laden/{soort}": lambda i: i.max_bytes,
    "/v1/inzetten/meldingen": lambda i: i.max_bytes,
    "/ggk/ws/OntvangAsynchroon": lambda i: 2 * i.max_bytes,  # the envelope, with the payload in base64
    "/vsp/berichten/rest-push/v1/berichten": lambda i: 2 * i.max_bytes,  # who sends a little too much hears what holds
}
"""Where who is known may send more than a question in JSON; what stands between braces at the end of a path may be anything."""

_ONBEKEND = 401

_ZONDER_LICHAAM = frozenset({"GET", "HEAD", "OPTIONS"})


class Poort:
    """ASGI middleware, around all that reads a body."""

    def __init__(self, app: ASGIApp, knooppunt: Knooppunt) -> None:
        self._app, self._knooppunt = app, knooppunt
        i = knooppunt.instellingen
        self._json = i.json_max_bytes
        self._bekend = {pad.partition("{")[0]: grens(i) for pad, grens in LICHAMEN.items()}
        self._onbekend = {pad: grens(i) for pad, grens in OPEN_LICHAMEN.items()}
        self._toestroom = Toestroom(i.grote_lichamen, i.plek_wacht)
        self._tempo = Tempo(i.open_per_seconde, i.open_ineens)
        self._tempo_bewijs = Tempo(i.bewijs_per_seconde, i.bewijs_ineens)
        self._balie = _Balie(i.open_lichamen, i.open_werk, i.open_wacht)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        try:
            if scope["type"] != "http" or scope["path"] in ALTIJD:
                await self._app(scope, receive, send)
            elif scope["method"] not in _ZONDER_LICHAAM:
                await self._met_lichaam(scope, receive, send)
            else:
                self._eis_maat(scope, await self._wie(scope))
                await self._app(scope, receive, send)
        except Probleem as probleem:
            await probleem.antwoord()(scope, receive, send)

    async def _met_lichaam(self, scope: Scope, receive: Receive, send: Send) -> None:
        pad = scope["path"]
        wie = await self._wie(scope)
        self._eis_maat(scope, wie)
        if isinstance(wie, Probleem):
            if pad in self._onbekend:
                await self._van_onbekende(scope, receive, send)
            else:
                await self._app(scope, _geeft_niets(wie), send)
            return
        lichaam = Lichaam(receive, self._grens(pad), self._toestroom, wie)
        lichaam.eis_niet_veel_te_groot(scope)
        try:
            await self._app(scope, lichaam, send)
        finally:
            lichaam.klaar()

    def _grens(self, pad: str) -> int:
        """How many bytes a body of who is known may have."""
        begin, streep, _ = pad.rpartition("/")
        return self._bekend.get(pad, self._bekend.get(begin + streep, self._json))

    async def _van_onbekende(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The body is all there before its turn comes, and the turn ends before the answer goes out: who sends or takes slowly
        keeps nobody waiting."""
        adres = self._adres(scope)
        with self._balie.binnen(adres):
            lichaam = Lichaam(receive, self._onbekend[scope["path"]], self._toestroom, adres)
            lichaam.eis_niet_veel_te_groot(scope)
            data = await lichaam.alles()
            if data is None:
                return
            async with self._balie.beurt() as einde:

                async def stuur(bericht: Message) -> None:
                    einde()
                    await send(bericht)

                await self._app(scope, _gelezen(data, receive), stuur)

    async def _wie(self, scope: Scope) -> str | Probleem:
        """The party that calls, or why that is not known."""
        try:
            return (await meld_aan(Request(scope), self._knooppunt)).partij.code
        except Probleem as onbekend:
            return onbekend
        except DatabaseWeg:
            return database_onbereikbaar()

    def _adres(self, scope: Scope) -> str:
        return herkomst(scope, self._knooppunt.instellingen.vertrouwde_proxy)

    def _eis_maat(self, scope: Scope, wie: str | Probleem) -> None:
        """Raise problem 429 for a credential with which too much is asked, and for an address from which too much is asked without one. Who
        cannot be known now, for want of the database, is not counted."""
        if isinstance(wie, str):
            wacht, te_veel = self._tempo_bewijs.wacht(bewijs_van(scope)), te_veel_van_bewijs
        elif wie.status == _ONBEKEND:
            wacht, te_veel = self._tempo.wacht(self._adres(scope)), _te_veel
        else:
            return
        if wacht:
            raise te_veel(wacht)


class _Balie:
    """Where bodies of the unknown are taken: so many inside, of one address half of them, and so many at work."""

    def __init__(self, plaatsen: int, werk: int, geduld: float) -> None:
        self._plaatsen, self._geduld = plaatsen, geduld
        self._werk = asyncio.Semaphore(werk)
        self._binnen: Counter[str] = Counter()

    @contextmanager
    def binnen(self, adres: str) -> Iterator[None]:
        """Have a place inside. Raises problem 503 when there is none, 429 when there is none for this address."""
        if self._binnen.total() >= self._plaatsen:
            raise druk()
        if self._binnen[adres] >= self._plaatsen // 2:
            raise _te_veel(1)
        self._binnen[adres] += 1
        try:
            yield
        finally:
            self._binnen[adres] -= 1
            if not self._binnen[adres]:
                del self._binnen[adres]

    @asynccontextmanager
    async def beurt(self) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn, and have it until what this gives is called, or the end. Raises problem 503 when it takes too long."""
        try:
            await asyncio.wait_for(self._werk.acquire(), self._geduld)
        except TimeoutError:
            raise druk() from None
        aan_de_beurt = True

        def einde() -> None:
            nonlocal aan_de_beurt
            if aan_de_beurt:
                self._werk.release()
            aan_de_beurt = False

        try:
            yield einde
        finally:
            einde()


def _geeft_niets(probleem: Probleem) -> Receive:
    """What an application receives when it may have no body: this problem, whenever it asks for one."""

    async def ontvang() -> Message:
        raise probleem

    return ontvang


def _gelezen(data: bytes, receive: Receive) -> Receive:
    """What an application receives when its body has been read."""
    over: list[Message] = [{"type": "http.request", "body": data, "more_body": False}]

    async def ontvang() -> Message:
        return over.pop() if over else await receive()

    return ontvang


def beschrijf(schema: dict[str, Any], voorvoegsel: str) -> None:
    """Say in an OpenAPI what the gate answers, at whatever the application has there; its paths begin with ``voorvoegsel``."""
    for pad, methoden in schema["paths"].items():
        for beschrijving in methoden.values():
            statussen = [408, 413] if "requestBody" in beschrijving else []
            statussen += [] if voorvoegsel + pad in ALTIJD else [429]
            for status, antwoord in antwoorden(*statussen).items():
                beschrijving["responses"].setdefault(str(status), antwoord)


def te_veel_van_bewijs(wacht: float) -> Probleem:
    """Too much is asked with one credential."""
    return Probleem(
        429,
        "te-veel-van-u",
        "Er komen te veel vragen met dit token, dit certificaat of deze sessie.",
        "Wacht zo lang als Retry-After zegt, en vraag meer per keer: lijsten hebben bladzijden, en op post kan worden gewacht.",
        {"Retry-After": str(ceil(wacht))},
    )


def _te_veel(wacht: float) -> Probleem:
    return Probleem(
        429,
        "te-veel",
        "Er komen van dit adres te veel vragen van wie zich niet aanmeldt.",
        "Wacht even, of meld u aan met een token.",
        {"Retry-After": str(ceil(wacht))},
    )
