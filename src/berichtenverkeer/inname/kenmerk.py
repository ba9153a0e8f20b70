"""Whether an answer is on the message that its envelope says it answers, and of the release of that."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from ..oordeel.weigering import Reden, Weigering, weiger
from ..opslag.berichten import enveloppen
from .aanname import Aangeboden


def weiger_ander_kenmerk(verbinding: Connection, a: Aangeboden, heen: str, element: str) -> Weigering | None:
    """Why an answer does not fit its envelope: that says it answers another message than ``heen``, the id of the one that
    this element of its Header names. None when it fits, or its envelope names none."""
    if a.antwoord_op is None or a.antwoord_op == enveloppen.traceer_id(verbinding, heen):
        return None
    return weiger(
        a.gelezen,
        Reden.ANDER_KENMERK,
        f"De envelop zegt dat dit {a.soort} op een ander bericht antwoordt dan de Header.",
        "Vul het nummer in van de envelop om het bericht dat de Header noemt.",
        element,
    )


def weiger_andere_release(a: Aangeboden, heen: Mapping[Any, Any], element: str) -> Weigering | None:
    """That an answer is not of the release of what it answers; None when it is."""
    if heen["versie"] == a.soort.release:
        return None
    return weiger(
        a.gelezen,
        Reden.RETOUR_ZONDER_HEENBERICHT,
        f"Het {heen['berichtsoort']} is in release {heen['versie']}, en dit {a.soort} in release {a.soort.release}.",
        f"Een bericht krijgt zijn antwoord in zijn eigen release: stuur het {a.soort} in {heen['versie']}.",
        element,
    )
