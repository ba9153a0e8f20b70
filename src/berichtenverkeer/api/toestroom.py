"""Large bodies a few at a time, so that memory stays bounded however many come at once.

The others wait unread: their senders notice no more than that it takes longer. It stands around the application, for a body is in
memory until its request is answered.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_GROOT = 1_048_576
"""Bytes of a body that are read before it counts as large."""

_STIL = 60.0
"""Seconds without a byte after which the sender of a large body is taken to be gone: it keeps others waiting."""


class Toestroom:
    """Lets in at most ``plekken`` requests with a large body; ``stil`` is in seconds."""

    def __init__(self, app: ASGIApp, plekken: int, stil: float = _STIL) -> None:
        self._app, self._stil = app, stil
        self._plekken = asyncio.Semaphore(plekken)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        gelezen, binnen, meer = 0, False, True

        async def lees() -> Message:
            nonlocal gelezen, binnen, meer
            if gelezen > _GROOT and meer and not binnen:
                await self._plekken.acquire()
                binnen = True
            bericht = await (self._op_tijd(receive) if binnen and meer else receive())
            gelezen += len(bericht.get("body", b""))
            meer = bericht.get("more_body", False)
            return bericht

        try:
            await self._app(scope, lees, send)
        finally:
            if binnen:
                self._plekken.release()

    async def _op_tijd(self, receive: Receive) -> Message:
        try:
            return await asyncio.wait_for(receive(), self._stil)
        except TimeoutError:
            return {"type": "http.disconnect"}
