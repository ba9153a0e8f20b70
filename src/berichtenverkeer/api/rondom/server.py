"""How uvicorn serves the application: what holds wherever it runs."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from typing import Any, cast

import uvicorn
import uvloop
from uvicorn.config import LOGGING_CONFIG
from uvicorn.supervisors import Multiprocess

from ...instellingen import Instellingen, Logformaat
from ...logregels import via_logging

_DEEL = 0.5
"""Which part of the time in which a process must stop is for the requests that still run."""


def opties(instellingen: Instellingen, *, tls: bool = False) -> dict[str, Any]:
    """What to give to ``uvicorn.Config`` or ``uvicorn.run``."""
    return {
        "http": "berichtenverkeer.api.rondom.verbinding:Protocol",
        "ws": "none",
        "loop": f"{__name__}:tls_lus" if tls else "uvloop",
        "access_log": False,
        "timeout_keep_alive": instellingen.rusttijd,
        "timeout_graceful_shutdown": instellingen.stoptijd * _DEEL,
    }


def logt(formaat: Logformaat) -> dict[str, Any]:
    """How the server writes its own lines, in the form of ``logging.config``."""
    if formaat == "tekst":
        return LOGGING_CONFIG
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"eigen": {"()": via_logging, "formaat": formaat}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "eigen"}},
        "loggers": {"uvicorn": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
    }


def draai(config: uvicorn.Config, meld: Callable[[str], None]) -> None:
    """Serve until it is stopped. ``meld`` hears the address once it answers; with more processes, once they are being started: what
    is asked meanwhile waits for the first that is there."""
    if config.workers > 1:
        contact = config.bind_socket()
        meld(_adres(config, contact))
        _Processen(config, sockets=[contact]).run()
    else:
        config.load_app()
        _Server(config, meld).run()


class _Processen(Multiprocess):
    """Tells its processes to read again where uvicorn starts them anew: nobody has to wait for that."""

    def handle_hup(self) -> None:
        """At a SIGHUP."""
        for proces in self.processes:
            if proces.pid is not None:
                os.kill(proces.pid, signal.SIGHUP)


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, meld: Callable[[str], None]) -> None:
        super().__init__(config)
        self._meld = meld

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets)
        self._meld(_adres(self.config, self.servers[0].sockets[0]))


def _adres(config: uvicorn.Config, contact: Any) -> str:
    """Where to call, of a socket that is bound."""
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"{'https' if config.is_ssl else 'http'}://{host}:{contact.getsockname()[1]}"


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
