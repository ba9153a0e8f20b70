"""The door of an aanbieder's software: VSP of VECOZO, with a push, a status and a pull."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

import httpx

from ...standaard.berichtsoort import Ketenrol, rol_met
from ..schrijven.retourcodes import oordeel_van
from .deur import Ontvangst, Zending, betekenis, json_van, redenen, uitleg, wacht_op

PUSH = "/vsp/berichten/rest-push/v1/berichten"
PULL = "/vsp/berichten/rest-pull/v1/berichten"
STATUS = "/vsp/berichtstatus/rest-pull/v3/berichtstatussen"

_ONDERWEG = ("Ontvangen", "WordtVerwerkt")
_AFGEKEURD = "AfgekeurdDoorDienst"


class VspDeur:
    """Hands in with its metadata. ``rollen`` are the rollen in VSP of parties that are no Instelling or Gemeente."""

    def __init__(self, rollen: Mapping[str, str]) -> None:
        self._rollen = rollen

    def lever(self, zending: Zending, klant: httpx.Client) -> Ontvangst:
        id_ = str(uuid.uuid4())
        delen = {
            "berichtMetadata": (None, json.dumps(self._metadata(zending, id_)).encode(), "application/json"),
            "payload": (None, zending.data, "application/octet-stream"),
        }
        antwoord = klant.post(PUSH, files=delen)
        if antwoord.status_code >= 400:
            return _geweigerd(antwoord)
        status = wacht_op(lambda: _status(klant, id_), "eindstatus in VSP")
        if status["berichtstatus"] == _AFGEKEURD:
            codes = list(dict.fromkeys(melding["code"] for melding in status.get("meldingen", ())))
            soorten = frozenset[str]().union(*map(redenen, codes))
            melding = ", ".join(map(betekenis, codes))
            return Ontvangst(antwoord.status_code, id_, soorten, melding, status=_AFGEKEURD)
        retour = _retour(klant, id_)
        oordeel = None if zending.als_antwoord_op else oordeel_van(retour, zending.data)
        return Ontvangst(antwoord.status_code, id_, oordeel=oordeel, retour=retour, status=status["berichtstatus"])

    def _metadata(self, zending: Zending, id_: str) -> dict[str, Any]:
        op = zending.als_antwoord_op
        subtype = zending.subtype
        return {
            "routeringgegevens": {
                "afzender": self._relatie(zending.afzender),
                "geadresseerden": [self._relatie(zending.ontvanger)],
                "berichtstroom": {
                    "berichttype": subtype[:-3],
                    "berichtsubtype": subtype,
                    "berichtversie": zending.versie[0],
                    "berichtsubversie": zending.versie[1],
                    "actie": "Aanleveren",
                },
            },
            "referentiegegevens": {"conversatieId": op or id_, "traceerId": id_}
            | ({"alsAntwoordOp": op} if op else {}),
            "verwerkingscontext": [
                {"sleutel": "Applicatie", "waarde": ["Berichtenverkeer"]},
                {"sleutel": "ApplicatieVersie", "waarde": ["1"]},
                {"sleutel": "ApplicatieSubversie", "waarde": ["0"]},
            ],
        }

    def _relatie(self, code: str) -> dict[str, str]:
        rol = "Gemeente" if rol_met(code) is Ketenrol.GEMEENTE else self._rollen.get(code, "Instelling")
        return {"rol": rol, "code": code}


def _status(klant: httpx.Client, id_: str) -> dict[str, Any] | None:
    """How far it is, once nothing more happens by itself."""
    for status in json_van(klant.get(STATUS, params={"traceerId": id_})):
        if status["referentiegegevens"]["traceerId"] == id_ and status["berichtstatus"] not in _ONDERWEG:
            return dict(status)
    return None


def _retour(klant: httpx.Client, id_: str) -> bytes | None:
    """The retourbericht on this message from the postvak of its sender, or the 325 on a 323; None while there is none."""
    vraag = {"zoekpadType": "ZoekpadOpAlsAntwoordOp", "alsAntwoordOp": id_}
    for item in json_van(klant.post(f"{PULL}/zoeken", json=vraag)):
        return klant.get(f"{PULL}/{item['referentiegegevens']['traceerId']}/payload").content
    return None


def _geweigerd(antwoord: httpx.Response) -> Ontvangst:
    """422 has the codes in ``errors``; 400 the fields of the metadata."""
    try:
        codes = list(antwoord.json().get("errors", {}))
    except ValueError:
        codes = []
    soorten = frozenset[str]().union(*map(redenen, codes), {f"http-{antwoord.status_code}"})
    return Ontvangst(antwoord.status_code, geweigerd=soorten, melding=uitleg(antwoord))
