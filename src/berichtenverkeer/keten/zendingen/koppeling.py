"""What a message that came in an envelope asks more of the transaction that takes it in.

Its envelope is marked in that same transaction, so after a crash either both are there or neither, and what is done again
finds what it did.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from ...inname.aanname import Aangeboden
from ...inname.ontvangst import Ontvangst
from ...oordeel.weigering import Reden, Weigering, weiger
from ...opslag import enveloppen, zendingen
from ...opslag.zendingen import Zendingsleutel
from ..deuren.ggkinhoud import leg_fo01_klaar
from ..envelop.vsp import als_json
from .zendingen import Deur


def weiger_herhaalde(verbinding: Connection, groep: Sequence[Aangeboden]) -> dict[int, Weigering]:
    """Of a group, by place, what came in an envelope and was sent before in another, or without one.

    The same bytes are the same message, and a message has one envelope. Another message with the Identificatie of one that
    was not rejected is refused at the door of the aanbieders only; at that of the gemeenten the receiver says it (TR056).
    """
    geweigerd = {}
    hier: set[object] = set()
    for plek, a in enumerate(groep):
        if a.zending is not None and (weigering := _herhaald(verbinding, a, a.zending, hier)):
            geweigerd[plek] = weigering
            continue
        hier |= {a.id, a.identificatie}
    return geweigerd


def koppel(verbinding: Connection, uitkomsten: Iterable[tuple[Aangeboden, Ontvangst | Weigering]]) -> None:
    """Note on the envelopes which messages came of them, and which of those this node refuses; on these a gemeente gets a
    Fo01 beside its retourbericht."""
    for a, uitkomst in uitkomsten:
        if a.zending is None or not isinstance(uitkomst, Ontvangst):
            continue
        if a.melding is not None:
            rij = zendingen.te_verwerken(verbinding, a.zending)
            if rij is not None and rij["door"] == Deur.GGK:
                leg_fo01_klaar(verbinding, rij, a.melding)
        zendingen.koppel(verbinding, a.zending, uitkomst.id, [als_json(a.melding)] if a.melding else [])


def weiger_ander_kenmerk(verbinding: Connection, a: Aangeboden, heen: str, element: str) -> Weigering | None:
    """Why an answer does not fit its envelope: that says it answers another message than ``heen``, the id of the one that
    this element of its Header names. None when it fits, or its envelope names none."""
    rij = zendingen.geef(verbinding, a.zending) if a.zending is not None else None
    op = rij["als_antwoord_op"] if rij is not None else None
    if op is None or op == enveloppen.traceer_id(verbinding, heen):
        return None
    return weiger(
        a.gelezen,
        Reden.ANDER_KENMERK,
        f"De envelop zegt dat dit {a.soort} op een ander bericht antwoordt dan de Header.",
        "Vul het nummer in van de envelop om het bericht dat de Header noemt.",
        element,
    )


def _herhaald(verbinding: Connection, a: Aangeboden, zending: Zendingsleutel, hier: set[object]) -> Weigering | None:
    """``hier``: the ids and Identificaties of what came earlier in the group."""
    rij = zendingen.geef(verbinding, zending)
    assert rij is not None
    if rij["bericht"] == a.id:  # another process was first
        return None
    if rij["status"] == zendingen.AFGEKEURD or a.id in hier or zendingen.bekend(verbinding, a.id):
        return weiger(
            a.gelezen,
            Reden.AL_AANGEBODEN,
            "Precies dit bericht is al eerder aangeboden, met een ander kenmerk op de envelop of zonder envelop.",
            "U hoeft niets te doen; kijk naar de status van de eerste keer.",
            "BerichtIdentificatie/Identificatie",
        )
    if rij["door"] == "vsp" and (a.identificatie in hier or zendingen.in_gebruik(verbinding, *a.identificatie)):
        return weiger(
            a.gelezen,
            Reden.IDENTIFICATIE_GEBRUIKT,
            f"De Identificatie is al gebruikt in een ander {a.soort} van deze afzender.",
            "Geef ieder bericht een nieuwe Identificatie.",
            "BerichtIdentificatie/Identificatie",
        )
    return None
