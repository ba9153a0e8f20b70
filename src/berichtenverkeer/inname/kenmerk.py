"""Whether an answer is on the message that its envelope says it answers."""

from sqlalchemy import Connection

from ..oordeel.weigering import Reden, Weigering, weiger
from ..opslag import enveloppen
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
