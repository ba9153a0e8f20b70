"""What a message that came in an envelope asks more of the transaction that takes it in: the port of the inname.

Its envelope is marked in that same transaction, so after a crash either both are there or neither, and what is done again
finds what it did. A group costs as many statements as one message.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ...inname.aanname import Aangeboden
from ...inname.ontvangst import Ontvangst, Uitkomst
from ...klok import Klok, systeemklok
from ...oordeel.oordeel import Berichtoordeel
from ...oordeel.weigering import Reden, Weigering, weiger
from ...opslag.berichten import berichten, zendingen
from ...opslag.berichten.zendingen import Stand, Zendingsleutel
from ...regels.bevinding import Niveau, fouten_van, uit_rij
from ..envelop.vsp import als_json
from .deur import Deur
from .fo01 import leg_fo01_klaar
from .meldingen import afkeuring


@dataclass(frozen=True, slots=True)
class Zendingkoppeling:
    """Who knows the envelopes of VSP and the GGK; a message has one."""

    klok: Klok = systeemklok

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
        """Note on the envelopes which messages came of them. Of those that this node refuses, and that nothing answers or that a
        receiver who judges for itself does not get, the sender hears it here: in the status, a gemeente in a Fo01 as well."""
        goed = []
        for a, uit in uitkomsten:
            if a.zending is None or not isinstance(uit, Ontvangst):
                continue
            if (weigering := a.weigering or _zonder_antwoord(a, uit)) is None:
                goed.append((a.zending, uit.id))
            else:
                self._keur_af(verbinding, a.zending, uit.id, weigering)
        if goed:
            zendingen.koppel(verbinding, goed, self.klok())

    def _keur_af(self, verbinding: Connection, sleutel: Zendingsleutel, id_: str, weigering: Weigering) -> None:
        rij = zendingen.te_verwerken(verbinding, sleutel)
        if rij is None:  # another process was first
            return
        waarom = afkeuring(weigering, rij["door"])
        if rij["door"] == Deur.GGK:
            leg_fo01_klaar(verbinding, rij, waarom)
        zendingen.keur_af_met_bericht(verbinding, sleutel, id_, als_json(waarom.melding), self.klok())


_HOORT_NERGENS_BIJ = "TR337"
"""The rule that says that there is no 323 which a 325 answers."""


def _zonder_antwoord(a: Aangeboden, uit: Ontvangst) -> Weigering | None:
    """Why a message was rejected that nothing answers: a 325."""
    if uit.oordeel != Berichtoordeel.AFGEKEURD or a.soort.retour is not None or a.soort.nummer == "323":
        return None
    fouten = [uit_rij(rij) for rij in fouten_van(uit.bevindingen)]
    reden = Reden.REGELS
    if any(een.niveau is Niveau.BERICHT for een in fouten):
        reden = Reden.CONTROLES
    elif any(een.regel == _HOORT_NERGENS_BIJ for een in fouten):
        reden = Reden.RETOUR_ZONDER_HEENBERICHT
    return Weigering(
        reden,
        f"Het {a.soort} is afgekeurd en niet bezorgd.",
        f"Herstel het en stuur een nieuw {a.soort}, met een nieuwe Identificatie; er volgt geen retourbericht.",
        bevindingen=fouten,
    )


def _herhaald(a: Aangeboden, rij: Stand, bekend: bool, gebruikt: bool) -> Weigering | None:
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
