"""What is told once after an act, on the page that it leads to: in its address, sealed with the session, so that no link of another can
make a page say something. It holds no personal data."""

import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from .toegang import Ingang

_TEKST, _ZEGEL = VELDEN = "gezegd", "zegel"
"""The fields of an address that hold it."""


def verder(request: Request, naar: str, *zinnen: str) -> Response:
    """Done: on to this page (an address without a question), which tells these sentences."""
    if not zinnen:
        return RedirectResponse(naar, 303)
    vraag = [*((_TEKST, zin) for zin in zinnen), (_ZEGEL, _zegel(request, zinnen))]
    return RedirectResponse(f"{naar}?{urlencode(vraag)}", 303)


def gezegd(request: Request) -> list[str]:
    """What is to be told on this page."""
    zinnen = request.query_params.getlist(_TEKST)
    zegel = request.query_params.get(_ZEGEL, "")
    return zinnen if zinnen and hmac.compare_digest(zegel.encode(), _zegel(request, zinnen).encode()) else []


def _zegel(request: Request, zinnen: Sequence[str]) -> str:
    ingang: Ingang = request.state.ingang
    return hmac.new(ingang.geheim.encode(), "\n".join(zinnen).encode(), hashlib.sha256).hexdigest()[:32]
