"""A postvak: what lies ready for a party, in the shape of VECOZO's VSP with a number and a status beside it."""

from collections.abc import Mapping
from typing import Any

from ..standaard.berichtsoort import BERICHTSOORTEN, Rol

ACTIES = {
    "301": "Toewijzing",
    "302": "ToewijzingRetour",
    "305": "StartZorg",
    "306": "StartZorgRetour",
    "307": "StopZorg",
    "308": "StopZorgRetour",
    "315": "VerzoekToewijzing",
    "316": "VerzoekToewijzingRetour",
    "317": "VerzoekWijziging",
    "318": "VerzoekWijzigingRetour",
    "319": "Antwoord",
    "320": "AntwoordRetour",
    "323": "Declaratie",
    "325": "DeclaratieAntwoord",
}
"""The ``actie`` of a berichtstroom by message number."""

_ROL = {Rol.GEMEENTE: "Gemeente", Rol.AANBIEDER: "Instelling"}


def item(rij: Mapping[Any, Any], basis_url: str) -> dict[str, Any]:
    """One message in a postvak. ``basis_url`` is the address of this node, without a slash at its end."""
    soort = BERICHTSOORTEN[rij["berichtsoort"]]
    ander = Rol.AANBIEDER if soort.verzender is Rol.GEMEENTE else Rol.GEMEENTE
    referentie = {"conversatieId": rij["antwoord_op"] or rij["id"], "traceerId": rij["id"]}
    if rij["antwoord_op"]:
        referentie["alsAntwoordOp"] = rij["antwoord_op"]
    return {
        "volgnummer": rij["volgnummer"],
        "status": "Bezorgd" if rij["bevestigd_op"] else "WordtAangeboden",
        "basisgegevens": {
            "ontvangenOp": rij["ontvangen_op"],
            "payload": {
                "url": f"{basis_url}/berichten/{rij['id']}/xml",
                "grootte": rij["grootte"],
                "checksum": {"algoritme": "SHA256", "waarde": rij["sha256"]},
            },
        },
        "routeringgegevens": {
            "afzender": {"rol": _ROL[soort.verzender], "code": rij["verzender"]},
            "geadresseerden": [{"rol": _ROL[ander], "code": rij["bestemming"]}],
            "berichtstroom": {
                "berichttype": soort.domein.voorvoegsel,
                "berichtsubtype": soort.code,
                "berichtversie": 3,
                "berichtsubversie": 2,
                "actie": ACTIES[soort.nummer],
            },
        },
        "referentiegegevens": referentie,
    }
