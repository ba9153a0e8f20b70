"""The body of a request on its way in: never more than its bound, and large ones a few at a time, so that memory stays bounded
however many come at once.

The others wait unread: their senders notice no more than that it takes longer. That who sends sends on, the connection sees to.
"""

import asyncio
from weakref import WeakValueDictionary

from starlette.types import Message, Receive, Scope

from ..antwoord.problemen import Probleem

GROOT = 1_048_576
"""Bytes of a body that are read before it counts as large."""

_UITLEZEN_TOT = 4
"""How many times its bound is read of a body that is too large, and not kept, before its sender is cut short: so that most hear
why."""


class Toestroom:
    """The places for large bodies: at most ``plekken`` at once, half of them of one party; one waits ``geduld`` seconds for it."""

    def __init__(self, plekken: int, geduld: float) -> None:
        self._deel, self._geduld = max(plekken // 2, 1), geduld
        self._plekken = asyncio.Semaphore(plekken)
        self._van: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def neem(self, wie: str) -> asyncio.Semaphore:
        """Take a place for this party; it is to be given back with ``geef``. Raises problem 503 when there is none in time."""
        van = self._van.setdefault(wie, asyncio.Semaphore(self._deel))
        try:
            async with asyncio.timeout(self._geduld):
                await van.acquire()
                try:
                    await self._plekken.acquire()
                except BaseException:
                    van.release()
                    raise
        except TimeoutError:
            raise druk() from None
        return van

    def geef(self, van: asyncio.Semaphore) -> None:
        """Give a place back."""
        self._plekken.release()
        van.release()


class Lichaam:
    """What an application receives of one request. ``klaar`` is to be called in the end, or when it is answered."""

    __slots__ = ("_binnen", "_grens", "_meer", "_plek", "_receive", "_toestroom", "_wie")

    def __init__(self, receive: Receive, grens: int, toestroom: Toestroom, wie: str) -> None:
        self._receive, self._grens, self._toestroom, self._wie = receive, grens, toestroom, wie
        self._binnen, self._meer = 0, True
        self._plek: asyncio.Semaphore | None = None

    async def __call__(self) -> Message:
        """The next part of it. Raises problem 413 over its bound, 503 when it is large and there is no place for it."""
        if self._binnen > GROOT and self._meer and self._plek is None:
            self._plek = await self._toestroom.neem(self._wie)
        bericht = await self._receive()
        self._meer = bericht.get("more_body", False)
        self._binnen += len(bericht.get("body", b""))
        if self._binnen > self._grens:
            await self._lees_uit()
            raise self._te_groot()
        return bericht

    def eis_niet_veel_te_groot(self, scope: Scope) -> None:
        """Raise problem 413 for a body that says it is so large that it is not read at all."""
        for naam, waarde in scope["headers"]:
            if naam == b"content-length" and int(waarde) > _UITLEZEN_TOT * self._grens:
                raise self._te_groot()

    async def alles(self) -> bytes | None:
        """All of it; None when its sender has gone."""
        delen = []
        while self._meer:
            bericht = await self()
            if bericht["type"] != "http.request":
                return None
            delen.append(bericht["body"])
        return b"".join(delen)

    def klaar(self) -> None:
        """What it took may go to others."""
        self._meer = False
        if self._plek is not None:
            self._toestroom.geef(self._plek)
            self._plek = None

    async def _lees_uit(self) -> None:
        while self._meer and self._binnen <= _UITLEZEN_TOT * self._grens:
            bericht = await self._receive()
            self._meer = bericht.get("more_body", False)
            self._binnen += len(bericht.get("body", b""))

    def _te_groot(self) -> Probleem:
        detail = f"De inhoud is groter dan {self._grens} bytes."
        return Probleem(413, "te-groot", detail, "Splits haar in kleinere delen.")


def druk() -> Probleem:
    """There was no place in time."""
    return Probleem(
        503,
        "druk",
        "Het knooppunt had hier nu geen plaats voor.",
        "Bied het straks opnieuw aan; hetzelfde bericht twee keer aanbieden kan geen kwaad.",
        {"Retry-After": "10"},
    )
