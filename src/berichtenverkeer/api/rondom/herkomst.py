"""Who is at the other end of a connection: what the connection itself says of it, and what a trusted proxy says.

``scope["client"]`` will not do for the address: uvicorn lets what a caller writes in ``X-Forwarded-For`` take its place.
"""

import ipaddress
import ssl
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import Headers

from ...instellingen import Netwerk

TLS = "tls"
"""The TLS extension of ASGI. Of its keys only ``client_cert_chain`` is filled in: the certificate of the caller, in PEM."""

PEER = "berichtenverkeer.peer"
"""An extension of our own, with the address of the peer under ``host``."""

_ABONNEE = 64
"""The bits of an IPv6 address after which a subscriber chooses itself (RFC 6177): it counts as one address."""


def peer(scope: Mapping[str, Any]) -> str | None:
    """The address at the other end of the connection; None when the server does not say it."""
    host = _extensie(scope, PEER).get("host")
    return host if isinstance(host, str) else None


def tls_certificaat(scope: Mapping[str, Any]) -> bytes | None:
    """The certificate, in DER, that the other end of the connection showed and TLS verified; None without one."""
    tls = _extensie(scope, TLS)
    keten = tuple(tls.get("client_cert_chain") or ())
    return ssl.PEM_cert_to_DER_cert(keten[0]) if keten and not tls.get("client_cert_error") else None


def is_vertrouwd(adres: str | None, vertrouwd: Sequence[Netwerk]) -> bool:
    """Whether an address is in one of these networks; an IPv4 address may be written as one of IPv6."""
    ip = _ip(adres)
    return ip is not None and any(ip in netwerk for netwerk in vertrouwd)


def netwerk_van(adres: str) -> str:
    """By what an address is counted: itself, and of IPv6 what its subscriber has."""
    ip = _ip(adres) if ":" in adres else None
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Address(int(ip) >> _ABONNEE << _ABONNEE))
    return adres if ip is None else str(ip)


def herkomst(scope: Mapping[str, Any], vertrouwd: Sequence[Netwerk]) -> str:
    """By what a request is counted. ``X-Forwarded-For`` counts from a trusted proxy only, and of it the last address that is none
    of a trusted proxy: what stands before it was written by who knows whom."""
    adres = peer(scope)
    if vertrouwd and is_vertrouwd(adres, vertrouwd):
        genoemd = ",".join(Headers(raw=scope["headers"]).getlist("x-forwarded-for")).split(",")
        for eerder in (deel.strip() for deel in reversed(genoemd)):
            if _ip(eerder) is None:
                break
            adres = eerder
            if not is_vertrouwd(adres, vertrouwd):
                break
    return netwerk_van(adres or "")


def _ip(adres: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        ip = ipaddress.ip_address(adres or "")
    except ValueError:
        return None
    return (ip.ipv4_mapped or ip) if isinstance(ip, ipaddress.IPv6Address) else ip


def _extensie(scope: Mapping[str, Any], naam: str) -> Mapping[Any, Any]:
    extensie: Mapping[Any, Any] = (scope.get("extensions") or {}).get(naam) or {}
    return extensie
