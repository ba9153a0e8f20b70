"""The certificate with which this process speaks TLS: files that are replaced count for the next connection, without a restart.

OpenSSL takes a new certificate for what is set up after it; a connection that there is keeps the old one. Issuers of clients are only added:
one that is taken out of its file is trusted until the next start.
"""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import structlog
import uvicorn
from cryptography import x509

from ...spoor import spoor

log = structlog.get_logger()

_KIJK_OM_DE = 2.0
"""Seconds between two looks at the files."""

BIJNA = timedelta(days=30)
"""So long before its end one is warned."""

_Stand = tuple[tuple[int, int, int] | None, ...]


@dataclass
class Tlsbestanden:
    """The files of a context. ``geldig_tot`` is the end of the certificate that is in use."""

    context: ssl.SSLContext
    certificaat: Path
    sleutel: Path
    ca: Path | None
    geldig_tot: datetime = field(init=False)
    _stand: _Stand = field(init=False)

    def __post_init__(self) -> None:
        self._stand = self._kijk()
        self.geldig_tot = einde_van(self.certificaat)

    def ververs(self) -> bool:
        """Take the files when they changed and go together; whether they were taken. To be called in the event loop, where no
        connection is being set up meanwhile."""
        stand = self._kijk()
        if stand == self._stand:
            return False
        try:
            proef = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # a half pair would leave the one in use without a key
            self._laad(proef)
            self._laad(self.context)
            self.geldig_tot = einde_van(self.certificaat)
        except (OSError, ValueError) as fout:
            log.warning("nieuw certificaat voor TLS is niet te gebruiken; het vorige blijft", fout=spoor(fout))
            return False
        finally:
            self._stand = stand
        log.info("nieuw certificaat voor TLS in gebruik", geldig_tot=self.geldig_tot.isoformat())
        return True

    async def bewaak(self) -> None:
        """Look at the files from time to time, until this is cancelled."""
        while True:
            await asyncio.sleep(_KIJK_OM_DE)
            self.ververs()

    def _laad(self, context: ssl.SSLContext) -> None:
        context.load_cert_chain(self.certificaat, self.sleutel, "")  # no password: otherwise one would be asked for
        if self.ca is not None:
            context.load_verify_locations(self.ca)

    def _kijk(self) -> _Stand:
        return tuple(_stand(pad) for pad in (self.certificaat, self.sleutel, self.ca) if pad is not None)


def _stand(pad: Path) -> tuple[int, int, int] | None:
    try:
        stand = pad.stat()
    except OSError:
        return None
    return stand.st_ino, stand.st_mtime_ns, stand.st_size


def einde_van(certificaat: Path) -> datetime:
    """Until when the first certificate in a file in PEM is good. Raises ``OSError`` and ``ValueError``."""
    return x509.load_pem_x509_certificates(certificaat.read_bytes())[0].not_valid_after_utc


_hier: list[Tlsbestanden] = []


def in_gebruik() -> Tlsbestanden | None:
    """With what this process speaks TLS, if it does."""
    return _hier[-1] if _hier else None


def kijk_nu() -> None:
    """Look at the files at once, if there are any; to be called in the event loop."""
    if (bestanden := in_gebruik()) is not None:
        bestanden.ververs()


def maak(config: uvicorn.Config, gewoon: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """For the server: the context of this process, of which the files are watched from now on."""
    context = gewoon()
    assert config.ssl_certfile is not None
    assert config.ssl_keyfile is not None
    ca = Path(config.ssl_ca_certs) if config.ssl_ca_certs is not None else None
    _hier[:] = [Tlsbestanden(context, Path(config.ssl_certfile), Path(config.ssl_keyfile), ca)]
    return context
