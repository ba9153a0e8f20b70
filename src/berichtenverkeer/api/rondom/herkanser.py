"""A question of which the transaction was broken off for another is done again, before anyone hears of it."""

import asyncio
import random

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...opslag.herkansing import HOOGSTENS, Toeval, botste, rust
from ...spoor import spoor

log = structlog.get_logger()

_BEWAART = 300_000
"""Bytes of a body that are kept for that; a larger one is done once."""


class Herkanser:
    """ASGI middleware, right around the routes. What had begun to be answered is not done again."""

    def __init__(self, app: ASGIApp, toeval: Toeval = random.random) -> None:
        self._app, self._toeval = app, toeval

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        poging = _Poging(receive, send)
        keer = 1
        while True:
            try:
                await self._app(scope, poging.receive, poging.send)
                return
            except Exception as fout:
                if not botste(fout) or keer > HOOGSTENS or not poging.kan_opnieuw:
                    raise
                log.warning("transactie botste, nu opnieuw", keer=keer, fout=spoor(fout))
            await asyncio.sleep(rust(keer, self._toeval))
            keer += 1
            poging.begin_opnieuw()


class _Poging:
    """What came of the body, to be given again, and whether an answer began."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._gekomen: list[Message] = []
        self._gegeven = 0
        self._bytes = 0
        self._begonnen = False

    @property
    def kan_opnieuw(self) -> bool:
        return not self._begonnen and self._bytes <= _BEWAART

    def begin_opnieuw(self) -> None:
        """From now on, give the body from its beginning."""
        self._gegeven = 0

    async def receive(self) -> Message:
        """The next piece of the body."""
        if self._gegeven < len(self._gekomen):
            self._gegeven += 1
            return self._gekomen[self._gegeven - 1]
        bericht = await self._receive()
        if bericht["type"] == "http.request":
            self._bytes += len(bericht.get("body", b""))
            if self._bytes <= _BEWAART:
                self._gekomen.append(bericht)
                self._gegeven += 1
            else:
                self._gekomen.clear()
        return bericht

    async def send(self, bericht: Message) -> None:
        """A piece of the answer."""
        self._begonnen = True
        await self._send(bericht)
