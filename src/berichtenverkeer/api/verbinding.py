"""What a connection itself says of who is at its other end; uvicorn tells an application neither of the two.

``scope["client"]`` will not do for the address: what a caller writes in ``X-Forwarded-For`` may take its place.
"""

import ssl
from asyncio import BaseTransport, Transport
from collections.abc import Mapping
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_TLS = "tls"
"""The TLS extension of ASGI. Of its keys only ``client_cert_chain`` is filled in: the certificate of the caller, in PEM."""

_PEER = "berichtenverkeer.peer"
"""An extension of our own, with the address of the peer under ``host``."""


class Protocol(HttpToolsProtocol):
    """uvicorn's way of HTTP, with both in the scope of every request."""

    def connection_made(self, transport: BaseTransport) -> None:
        """A connection was opened; with TLS its handshake is done."""
        super().connection_made(cast(Transport, transport))
        self._extensies: dict[str, dict[object, object]] = {}
        if self.client is not None:
            self._extensies[_PEER] = {"host": self.client[0]}
        if (tls := transport.get_extra_info("ssl_object")) is not None:
            der = tls.getpeercert(binary_form=True)
            self._extensies[_TLS] = {"client_cert_chain": (ssl.DER_cert_to_PEM_cert(der),) if der else ()}

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self.scope["extensions"] = self._extensies


def peer(scope: Mapping[str, Any]) -> str | None:
    """The address at the other end of the connection; None when the server does not say it."""
    host = _extensie(scope, _PEER).get("host")
    return host if isinstance(host, str) else None


def tls_certificaat(scope: Mapping[str, Any]) -> bytes | None:
    """The certificate, in DER, that the other end of the connection showed and TLS verified; None without one."""
    tls = _extensie(scope, _TLS)
    keten = tuple(tls.get("client_cert_chain") or ())
    return ssl.PEM_cert_to_DER_cert(keten[0]) if keten and not tls.get("client_cert_error") else None


def _extensie(scope: Mapping[str, Any], naam: str) -> Mapping[Any, Any]:
    extensie: Mapping[Any, Any] = (scope.get("extensions") or {}).get(naam) or {}
    return extensie
