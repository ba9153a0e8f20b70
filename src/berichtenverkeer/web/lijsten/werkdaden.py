"""Where one goes on from a row of a work list: straight to the act for who must do it and may, else to what the row is about."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ...api.werklijsten import Werkregel
from ..toegang import MEDEWERKER, Ik

Bladzijde = Callable[[str | None], str | None]
"""The page of an address of ``/v1``, where there is one."""


class Verder(NamedTuple):
    """A link: what it says, and where it goes."""

    titel: str
    pad: str


class _Daad(NamedTuple):
    """What is done about a row of a list: what it is called, of which link of the row its page is, and what is behind that; without a
    link it is the page itself, which anyone may see."""

    titel: str
    link: str
    achter: str


_DADEN: Mapping[str, _Daad] = {
    "aanname-ontbreekt": _Daad("Neem de inzet aan of weiger haar", "inzet", ""),
    "afgekeurd": _Daad("Bekijk wat er mis is en verbeter het", "bericht", ""),
    "antwoord-op-verzoek-ontbreekt": _Daad("Beantwoord het verzoek", "verzoek", ""),
    "bezetting": _Daad("Bekijk de bezetting", "", "/hoofdaannemer/bezetting"),
    "contract-loopt-af": _Daad("Bekijk de contracten", "", "/hoofdaannemer/contracten"),
    "factuur-verschilt": _Daad("Controleer de factuur", "", "/hoofdaannemer/facturen"),
    "herindicatie": _Daad("Bekijk de herindicaties", "", "/hoofdaannemer/herindicaties"),
    "inzet-ontbreekt": _Daad("Geef door aan een partner", "toewijzing", "/hoofdaannemer/doorgeven/"),
    "maandstaat-vast-te-stellen": _Daad("Bekijk de maandstaten", "", "/hoofdaannemer/maandstaten"),
    "onderzoek-loopt-af": _Daad("Beantwoord het verzoek", "verzoek", ""),
    "start-ontbreekt": _Daad("Meld de start", "toewijzing", "/start"),
    "start-te-versturen": _Daad("Meld de start", "toewijzing", "/start"),
    "stop-ontbreekt": _Daad("Meld de stop", "toewijzing", "/stop"),
    "stop-te-versturen": _Daad("Meld de stop", "toewijzing", "/stop"),
    "toewijzing-loopt-af": _Daad("Vraag een wijziging", "toewijzing", "/wijziging"),
}
"""By list, for who must act."""

_ZAKEN = {
    "declaratie": "de declaratie",
    "verzoek": "het verzoek",
    "toewijzing": "de toewijzing",
    "bericht": "het bericht",
    "inzet": "de inzet",
}
"""What a row may be about, the first of these that it has."""


def verder(werk: Werkregel, lijst: str, ik: Ik, bladzijde_van: Bladzijde) -> Verder | None:
    """The link of a row; None when there is no page of what it is about."""
    daad = _DADEN.get(lijst)
    if daad is not None and werk.wie.code == ik.partij.code:
        if not daad.link:
            return Verder(daad.titel, daad.achter)
        pad = bladzijde_van(getattr(werk.links, daad.link))
        if pad is not None and ik.mag(MEDEWERKER):
            eigen = daad.achter.endswith("/")  # a page of its own about what has this id
            return Verder(daad.titel, f"{daad.achter}{pad.rpartition('/')[2]}" if eigen else f"{pad}{daad.achter}")
    for naam, zaak in _ZAKEN.items():
        if (pad := bladzijde_van(getattr(werk.links, naam))) is not None:
            return Verder(f"Open {zaak}", pad)
    return None
