"""The real service, on a thread of this process, for as long as a ``with`` block lasts."""

import contextlib
import socket
import threading
import time
from types import TracebackType

import uvicorn

from ...api.rondom.server import opties
from ...instellingen import Instellingen
from ...klok import Klok
from ...logregels import stel_in
from ...web.app import maak_app
from ...zegbaar import Zegbaar

_WACHT = 30.0
"""Seconds in which the service must be up."""


class StartNiet(Zegbaar):
    """The service did not come up. The text is Dutch."""


class Dienst:
    """The service for these settings; port 0 takes a free one. ``url`` is its address."""

    def __init__(self, instellingen: Instellingen, klok: Klok) -> None:
        try:
            self._socket = socket.create_server((instellingen.host, instellingen.port))
        except OSError as fout:
            raise StartNiet(f"Op {instellingen.host}:{instellingen.port} kan niet worden geluisterd: {fout}.") from None
        self.url = f"http://{instellingen.host}:{self._socket.getsockname()[1]}"
        stel_in(instellingen.log_formaat, "error")  # it runs within what someone looks at
        configuratie = uvicorn.Config(maak_app(instellingen, klok), log_level="error", **opties(instellingen))
        self._server = uvicorn.Server(configuratie)
        self._draad = threading.Thread(target=self._server.run, args=([self._socket],), name="dienst", daemon=True)

    def __enter__(self) -> "Dienst":
        self._draad.start()
        tot = time.monotonic() + _WACHT
        while not self._server.started:
            if not self._draad.is_alive() or time.monotonic() > tot:
                raise StartNiet("Het knooppunt kwam niet op gang; de reden staat hierboven.")
            time.sleep(0.02)
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._draad.join(timeout=10)
        self._socket.close()

    def wacht(self) -> None:
        """Until the service ends, or Ctrl-C."""
        with contextlib.suppress(KeyboardInterrupt):
            while self._draad.is_alive():
                self._draad.join(timeout=1)
