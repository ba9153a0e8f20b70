"""What a message that came in an envelope asks more of the transaction that takes it in: the port of the inname.

Its envelope is marked in that same transaction, so after a crash either both are there or neither, and what is done again
finds what it did. A group costs as many statements as one message.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from ...inname.aanname import Aangeboden
from ...inname.ontvangst import Ontvangst, Uitkomst
from ...oordeel.weigering import Reden, Weigering, weiger
from ...opslag import berichten, zendingen
from ..envelop.vsp import als_json
from .fo01 import leg_fo01_klaar
from .inhoud import melding_van
from .zendingen import Deur


class Zendingkoppeling:
    """A message has one envelope: who knows those of VSP and the GGK."""

    def weiger(
        self, verbinding: Connection, groep: Sequence[Aangeboden], bekend: Collection[str]
    ) -> Mapping[int, Weigering]:
        """What came in an envelope and was sent before in another, or without one.

        The same bytes are the same message. Another message with the Identificatie of one that was not rejected is refused
        at the door of the aanbieders only; at that of the gemeenten the receiver says it (TR056).
        """
        sleutels = {a.zending for a in groep if a.zending is not None}
        if not sleutels:
            return {}
        rijen = zendingen.van_groep(verbinding, sleutels)
        van_vsp = {a.identificatie for a in groep if a.zending is not None and rijen[a.zending].door == Deur.VSP}
        gebruikt = berichten.in_gebruik(verbinding, van_vsp) if van_vsp else set()
        geweigerd = {}
        hier: set[object] = set()
        for plek, a in enumerate(groep):
            if a.zending is not None:
                rij = rijen[a.zending]
                weigering = _herhaald(a, rij, a.id in hier or a.id in bekend, a.identificatie in (hier | gebruikt))
                if weigering is not None:
                    geweigerd[plek] = weigering
                    continue
            hier |= {a.id, a.identificatie}
        return geweigerd

    def koppel(self, verbinding: Connection, uitkomsten: Sequence[tuple[Aangeboden, Uitkomst]]) -> None:
        """Note on the envelopes which messages came of them, and which of those this node refuses; on these a gemeente gets a
        Fo01 beside its retourbericht."""
        opgenomen = [(a, uit) for a, uit in uitkomsten if a.zending is not None and isinstance(uit, Ontvangst)]
        for a, uit in opgenomen:
            if a.zending is not None and a.weigering is not None:
                _keur_af(verbinding, a.zending, uit.id, a.weigering)
        goed = [(a.zending, uit.id) for a, uit in opgenomen if a.zending is not None and a.weigering is None]
        if goed:
            zendingen.koppel(verbinding, goed)


def _keur_af(verbinding: Connection, sleutel: zendingen.Zendingsleutel, id_: str, weigering: Weigering) -> None:
    rij = zendingen.te_verwerken(verbinding, sleutel)
    if rij is None:  # another process was first
        return
    melding = melding_van(weigering, rij["door"])
    if rij["door"] == Deur.GGK:
        leg_fo01_klaar(verbinding, rij, melding)
    zendingen.keur_af_met_bericht(verbinding, sleutel, id_, [als_json(melding)])


def _herhaald(a: Aangeboden, rij: Row[Any], bekend: bool, gebruikt: bool) -> Weigering | None:
    """``bekend``: its bytes were taken in before, ``gebruikt``: its Identificatie is that of another message."""
    if rij.bericht == a.id:  # another process was first
        return None
    if rij.status == zendingen.AFGEKEURD or bekend:
        return weiger(
            a.gelezen,
            Reden.AL_AANGEBODEN,
            "Precies dit bericht is al eerder aangeboden, met een ander kenmerk op de envelop of zonder envelop.",
            "U hoeft niets te doen; kijk naar de status van de eerste keer.",
            "BerichtIdentificatie/Identificatie",
        )
    if rij.door == Deur.VSP and gebruikt:
        return weiger(
            a.gelezen,
            Reden.IDENTIFICATIE_GEBRUIKT,
            f"De Identificatie is al gebruikt in een ander {a.soort} van deze afzender.",
            "Geef ieder bericht een nieuwe Identificatie.",
            "BerichtIdentificatie/Identificatie",
        )
    return None
