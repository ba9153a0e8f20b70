"""What an aanbieder's software sends to VSP, and how it waits for what comes of it."""

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import httpx
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.oordeel.betrokken import betrokken
from berichtenverkeer.standaard.lezen import lees

PUSH = "/vsp/berichten/rest-push/v1/berichten"
PULL = "/vsp/berichten/rest-pull/v1/berichten"
STATUS = "/vsp/berichtstatus/rest-pull/v3/berichtstatussen"

EIND = ("AfgekeurdDoorDienst", "VerwerkingVoltooid", "WordtAangeboden", "Bezorgd")
"""Statuses after which nothing happens by itself."""


@dataclass(frozen=True)
class Zending:
    """A message with its metadata, ready to be handed in."""

    metadata: dict[str, Any]
    payload: bytes

    @property
    def id(self) -> str:
        return str(self.metadata["referentiegegevens"]["traceerId"])

    def met(self, **velden: Any) -> "Zending":
        """The same with other fields, by path: ``routeringgegevens__afzender__rol="Praktijk"``; None leaves one out."""
        metadata = self.metadata
        for pad, waarde in velden.items():
            metadata = _met(metadata, pad.split("__"), waarde)
        return Zending(metadata, self.payload)


def zending(
    payload: bytes, *, traceer_id: str | None = None, als_antwoord_op: str | None = None, bericht: bytes | None = None
) -> Zending:
    """The envelope that goes with a message; with ``bericht`` that of that one, around another payload."""
    gelezen = lees(bericht or payload, SCHEMAS)
    wie = betrokken(gelezen.bericht, gelezen.soort)
    id_ = traceer_id or str(uuid.uuid4())
    referentie = {"conversatieId": als_antwoord_op or id_, "traceerId": id_, "referentieId": "dossier 5512"}
    metadata = {
        "routeringgegevens": {
            "afzender": _relatie(wie.verzender),
            "geadresseerden": [_relatie(wie.ontvanger)],
            "berichtstroom": {
                "berichttype": gelezen.soort.domein.voorvoegsel,
                "berichtsubtype": gelezen.soort.code,
                "berichtversie": gelezen.soort.versie[0],
                "berichtsubversie": gelezen.soort.versie[1],
                "actie": "Wat dan ook",
            },
        },
        "referentiegegevens": referentie | ({"alsAntwoordOp": als_antwoord_op} if als_antwoord_op else {}),
        "verwerkingscontext": [
            {"sleutel": "Applicatie", "waarde": ["ZorgECD"]},
            {"sleutel": "ApplicatieVersie", "waarde": ["7"]},
            {"sleutel": "ApplicatieSubversie", "waarde": ["1"]},
        ],
    }
    return Zending(metadata, payload)


def dien_in(klant: httpx.Client, z: Zending, **headers: str) -> httpx.Response:
    """Hand it in."""
    delen = {
        "berichtMetadata": (None, json.dumps(z.metadata).encode(), "application/json"),
        "payload": (None, z.payload, "application/octet-stream"),
    }
    return klant.post(PUSH, files=delen, headers=headers)


def ingediend(klant: httpx.Client, z: Zending) -> dict[str, Any]:
    """Hand it in and wait for what comes of it: its status."""
    antwoord = dien_in(klant, z)
    assert (antwoord.status_code, antwoord.content) == (204, b""), antwoord.text
    return wacht(klant, z.id)


def wacht(klant: httpx.Client, traceer_id: str) -> dict[str, Any]:
    """The status of a message once nothing more happens by itself."""
    tot = None
    while True:
        status = eigen_status(klant, traceer_id)
        tot = tot or time.monotonic() + 120  # from its first answer: a process may still be starting
        if status["berichtstatus"] in EIND:
            return status
        assert status["berichtstatus"] in ("Ontvangen", "WordtVerwerkt")
        assert time.monotonic() < tot, status
        time.sleep(0.01)


def eigen_status(klant: httpx.Client, traceer_id: str) -> dict[str, Any]:
    """The status of the message itself."""
    [status] = [s for s in statussen(klant, traceerId=traceer_id) if van(s)["traceerId"] == traceer_id.lower()]
    return status


def van(item: dict[str, Any]) -> dict[str, str]:
    """The referentiegegevens of a status, or of what lies ready."""
    referentie: dict[str, str] = item["referentiegegevens"]
    return referentie


def subtype(item: dict[str, Any]) -> str:
    """The berichtsubtype of a status, or of what lies ready."""
    stroom = item.get("berichtstroom") or item["routeringgegevens"]["berichtstroom"]
    return str(stroom["berichtsubtype"])


def meldingen(status: dict[str, Any]) -> list[dict[str, str]]:
    """What a status tells; nothing where it has none."""
    gemeld: list[dict[str, str]] = status.get("meldingen", [])
    return gemeld


def codes(status: dict[str, Any]) -> list[str]:
    """The codes of what a status tells."""
    return [melding["code"] for melding in meldingen(status)]


def statussen(klant: httpx.Client, **vraag: str) -> list[dict[str, Any]]:
    """What the face of statuses gives."""
    antwoord = klant.get(STATUS, params=vraag)
    assert antwoord.status_code == 200, antwoord.text
    uit: list[dict[str, Any]] = antwoord.json()
    return uit


def lijst(klant: httpx.Client, **vraag: Any) -> list[dict[str, Any]]:
    """What lies ready."""
    antwoord = klant.get(PULL, params=vraag)
    assert antwoord.status_code == 200, antwoord.text
    uit: list[dict[str, Any]] = antwoord.json()
    return uit


def zip_met(bestanden: Mapping[str, bytes]) -> bytes:
    """A ZIP with these files."""
    uit = BytesIO()
    with ZipFile(uit, "w", ZIP_DEFLATED) as archief:
        for naam, data in bestanden.items():
            archief.writestr(naam, data)
    return uit.getvalue()


def _relatie(code: str) -> dict[str, str]:
    return {"rol": "Gemeente" if len(code) == 4 else "Instelling", "code": code}


def _met(boom: Any, pad: list[str], waarde: Any) -> Any:
    stap, *rest = pad
    if isinstance(boom, list):
        plek = int(stap)
        return [*boom[:plek], _met(boom[plek], rest, waarde) if rest else waarde, *boom[plek + 1 :]]
    if rest:
        return {**boom, stap: _met(boom[stap], rest, waarde)}
    return {naam: oud for naam, oud in boom.items() if naam != stap} | ({} if waarde is None else {stap: waarde})
