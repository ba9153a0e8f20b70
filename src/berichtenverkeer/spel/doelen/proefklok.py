"""The clock of a node in proefmodus. A node that is not in proefmodus has none to set: that is how one is told from the other."""

from collections.abc import Mapping
from datetime import datetime

import httpx

from ..deuren.deur import json_van, klok, nederlands
from .doel import DoelFout

_KLOK = "/v1/proef/klok"


def stand(klant: httpx.Client) -> datetime:
    """How the clock stands, in Dutch time. Raises ``DoelFout`` when the node is not in proefmodus, or does not know the token."""
    antwoord = _vraag(klant, "GET")
    if antwoord.status_code == httpx.codes.NOT_FOUND:
        raise DoelFout(
            "Dit knooppunt staat niet in proefmodus, en daarbuiten stuurt niemand hier verzonnen berichten. "
            "Noem het adres van een proefknooppunt, gestart met 'serve --proefmodus'."
        )
    if antwoord.status_code == httpx.codes.UNAUTHORIZED:
        raise DoelFout("Het knooppunt kent dit token niet; maak een nieuw met 'berichtenverkeer partij token'.")
    return nederlands(json_van(antwoord)["moment"])


def zet(klant: httpx.Client, moment: datetime) -> None:
    """Let the clock stand still at this moment in Dutch time."""
    json_van(_vraag(klant, "PUT", {"moment": moment.isoformat()}))


def wis(klant: httpx.Client) -> None:
    """Go back to the system clock."""
    json_van(_vraag(klant, "DELETE"))


def _vraag(klant: httpx.Client, methode: str, inhoud: Mapping[str, str] | None = None) -> httpx.Response:
    """Ask without a moment of our own: outside proefmodus that is refused before all else."""
    vraag = klant.build_request(methode, _KLOK, json=inhoud)
    for naam in klok(datetime.min):
        vraag.headers.pop(naam, None)
    return klant.send(vraag)
