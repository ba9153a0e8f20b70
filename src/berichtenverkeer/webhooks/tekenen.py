"""What goes over the wire: a CloudEvent (NL GOV profile), signed as Standard Webhooks asks. It says that something happened to one
of our ids, and nothing of a person: whoever may know more, asks for it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook as Ondertekenaar

from ..opslag.berichten.notificaties import Notificatie
from .soorten import type_van

INHOUD = "application/cloudevents+json; charset=utf-8"
"""The media type of a CloudEvent in the structured form."""


def cloudevent(notificatie: Notificatie, bron: str) -> bytes:
    """The body: the same each time. ``bron`` is what this node calls itself, a URI."""
    velden = {
        "specversion": "1.0",
        "id": notificatie.id,
        "source": bron,
        "type": type_van(notificatie.soort),
        "subject": notificatie.onderwerp,
        "time": f"{notificatie.moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    if notificatie.pad is not None:
        velden["dataref"] = notificatie.pad
    return json.dumps(velden, separators=(",", ":")).encode()


def koppen(id_: str, data: bytes, geheimen: Sequence[str], nu: datetime) -> dict[str, str]:
    """The headers of a call: signed with each of these secrets, so that a receiver may know either. ``nu`` is the moment by the
    clock of the machine: a receiver refuses what is minutes old or ahead."""
    moment = nu.astimezone(UTC)
    tekst = data.decode()
    return {
        "Content-Type": INHOUD,
        "User-Agent": "berichtenverkeer",
        "webhook-id": id_,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(Ondertekenaar(geheim).sign(id_, moment, tekst) for geheim in geheimen),
    }
