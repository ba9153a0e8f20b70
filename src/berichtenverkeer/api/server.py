"""How uvicorn serves the application: what holds wherever it runs."""

import asyncio
from typing import Any, cast

import uvloop

from ..instellingen import Instellingen

_DEEL = 0.5
"""Which part of the time in which a process must stop is for the requests that still run."""


def opties(instellingen: Instellingen, *, tls: bool = False) -> dict[str, Any]:
    """What to give to ``uvicorn.Config`` or ``uvicorn.run``."""
    return {
        "http": "berichtenverkeer.api.verbinding:Protocol",
        "ws": "none",
        "loop": f"{__name__}:tls_lus" if tls else "uvloop",
        "access_log": False,
        "timeout_keep_alive": instellingen.rusttijd,
        "timeout_graceful_shutdown": instellingen.stoptijd * _DEEL,
    }


class _TlsLus(uvloop.Loop):
    """An event loop of which the servers do not wait long for TLS to come about, or to end; uvicorn has no say in that."""

    def __init__(self, geduld: float) -> None:
        super().__init__()
        self._geduld = geduld

    async def create_server(self, *args: Any, **anders: Any) -> asyncio.Server:
        """A server, as the event loop makes it."""
        anders |= {"ssl_handshake_timeout": self._geduld, "ssl_shutdown_timeout": self._geduld}
        return cast(asyncio.Server, await super().create_server(*args, **anders))


def tls_lus() -> asyncio.AbstractEventLoop:
    """The event loop of a process that speaks TLS, with the settings of the environment."""
    return _TlsLus(Instellingen().kop_tijd)
