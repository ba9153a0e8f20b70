"""Declaraties over HTTP: a 323 is answered with a 325, and both sides see what came of every Prestatie."""

from typing import Any

from tests.berichten import Dossier
from tests.conformance.boom import WEG, Boom
from tests.knoop import Klant, Paar

PRESTATIE = "Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]"


def declareer(d: Dossier, nummer: str, **velden: str) -> bytes:
    """A declaratie with one Prestatie on the toewijzing of this dossier."""
    wijzigingen: dict[str, Boom] = {
        "Declaratie/DeclaratieNummer": nummer,
        "Declaratie/TotaalIngediendBedrag/TotaalBedrag": "60000",
        "Declaratie/Clienten/Client[1]/Prestaties/Prestatie[2]": WEG,
        f"{PRESTATIE}/ToewijzingNummer": str(d.nummer),
        f"{PRESTATIE}/ProductReferentie/ReferentieNummer": f"REF{nummer}",
    }
    return d.bericht("323", wijzigingen | {f"{PRESTATIE}/{pad.replace('__', '/')}": w for pad, w in velden.items()})


def declaratie(klant: Klant, id_: str) -> dict[str, Any]:
    uit: dict[str, Any] = klant.json(f"/declaraties/{id_}")
    return uit


def test_a_sound_declaratie_is_granted(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    uit = paar.aanbieder.goedgekeurd(declareer(d, "D1"))
    assert uit["retour"]["berichtsoort"] == "WMO325"
    gezien = declaratie(paar.gemeente, uit["id"])
    assert gezien == declaratie(paar.aanbieder, uit["id"])
    assert (gezien["toestand"], gezien["toegekend"]) == ("beantwoord", gezien["ingediend"])
    assert (gezien["bericht"], gezien["antwoord"]) == (uit["id"], uit["retour"]["id"])
    [prestatie] = gezien["prestaties"]
    assert (prestatie["toestand"], prestatie["retourcodes"]) == ("toegekend", [])
