"""What pages load besides themselves: styles and scripts, each under a name with its hash, so that it may be kept for ever.

All styles are one file: those borrowed (``geleend``, see ``herkomst.json``), then our own. Nothing comes from elsewhere.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from fastapi import Response

from ..api.antwoord.problemen import niet_gevonden
from ..api.rondom.route import Router

router = Router()

_MAP = files("berichtenverkeer.web") / "statisch"
_EIGEN = ("tokens.css", "stijl.css", "xml.css", "tijdbeeld.css", "bord.css", "staafbeeld.css", "print.css")
_SOORTEN = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@cache
def _bestanden() -> Mapping[str, tuple[str, bytes]]:
    """Of each file its name with its hash, and what is in it."""
    geleend = sorted(een.name for een in (_MAP / "geleend").iterdir() if een.name.endswith(".css"))
    stijl = [(_MAP / "geleend" / naam).read_bytes() for naam in geleend] + [
        (_MAP / naam).read_bytes() for naam in _EIGEN
    ]
    kaal = {"stijl.css": b"\n".join(stijl)}
    kaal |= {een.name: een.read_bytes() for een in _MAP.iterdir() if een.name.endswith((".js", ".svg"))}
    return {naam: (_met_hash(naam, data), data) for naam, data in kaal.items()}


def _met_hash(naam: str, data: bytes) -> str:
    kaal, _, uitgang = naam.rpartition(".")
    return f"{kaal}.{hashlib.sha256(data).hexdigest()[:16]}.{uitgang}"


def adres(naam: str) -> str:
    """Where a file is."""
    return f"/statisch/{_bestanden()[naam][0]}"


@router.get("/statisch/{naam}")
async def geef(naam: str) -> Response:
    """A file, which never changes under this name."""
    for met_hash, data in _bestanden().values():
        if met_hash == naam:
            soort = _SOORTEN[naam.rpartition(".")[2]]
            return Response(data, media_type=soort, headers={"Cache-Control": "public, max-age=31536000, immutable"})
    raise niet_gevonden("Dit bestand")
