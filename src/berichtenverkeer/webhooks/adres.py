"""Where a webhook may be: at a public address, by https. What a party names is not trusted: a name may lead to the network of this
node, and may lead elsewhere a moment later. So a name is looked up once for each call, and the call goes to the addresses that were
looked at and to no other."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx

from ..zegbaar import Zegbaar

LANGSTE_URL = 2_000
"""Characters of a URL."""

Naslag = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives the addresses of a name at a port. Raises ``OSError`` when it has none."""

_GEWOON_6 = IPv6Network("2000::/3")
"""The addresses of the public internet in IPv6. Those that carry one of IPv4 (``::ffff:…``, ``64:ff9b::…``) are not in it."""

_DOORGEEFLUIK_6 = tuple(IPv6Network(net) for net in ("2001::/32", "2002::/16", "2001:db8::/32", "3fff::/20"))
"""Parts of it that lead to an address of IPv4 (Teredo, 6to4), or nowhere."""

_NERGENS_4 = tuple(IPv4Network(net) for net in ("192.88.99.0/24", "198.18.0.0/15"))


class AdresFout(Zegbaar):
    """A webhook cannot be at this URL, or cannot be there now."""


@dataclass(frozen=True, slots=True)
class Doel:
    """What a URL says: whether it is https, the host and the port to connect to, and what to ask for there."""

    https: bool
    host: str
    poort: int
    url: httpx.URL = field(repr=False)


def lees_doel(tekst: str) -> Doel:
    """Take a URL apart. Raises ``AdresFout`` for what no webhook can be at, whatever the addresses are."""
    if len(tekst) > LANGSTE_URL:
        raise AdresFout(f"De URL is langer dan {LANGSTE_URL} tekens.")
    try:
        url = httpx.URL(tekst)
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise AdresFout("Dit is geen URL; schrijf https://, een naam en een pad.") from None
    if url.scheme not in ("https", "http") or not url.host:
        raise AdresFout(
            "De URL begint niet met https:// en een naam; een ander soort adres roept het knooppunt niet aan."
        )
    if url.userinfo:
        raise AdresFout("De URL heeft een naam of wachtwoord; laat die weg: de handtekening zegt wie er aanroept.")
    if url.fragment:
        raise AdresFout("De URL heeft een deel na #; laat dat weg.")
    https = url.scheme == "https"
    poort = url.port if url.port is not None else (443 if https else 80)
    if not 0 < poort < 65_536:
        raise AdresFout("De poort in de URL bestaat niet; laat hem weg of noem een andere.")
    return Doel(https, url.raw_host.decode("ascii"), poort, url)


def is_openbaar(adres: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public internet."""
    if isinstance(adres, IPv6Address):
        return adres in _GEWOON_6 and adres.is_global and not any(adres in net for net in _DOORGEEFLUIK_6)
    bijzonder = adres.is_multicast or adres.is_reserved or any(adres in net for net in _NERGENS_4)
    return adres.is_global and not bijzonder


@dataclass
class Adreswacht:
    """Says where a call may go. ``ook`` are networks that are not public and may be called all the same, by http too."""

    ook: Sequence[IPv4Network | IPv6Network] = ()
    naslag: Naslag = field(default_factory=lambda: Systeemnaslag())

    async def adressen(self, doel: Doel) -> list[str]:
        """The addresses that a call may connect to. Raises ``AdresFout``: when there are none, and when one of them may not be
        called, for a name that leads both here and there is not trusted."""
        try:
            gevonden = await self.naslag(doel.host, doel.poort)
        except (OSError, UnicodeError):
            gevonden = []
        if not gevonden:
            raise AdresFout("De naam in de URL is niet te vinden.")
        adressen = [ip_address(adres) for adres in gevonden]
        if not all(self._in_ook(adres) or is_openbaar(adres) for adres in adressen):
            raise AdresFout(
                "De URL leidt naar een adres dat niet openbaar is; zo'n adres roept het knooppunt niet aan."
            )
        if not doel.https and not all(self._in_ook(adres) for adres in adressen):
            raise AdresFout("De URL begint niet met https://; zonder TLS roept het knooppunt niet aan.")
        return [str(adres) for adres in adressen]

    def _in_ook(self, adres: IPv4Address | IPv6Address) -> bool:
        return any(adres in net for net in self.ook)


class Systeemnaslag:
    """The names that the system knows, on threads of its own: a name server that is slow keeps nobody else waiting."""

    def __init__(self, draden: int = 32) -> None:
        self._draden = ThreadPoolExecutor(draden, "naslag")

    async def __call__(self, naam: str, poort: int) -> list[str]:
        """The addresses of a name. Raises ``OSError``."""
        lus = asyncio.get_running_loop()
        naam = naam.strip("[]")
        gevonden = await lus.run_in_executor(self._draden, _zoek_op, naam, poort)
        return list(dict.fromkeys(gevonden))


def _zoek_op(naam: str, poort: int) -> list[str]:
    return [str(adres[0]) for *_, adres in socket.getaddrinfo(naam, poort, type=socket.SOCK_STREAM)]
