"""A file as an answer, whole or the part that is asked for (RFC 9110, Range), so that a download can go on where it stopped."""

import re
from collections.abc import Callable, Iterator

from fastapi import Request
from fastapi.responses import StreamingResponse

from ..antwoord.problemen import Probleem

_BEREIK = re.compile(r"bytes=(?P<van>[0-9]{0,18})-(?P<tot>[0-9]{0,18})")


Lezer = Callable[[int, int], Iterator[bytes]]
"""The bytes of a file from one place up to another."""


def antwoord(verzoek: Request, lees: Lezer, lengte: int, sha256: str, mediatype: str, naam: str) -> StreamingResponse:
    """The file, or one part of it. What is no range of one part is passed over, as the RFC has it. Raises problem 416 for a part
    that is not there."""
    etag = f'"{sha256}"'
    koppen = {"Accept-Ranges": "bytes", "ETag": etag, "Content-Disposition": f'attachment; filename="{naam}"'}
    deel = _gevraagd(verzoek, lengte, etag)
    if deel is None:
        van, tot, status = 0, lengte, 200
    else:
        van, tot, status = deel.start, deel.stop, 206
        koppen["Content-Range"] = f"bytes {van}-{tot - 1}/{lengte}"
    koppen["Content-Length"] = str(tot - van)
    return StreamingResponse(lees(van, tot), status, koppen, media_type=mediatype)


def _gevraagd(verzoek: Request, lengte: int, etag: str) -> range | None:
    """The part that is asked for; None for all of it."""
    gevonden = _BEREIK.fullmatch(verzoek.headers.get("range", ""))
    if gevonden is None or verzoek.headers.get("if-range", etag) != etag:
        return None
    van, tot = gevonden["van"], gevonden["tot"]
    if van:
        deel = range(int(van), min(int(tot) + 1, lengte) if tot else lengte)
    elif tot:
        deel = range(max(0, lengte - int(tot)), lengte)
    else:
        return None
    if tot and van and int(tot) < int(van):
        return None
    if not deel:
        raise Probleem(
            416,
            "bereik-onjuist",
            "Dit deel van het bestand is er niet.",
            f"Het bestand heeft {lengte} bytes; vraag een deel daarvan, of het hele bestand.",
            {"Content-Range": f"bytes */{lengte}"},
        )
    return deel
