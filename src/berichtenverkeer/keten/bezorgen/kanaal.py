"""The way to an endpoint: one request of SOAP 1.1 over HTTP, and what came back. Who is there is not trusted."""

import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import httpx

from ...trace import huidige_kop

GROOTSTE_ANTWOORD = 1_000_000
"""The most bytes of an answer that are read: a Bv03 has some hundreds."""


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What an endpoint answered: the status of HTTP, and the body."""

    status: int
    inhoud: bytes = field(repr=False)


class KanaalFout(Exception):
    """There is no answer to go by. The text is a Dutch sentence without anything from the message or the answer."""


Kanaal = Callable[[str, bytes, str], Awaitable[Antwoord]]
"""Sends a request (URL, bytes, SOAPAction without quotes) and gives the answer. Raises ``KanaalFout``."""


@dataclass(frozen=True)
class HttpKanaal:
    """The real one. Certificates are always verified, no redirect is followed, and no setting of the environment (proxy,
    netrc) counts. There is a connection for each message: one that the other side just closed would be a failed attempt.

    ``ca`` are the certificates to trust in place of those of the system, ``certificaat`` and ``sleutel`` are shown to who
    asks: files in PEM. How long it may take is for the caller.
    """

    ca: Path | None = None
    certificaat: Path | None = None
    sleutel: Path | None = None

    def __post_init__(self) -> None:
        if self.ca is not None or self.certificaat is not None:
            assert self._tls  # a file that is not there shows at the start

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Read at the first message, for the certificates of the system take long."""
        tls = ssl.create_default_context(cafile=self.ca)
        if self.certificaat is not None:
            tls.load_cert_chain(self.certificaat, self.sleutel)
        return tls

    async def __call__(self, url: str, data: bytes, soapactie: str) -> Antwoord:
        """Send a request. Raises ``KanaalFout``."""
        try:
            async with (
                httpx.AsyncClient(verify=self._tls, trust_env=False, timeout=None) as http,
                http.stream("POST", url, content=data, headers=_kop(soapactie)) as antwoord,
            ):
                return Antwoord(antwoord.status_code, await _lees(antwoord))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as fout:
            raise KanaalFout(_uitleg(fout)) from None


async def _lees(antwoord: httpx.Response) -> bytes:
    """The body, as it came: what is compressed may be larger than it looks."""
    if antwoord.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise KanaalFout("Het eindpunt antwoordde in een gecomprimeerde vorm, waar niet om is gevraagd.")
    inhoud = bytearray()
    async for stuk in antwoord.aiter_raw():
        inhoud += stuk
        if len(inhoud) > GROOTSTE_ANTWOORD:
            raise KanaalFout(f"Het antwoord van het eindpunt is groter dan {GROOTSTE_ANTWOORD} bytes.")
    return bytes(inhoud)


def _kop(soapactie: str) -> dict[str, str]:
    return {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": f'"{soapactie}"',
        "Accept": "text/xml",
        "Accept-Encoding": "identity",
        "User-Agent": "berichtenverkeer",
        **({"traceparent": kop} if (kop := huidige_kop()) else {}),
    }


def _uitleg(fout: Exception) -> str:
    if isinstance(fout, httpx.ConnectError | OSError):
        return "Het eindpunt is niet te bereiken, of zijn certificaat wordt niet vertrouwd."
    if isinstance(fout, httpx.NetworkError | httpx.ProtocolError):
        return "Het eindpunt verbrak de verbinding, of sprak geen HTTP."
    return "Met het eindpunt is geen contact te maken; controleer zijn URL."
