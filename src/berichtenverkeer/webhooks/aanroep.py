"""One call to a receiver: HTTP to addresses that were looked at before. Who is there is not trusted."""

import asyncio
import ssl
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path

import httpcore
import structlog

from ..spoor import spoor
from .adres import Doel

log = structlog.get_logger()

WEG = 410
"""The status with which a receiver says that it is gone for good."""


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What came of a call: the status of HTTP, if there was one, why it failed (Dutch, nothing of what the receiver wrote), and how
    long it asks to be left alone."""

    status: int | None = None
    reden: str = ""
    wacht: timedelta | None = None

    @property
    def gelukt(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300


class _AlleenDaar(httpcore.AsyncNetworkBackend):
    """Connects to these addresses, whatever the host is called. TLS still asks for the name."""

    def __init__(self, adressen: Sequence[str]) -> None:
        self._adressen, self._net = adressen, httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        for adres in self._adressen[:-1]:
            try:
                return await self._net.connect_tcp(adres, port, timeout, local_address, socket_options)
            except httpcore.ConnectError:
                continue
        return await self._net.connect_tcp(self._adressen[-1], port, timeout, local_address, socket_options)


@dataclass(frozen=True)
class Lijn:
    """Calls. Certificates are always verified, no redirect is followed, no setting of the environment (proxy) counts, and of the
    answer only its head is read. ``ca`` are the certificates to trust in place of those of the system; ``geduld`` is how many seconds
    a call may take."""

    ca: Path | None
    geduld: float

    def __post_init__(self) -> None:
        if self.ca is not None:
            assert self._tls  # a file that is not there shows at the start

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Read at the first call, for the certificates of the system take long."""
        return ssl.create_default_context(cafile=self.ca)

    async def roep_aan(
        self, doel: Doel, adressen: Sequence[str], koppen: Mapping[str, str], data: bytes, nu: datetime
    ) -> Uitkomst:
        """POST this. Raises nothing but that it was cancelled. ``nu`` is the moment from which a receiver may ask to wait."""
        url = httpcore.URL(
            scheme=doel.url.raw_scheme, host=doel.host.strip("[]").encode(), port=doel.poort, target=doel.url.raw_path
        )
        kop = {"Host": doel.url.netloc.decode("ascii"), "Content-Length": str(len(data)), **koppen}
        try:
            async with (
                asyncio.timeout(self.geduld),
                httpcore.AsyncConnectionPool(
                    ssl_context=self._tls, network_backend=_AlleenDaar(adressen), http2=False
                ) as lijnen,
                lijnen.stream("POST", url, headers=list(kop.items()), content=data) as antwoord,
            ):
                return _van_antwoord(antwoord, nu)
        except TimeoutError:
            return Uitkomst(reden=f"De ontvanger antwoordde niet binnen {self.geduld:g} seconden.")
        except (httpcore.ConnectError, OSError):
            return Uitkomst(reden="De ontvanger is niet te bereiken, of zijn certificaat wordt niet vertrouwd.")
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
            return Uitkomst(reden="De ontvanger verbrak de verbinding, of sprak geen HTTP.")
        except Exception as fout:
            log.error("aanroep liep onverwacht stuk", fout=spoor(fout))
            return Uitkomst(reden="De aanroep liep onverwacht stuk in het knooppunt; het logboek zegt waar.")


def _van_antwoord(antwoord: httpcore.Response, nu: datetime) -> Uitkomst:
    status = antwoord.status
    if 200 <= status < 300:
        return Uitkomst(status)
    reden = f"De ontvanger antwoordde met HTTP {status}"
    if 300 <= status < 400:
        return Uitkomst(status, f"{reden}; een verwijzing volgt het knooppunt niet.")
    kop = next((waarde for naam, waarde in antwoord.headers if naam.lower() == b"retry-after"), None)
    return Uitkomst(status, f"{reden}.", None if kop is None else wachttijd(kop.decode("latin-1"), nu))


def wachttijd(tekst: str, nu: datetime) -> timedelta | None:
    """How long ``Retry-After`` asks to wait: seconds, or until a moment; None for what is neither."""
    tekst = tekst.strip()
    if tekst.isascii() and tekst.isdigit():
        return timedelta(seconds=int(tekst[:9]))
    try:
        tot = parsedate_to_datetime(tekst)
    except ValueError:
        return None
    return (tot if tot.tzinfo else tot.replace(tzinfo=UTC)) - nu
