"""Messages in the made-up release."""

from typing import Any

from tests.berichten import Dossier
from tests.releases import drie_drie
from tests.releases.drie_drie import StartProduct, ToegewezenProduct

from berichtenverkeer.standaard.berichten import Bericht
from berichtenverkeer.standaard.berichten.start import Bericht305
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.berichtsoort import Berichtsoort, berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.schrijven import serialiseer


def bericht(d: Dossier, nummer: str, voorrang: str | None = None, **product: Any) -> bytes:
    """A sound message of 3.2, written in 3.3; a 301 with this Voorrang and these elements of its product, a 305 at a
    distance."""
    return serialiseer(*model(d, nummer, voorrang, **product))


def model(d: Dossier, nummer: str, voorrang: str | None = None, **product: Any) -> tuple[Bericht, Berichtsoort]:
    """The same as a message and its kind."""
    uit, _ = d.model(nummer)
    header = uit.Header.model_copy(update={"BerichtSubversie": 3})
    uit = uit.model_copy(update={"Header": header})
    if isinstance(uit, Bericht301):
        oud = uit.Client.ToegewezenProducten[0]
        nieuw = ToegewezenProduct(**dict(oud) | product, Voorrang=voorrang)
        uit = uit.model_copy(update={"Client": uit.Client.model_copy(update={"ToegewezenProducten": (nieuw,)})})
    if isinstance(uit, Bericht305):
        begonnen = tuple(StartProduct(**dict(een), OpAfstand="1") for een in uit.Client.StartProducten)
        uit = uit.model_copy(update={"Client": uit.Client.model_copy(update={"StartProducten": begonnen})})
    return uit, soort(d.domein, nummer)


def soort(domein: Domein, nummer: str) -> Berichtsoort:
    return berichtsoort(domein, nummer, drie_drie.NUMMER)


def dossiers() -> list[Dossier]:
    """A client under each law."""
    return [Dossier("0855", "99990001", domein=domein) for domein in Domein]
