"""One connection: uvicorn's way of HTTP, with an end to everything that comes before the application reads, and after it wrote.

uvicorn and its parser keep a head, an address, or what follows the last chunk for as long as it comes. What stands here counts
the bytes that bring nothing further. Time is counted by the watch over all connections, so that a request costs no timer.
"""

import ssl
from asyncio import AbstractEventLoop, BaseTransport, Transport
from typing import Any, cast

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from ..antwoord.problemen import KOPPEN, Probleem
from .bewaking import SLEUTEL, Bewaking
from .herkomst import PEER, TLS

_RIJ = 16
"""Requests that may wait on one connection for the answer to the one before them (pipelining)."""

_VRIJE_STUKKEN = 1_024
_KLEINSTE_STUK = 64
"""A body may come in so many chunks of any size; above that their mean must be so many bytes, for each costs time."""

_STAART = 16
"""Trailers: fields that may follow the last chunk of a body. Nobody uses them, and each costs time."""

_NALEZEN_BYTES = 1_048_576
_NALEZEN_TIJD = 5.0
"""What is still read, and not kept, of a body that was answered before it was all there: so that most hear that answer."""


def _als_bytes(status: int, soort: str, detail: str, advies: str, **koppen: str) -> bytes:
    """A problem as it goes over the line, with what every answer has, and that it is the last."""
    antwoord = Probleem(status, soort, detail, advies, koppen | {"Connection": "close"}).antwoord()
    regels = [b"%b: %b\r\n" % kop for kop in (*antwoord.raw_headers, *KOPPEN)]
    return b"".join((STATUS_LINE[status], *regels, b"\r\n", bytes(antwoord.body)))


_ONLEESBAAR = _als_bytes(
    400,
    "geen-http",
    "Dit is geen geldige vraag in HTTP/1.1.",
    "Gebruik een gangbare HTTP-bibliotheek, zonder eigen headers.",
)
_MET_UPGRADE = _als_bytes(
    400, "upgrade", "Een vraag met inhoud kan niet ook om een ander protocol vragen.", "Laat de header Upgrade weg."
)
_STUKKEN = _als_bytes(
    400, "kleine-stukken", "De inhoud komt in te veel kleine stukken.", "Stuur stukken (chunks) van 1 kB of meer."
)
_ADRES = _als_bytes(414, "adres-te-lang", "Het adres van de vraag is te lang.", "Vraag minder tegelijk.")
_KOP = _als_bytes(431, "kop-te-groot", "De headers zijn samen te groot.", "Laat headers weg, en stuur tokens één keer.")
_TRAAG = _als_bytes(
    408, "te-traag", "De vraag kwam niet of te langzaam binnen.", "Stuur haar opnieuw, over een betere verbinding."
)
_VOL = _als_bytes(
    503,
    "vol",
    "Er zijn te veel verbindingen open.",
    "Probeer het straks opnieuw, en gebruik een verbinding voor meer dan één vraag.",
    **{"Retry-After": "5"},
)


class _Geweigerd(Exception):
    """What comes in is not read further; ``antwoord`` is how that is said."""

    def __init__(self, antwoord: bytes) -> None:
        super().__init__()
        self.antwoord = antwoord


class Protocol(HttpToolsProtocol):
    """The same, and it tells the application who is at the other end: the address and the certificate of TLS."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._bewaking: Bewaking = app_state[SLEUTEL]
        grenzen = self._bewaking.grenzen
        self._grenzen, self._kop_max = grenzen, grenzen.kop_max_bytes
        self.url = b""
        self._droog = 0  # bytes since the last that were part of a body, or else since the head began
        self._in_lichaam = False
        self._binnen = self._gezien = self._stukken = self._staart = self._na = 0  # of the body that comes in
        self._rest = 0  # bytes of answers that were not taken at the last look
        self._leesgeduld, self._schrijfgeduld = grenzen.kop_tijd, grenzen.schrijf_geduld
        self._uit = False  # what comes now is not looked at

    # What the event loop tells

    def connection_made(self, transport: BaseTransport) -> None:
        """A connection was opened; with TLS its handshake is done."""
        super().connection_made(cast(Transport, transport))
        self._extensies: dict[str, dict[object, object]] = {}
        if self.client is not None:
            self._extensies[PEER] = {"host": self.client[0]}
        if (tls := transport.get_extra_info("ssl_object")) is not None:
            der = tls.getpeercert(binary_form=True)
            self._extensies[TLS] = {"client_cert_chain": (ssl.DER_cert_to_PEM_cert(der),) if der else ()}
        if not self._bewaking.open(self, self.client[0] if self.client is not None else None):
            self._weiger(_VOL)

    def connection_lost(self, exc: Exception | None) -> None:
        """It was closed, by whichever end."""
        self._bewaking.gesloten(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes came in."""
        if self._uit:
            return
        self._unset_keepalive_if_required()
        if not self._droog and not self._in_lichaam:
            self._leesgeduld = self._grenzen.kop_tijd
        try:
            ruimte = self._kop_max - self._droog
            if self._in_lichaam or len(data) <= ruimte:
                self._voer(data)
            else:  # the parser keeps all of a head: it gets what is allowed, and the rest only when that was all of it
                self._voer(data[:ruimte])
                if self._droog >= self._kop_max:
                    raise _Geweigerd(self._te_groot())
                self._voer(data[ruimte:])
        except httptools.HttpParserUpgrade:  # the question is answered in HTTP; what comes after it is not looked at
            self._uit = True
            self.cycle.keep_alive = False
        except httptools.HttpParserError as fout:
            self._weiger(fout.__context__.antwoord if isinstance(fout.__context__, _Geweigerd) else _ONLEESBAAR)
        except _Geweigerd as geweigerd:
            self._weiger(geweigerd.antwoord)

    # What the parser tells

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field of its head is there; what follows the last chunk is none, and is not kept."""
        if not self._in_lichaam:
            super().on_header(name, value)
            return
        self._staart += 1
        if self._staart > _STAART:
            raise _Geweigerd(_KOP)

    def on_headers_complete(self) -> None:
        """The head of a request is there."""
        if len(self.url) > self._grenzen.adres_max_bytes:
            raise _Geweigerd(_ADRES)
        if self.parser.should_upgrade() and any(
            naam in (b"content-length", b"transfer-encoding") for naam, _ in self.headers
        ):
            raise _Geweigerd(_MET_UPGRADE)
        if len(self.pipeline) >= _RIJ:
            raise _Geweigerd(_ONLEESBAAR)
        self._droog = self._binnen = self._gezien = self._stukken = self._staart = self._na = 0
        self._in_lichaam, self._leesgeduld = True, self._grenzen.lichaam_geduld
        self.scope["extensions"] = self._extensies
        super().on_headers_complete()

    def on_chunk_header(self) -> None:
        """A chunk of its body begins."""
        self._stukken += 1
        if self._stukken > _VRIJE_STUKKEN + self._binnen // _KLEINSTE_STUK:
            raise _Geweigerd(_STUKKEN)

    def on_body(self, body: bytes) -> None:
        """A part of its body is there."""
        self._droog = 0
        self._binnen += len(body)
        if self.cycle.response_complete:
            self._na += len(body)
            if self._na > _NALEZEN_BYTES:
                self.sluit_stil()
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All of it is there."""
        self._droog, self._in_lichaam = 0, False
        super().on_message_complete()

    # What the application's answer tells

    def on_response_complete(self) -> None:
        """An answer was written."""
        self._leesgeduld = _NALEZEN_TIJD if self._in_lichaam else self._grenzen.kop_tijd
        super().on_response_complete()

    # What the watch asks

    @property
    def ongebruikt(self) -> bool:
        """Whether nothing was ever asked on it."""
        return self.cycle is None

    @property
    def stil(self) -> bool:
        """Whether nothing is asked on it that is not answered yet, and all of the answer is gone."""
        return self._beantwoord and not self.transport.get_write_buffer_size()

    def kijk(self, verstreken: float) -> None:
        """So many seconds have passed: close it when who is at the other end takes too long.

        Who sends or takes bytes has its patience back in the measure in which they go at the least pace. Nothing is counted
        while the node itself keeps the other end waiting, nor between two requests: then uvicorn counts.
        """
        rest = self.transport.get_write_buffer_size()
        if rest:
            erbij = max(self._rest - rest, 0) / self._grenzen.minste_tempo
            self._schrijfgeduld = min(self._schrijfgeduld + erbij, self._grenzen.schrijf_geduld) - verstreken
            self._rest = rest
            if self._schrijfgeduld <= 0:
                self.transport.abort()
            return
        self._rest, self._schrijfgeduld = 0, self._grenzen.schrijf_geduld
        if self.transport.is_closing() or self.flow.read_paused or self.timeout_keep_alive_task is not None:
            return
        if self._in_lichaam and not self.cycle.response_complete:
            erbij = (self._binnen - self._gezien) / self._grenzen.minste_tempo
            self._gezien = self._binnen
            self._leesgeduld = min(self._leesgeduld + erbij, self._grenzen.lichaam_geduld)
        elif not self._beantwoord:
            return
        self._leesgeduld -= verstreken
        if self._leesgeduld <= 0:
            if self._droog or (self._in_lichaam and not self.cycle.response_complete):
                self._weiger(_TRAAG)
            else:
                self.sluit_stil()

    def sluit_stil(self) -> None:
        """Close it without an answer."""
        self._uit = True
        self.transport.close()

    # What is done

    @property
    def _beantwoord(self) -> bool:
        return self.cycle is None or (self.cycle.response_complete and not self.pipeline)

    def _voer(self, data: bytes) -> None:
        self._droog += len(data)
        self.parser.feed_data(data)
        if self._droog > self._kop_max:
            raise _Geweigerd(self._te_groot())

    def _te_groot(self) -> bytes:
        return _ADRES if len(self.url) > self._grenzen.adres_max_bytes else _KOP

    def _weiger(self, antwoord: bytes) -> None:
        """Answer this where no answer has begun, and close."""
        self._uit = True
        nieuw = self._beantwoord
        if nieuw or (not self.pipeline and not self.cycle.response_started):
            self.transport.write(antwoord)
        if not nieuw:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()
