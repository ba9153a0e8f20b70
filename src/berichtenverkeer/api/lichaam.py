"""The body of a request that carries a document."""

from collections.abc import AsyncGenerator

from fastapi import Request

from .problemen import Probleem

XML_SOORTEN = ("application/xml", "text/xml")
"""The media types that are taken for a document."""

_UITLEZEN_TOT = 4
"""How many times the limit is read off before a sender is cut short: so that most hear the 413."""


async def lees_xml(request: Request, max_bytes: int) -> bytes:
    """The bytes of an XML body, in bounded memory. Raises problem 415 for another media type, 413 over ``max_bytes``."""
    soort = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if soort not in XML_SOORTEN:
        raise Probleem(
            415,
            "geen-xml",
            "De inhoud is niet aangekondigd als XML.",
            "Geef de header 'Content-Type: application/xml' mee.",
        )
    return await lees_bytes(request, max_bytes)


async def lees_bytes(request: Request, max_bytes: int) -> bytes:
    """The bytes of a body, in bounded memory. Raises problem 413 over ``max_bytes``."""
    return b"".join([deel async for deel in begrensd(request, max_bytes)])


async def begrensd(request: Request, max_bytes: int) -> AsyncGenerator[bytes, None]:
    """The parts of a body as they come. Raises problem 413 over ``max_bytes``; what is over them is not given on. Raises problem
    415 for a compressed body, which would have no limit to what is in it."""
    if request.headers.get("content-encoding", "").strip().lower() not in ("", "identity"):
        raise Probleem(
            415,
            "gecomprimeerd",
            "De inhoud is aangekondigd als gecomprimeerd (Content-Encoding); dat leest dit knooppunt niet.",
            "Stuur de inhoud zoals zij is, zonder Content-Encoding.",
            {"Accept-Encoding": "identity"},
        )
    gelezen = 0
    async for deel in request.stream():
        gelezen += len(deel)
        if gelezen <= max_bytes:
            yield deel
        elif gelezen > _UITLEZEN_TOT * max_bytes:
            break
    if gelezen > max_bytes:
        raise Probleem(
            413,
            "te-groot",
            f"De inhoud is groter dan {max_bytes} bytes.",
            "Splits haar in kleinere delen.",
            {"Connection": "close"},  # what still comes is not read
        )
