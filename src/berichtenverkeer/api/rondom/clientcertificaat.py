"""The certificate that a caller shows: to our own TLS, or to a proxy before it that passes it on as RFC 9440 says."""

import base64
import binascii
import re
from collections.abc import Sequence

from fastapi import Request

from ...instellingen import Netwerk
from ..antwoord.problemen import niet_aangemeld
from .herkomst import is_vertrouwd, peer, tls_certificaat

KOP = "Client-Cert"

_BYTES = re.compile(":([A-Za-z0-9+/]+={0,2}):")
_LANGSTE = 16_384
"""The longest header that is looked at; a certificate takes some two or three thousand characters."""


class Onleesbaar(ValueError):
    """The header is not one certificate. The text is a Dutch sentence."""


def certificaat_van(request: Request, vertrouwd: Sequence[Netwerk]) -> bytes | None:
    """The certificate of the caller, in DER, or None. Raises problem 401.

    What comes from a trusted proxy is not the caller's but the proxy's connection: then only the header counts. From anyone else
    the header counts for nothing; alone it is refused, so that one sees why (afgeleid).
    """
    koppen = request.headers.getlist(KOP)
    if is_vertrouwd(peer(request.scope), vertrouwd):
        try:
            return lees_kop(koppen)
        except Onleesbaar as fout:
            raise niet_aangemeld(
                "certificaat-onleesbaar",
                str(fout),
                f"Laat de proxy één header {KOP} meegeven, met het certificaat in DER als :base64: (RFC 9440).",
            ) from None
    der = tls_certificaat(request.scope)
    if der is None and any(koppen):
        raise niet_aangemeld(
            "client-cert-niet-vertrouwd",
            f"De header {KOP} komt niet van een proxy die dit knooppunt vertrouwt, en telt daarom niet.",
            "Meld u aan met een token, of laat de beheerder het adres van de proxy in BV_VERTROUWDE_PROXY zetten.",
        )
    return der


def lees_kop(koppen: Sequence[str]) -> bytes | None:
    """The bytes in a header ``Client-Cert``: a structured field (RFC 8941) that is one byte sequence, without parameters. None
    for no header, or an empty one, which some proxies send for no certificate. Raises ``Onleesbaar``."""
    if len(koppen) > 1:
        raise Onleesbaar(f"De header {KOP} staat er meer dan eens.")
    kop = "".join(koppen).strip(" ")
    if not kop:
        return None
    gelezen = _BYTES.fullmatch(kop) if len(kop) <= _LANGSTE else None
    if gelezen is None:
        raise Onleesbaar(f"De header {KOP} is geen certificaat tussen dubbele punten, in base64.")
    tekst = gelezen[1].rstrip("=")
    try:  # without padding it may be read as well (RFC 8941, 4.2.7)
        return base64.b64decode(tekst + "=" * (-len(tekst) % 4), validate=True)
    except binascii.Error:
        raise Onleesbaar(f"De header {KOP} is geen geldige base64.") from None
