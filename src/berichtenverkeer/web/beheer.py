"""What the pages of *Beheer* share: over whom someone looks after, and what is told once of a secret."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from itertools import count

from fastapi import Request
from starlette.datastructures import FormData

from ..api.antwoord.problemen import niet_gevonden
from ..api.rondom.knooppunt import Knooppunt
from ..partijen.partij import alle
from .opmaak import Keuzes
from .scherm import Kruimels
from .toegang import EENMALIG, Ik, Ingang

PAD = "/beheer"
BEGIN: Kruimels = [("Beheer", PAD)]
"""The way to each of these pages."""


def alleen(ik: Ik) -> str | None:
    """The party that someone looks after; None for who runs the node, and so looks after all of them."""
    return None if ik.operator else ik.partij.code


def eis_beheer(ik: Ik, code: str) -> None:
    """Raise problem 404 for a party that someone does not look after: as one that is not there."""
    if alleen(ik) not in (None, code):
        raise niet_gevonden("Deze partij")


def partijkeuzes(knooppunt: Knooppunt, ik: Ik) -> Keuzes:
    """The parties to choose from, for who looks after more than one."""
    if not ik.operator:
        return []
    return [("", "Kies…"), *((p.code, f"{p.naam} ({p.code})") for p in alle(knooppunt.engine))]


def toeval(request: Request, formulier: FormData, waarvoor: str) -> Callable[[int], bytes]:
    """Chance that is the same each time this form comes: who sends it twice is shown the same secret, and nothing is made twice. It follows
    from the secret of the session and the key of the form, of which the one is kept nowhere and the other is random. What it gives a
    second time tells nothing of what it gave first."""
    ingang: Ingang = request.state.ingang
    sleutel = f"{waarvoor} {formulier.get(EENMALIG, '')}"
    keer = count()

    def geef(aantal: int) -> bytes:
        deze = next(keer)
        stukken = (
            hmac.digest(ingang.geheim.encode(), f"{sleutel} {deze} {stuk}".encode(), hashlib.sha256)
            for stuk in range(aantal // hashlib.sha256().digest_size + 1)
        )
        return b"".join(stukken)[:aantal]

    return geef


def geheim_van(request: Request, formulier: FormData, waarvoor: str, aantal: int) -> str:
    """So many bytes of that chance as text: a token or a password."""
    geef = toeval(request, formulier, waarvoor)
    return base64.urlsafe_b64encode(geef(aantal)).rstrip(b"=").decode("ascii")
